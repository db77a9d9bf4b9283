// A desk that is open all day shows a recall, a release or a clinic's new number at once.
import { on } from "./events.js";

const telling = /^(source\/(recalls|renames|clinics|people)|source\/signoffs|releases|locales\/[^/]+\/signoffs|output\/released)/;

on("changed", ({ paths }) => {
  // What somebody is typing is not thrown away.
  const typed = [...document.querySelectorAll("input")].some((field) => field.type !== "hidden" && field.value);
  if (!typed && paths.some((path) => telling.test(path))) location.reload();
});

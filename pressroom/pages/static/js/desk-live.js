// A desk that is open all day shows a recall, a release or a clinic's new number at once.
import { on } from "./events.js";

const telling = /^(source\/(recalls|renames|clinics|people|signoffs)|releases|locales\/[^/]+\/signoffs|output\/released)/;
// A command writes several files: the page is loaded again after the last of them.
const QUIET = 500;
let waiting;
let leaving = false;

function reload() {
  // What somebody is typing is not thrown away, and a link that was followed is not called back.
  const typed = [...document.querySelectorAll("input")].some((field) => field.type !== "hidden" && field.value);
  if (!typed && !leaving) location.reload();
}

addEventListener("click", (event) => {
  const link = event.target.closest("a, button");
  leaving ||= Boolean(link) && !link.hasAttribute("data-print");
});
on("changed", ({ paths }) => {
  if (!paths.some((path) => telling.test(path))) return;
  clearTimeout(waiting);
  waiting = setTimeout(reload, QUIET);
});

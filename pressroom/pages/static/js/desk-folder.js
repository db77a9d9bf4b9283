// The pages may be in a folder for a year: what is past its day is not offered, whenever a page is opened. A page that
// was open for ten minutes is loaded again when somebody comes back to it, so that it shows what was recalled meanwhile.
"use strict";
{
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const past = (until) => Boolean(until) && today.slice(0, until.length) > until;
  const { goodUntil, expired } = document.body.dataset;
  const tooOld = past(goodUntil);
  if (tooOld) document.querySelector("[data-too-old]").hidden = false;
  for (const link of document.querySelectorAll("a[data-until]")) {
    if (tooOld || past(link.dataset.until)) {
      const words = document.createElement("strong");
      words.className = "expired";
      words.append(expired, " ", link.firstChild.data.trim());
      link.replaceWith(words);
    }
  }
  const opened = Date.now();
  addEventListener("focus", () => {
    // What somebody is typing is not thrown away.
    const typed = [...document.querySelectorAll("input")].some((field) => field.type !== "hidden" && field.value);
    if (Date.now() - opened > 600_000 && !typed) location.reload();
  });
}

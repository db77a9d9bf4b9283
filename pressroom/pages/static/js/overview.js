// Shows the overview as it is now: after a change of files the page is fetched again, and the parts that differ are
// put in their places. What is focused or open stays so, and the page does not move.
import { on } from "./events.js";

const main = document.querySelector("main");
const live = document.querySelector("[data-live]");
let waiting = 0;
let missed = false;

const parts = (root) => [...root.querySelectorAll("#sum, [id^=s-]:not(#s-all), .filter, .clinic, thead tr, tbody tr")];
const same = (a, b) => a.length === b.length && a.every((part, at) => part.id === b[at].id && part.localName === b[at].localName);

const stops = (part) => [...part.querySelectorAll("a, select, summary, button")];

function swap(old, fresh) {
  const at = stops(old).indexOf(document.activeElement);
  const address = document.activeElement.href;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  old.replaceWith(fresh);
  [...fresh.querySelectorAll("details")].forEach((one, place) => { one.open = open[place] ?? false; });
  if (at < 0) return;
  // The same link or, where it leads elsewhere now, the one in its place.
  const again = stops(fresh).find((one) => one.href && one.href === address) ?? stops(fresh)[at];
  again?.focus({ preventScroll: true });
}

async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [parts(main), parts(page)];
  // A select that is being used keeps its choice.
  const busy = (part) => part.matches(".clinic") && part.contains(document.activeElement);
  if (same(old, fresh)) old.forEach((part, at) => { if (part.outerHTML !== fresh[at].outerHTML && !busy(part)) swap(part, fresh[at]); });
  else swap(main.querySelector(".columns"), page.querySelector("main .columns"));
}

function soon() {
  if (document.hidden) { missed = true; return; }
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 300);
}

function say(word) { live.textContent = ` · ${word}`; }

on("changed", soon);
on("hello", () => say(live.dataset.live));
on("lost", () => say(live.dataset.lost));
document.addEventListener("visibilitychange", () => { if (!document.hidden && missed) { missed = false; soon(); } });

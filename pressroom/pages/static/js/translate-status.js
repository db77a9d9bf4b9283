// What the line at the top says: if the page is live, when it was saved and drawn, or what is in the way.
const line = document.querySelector("[data-live]");
const words = line.dataset; // The page is translated, so its script has no words.
const bad = ["lost", "refused", "old", "out", "failed", "stuck"];
const times = {};
let state = "live";

const clock = (ago = 0) => new Date(Date.now() - ago * 1000).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** The state that is shown. */
export const now = () => state;

/** Note that the page was `saved` or `drawn`, so many seconds ago. */
export function stamp(what, ago = 0) {
  times[what] = clock(Number(ago) || 0);
}

/** Show a state, or the same one again. */
export function say(next = state) {
  state = next;
  const stuck = times.drawn ? words.stuck.replace("{time}", times.drawn) : words.never;
  const first = document.createElement("b");
  first.textContent = state === "live" ? words.liveWord : state === "stuck" ? stuck : words[state];
  const more = ["saved", "drawn"].filter((name) => times[name]).map((name) => words[name].replace("{time}", times[name]));
  line.replaceChildren(first, more.length && !["lost", "stuck"].includes(state) ? ` · ${more.join(", ")}` : "");
  line.toggleAttribute("data-bad", bad.includes(state));
}

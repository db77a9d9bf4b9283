// The workplace of translators and authors: pages, numbers and messages in step; saving without leaving the page;
// drawing again at the place the reader is. Without this script the same links and forms work.
import { on } from "./events.js";
import { arrows, keys } from "./translate-keys.js";
import { swapPages } from "./translate-pages.js";
import { now, say, stamp } from "./translate-status.js";
import { keepUnsaved, merge, restore, stored } from "./translate-unsaved.js";

const work = document.querySelector("[data-work]");
const { base, query, watch, document: name, locale } = work.dataset;
const address = (path, more = "") => `${base}${path}?${[query, more].filter(Boolean).join("&")}`;
const editor = () => document.querySelector("[data-editor]");
const messages = () => [...document.querySelectorAll(".message:not(.gone)")];
const at = () => document.querySelector(`.message[id="${location.hash.slice(1)}"]`) ?? document.querySelector(".message.first");
const numberOf = (message) => message.id.slice(1);
const textOf = (message) => message?.querySelector(".write textarea");

// ---- Pages, numbers and messages in step

function mark({ focus = false, scroll = true } = {}) {
  const message = at();
  const now = message ? numberOf(message) : "";
  for (const link of document.querySelectorAll("[data-m]")) {
    const here = link.dataset.m === now;
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (!link.closest(".other")) link.tabIndex = here ? 0 : -1;
  }
  // Each row of links is one stop of the Tab key, also where the message is not in it.
  for (const row of document.querySelectorAll(".page:not(.other) svg, .strip"))
    if (!row.querySelector('[tabindex="0"]')) row.querySelector("[data-m]")?.setAttribute("tabindex", "0");
  if (scroll) document.querySelector(`.page:not(.other) [data-m="${now}"]`)?.scrollIntoView({ block: "nearest" });
  if (focus) textOf(message)?.focus({ preventScroll: true });
}

const go = (message) => {
  if (message) location.hash = message.id;
};
const step = (by) => messages()[messages().indexOf(at()) + by];
function nextWith(is) {
  const all = messages();
  const from = all.indexOf(at());
  return [...all.slice(from + 1), ...all.slice(0, from)].find(is);
}
const hasFinding = (message) => message.querySelector("[data-finding]") !== null || ["over", "wrong"].includes(message.dataset.state);

function show(center = "center") {
  const words = document.querySelector(".page:not(.other) [aria-current]");
  words?.scrollIntoView({ block: center });
  words?.focus({ preventScroll: true });
}

addEventListener("hashchange", () => {
  // One message is shown at a time, from its top.
  if (editor()) editor().scrollTop = 0;
  mark({ focus: !document.activeElement?.matches?.("[data-m]") });
});
addEventListener("click", (event) => {
  if (event.target.closest("[data-see]")) {
    event.preventDefault();
    show();
  }
  const listed = event.target.closest("[data-finding-of]");
  // The words first: a finding is understood on the page.
  if (listed) setTimeout(() => document.querySelector(`.page:not(.other) [data-m="${listed.dataset.findingOf}"]`)?.scrollIntoView({ block: "center" }));
  const theirs = event.target.closest("[data-take-theirs]");
  if (theirs) {
    event.preventDefault();
    takeTheirs(theirs.closest(".message"));
  }
  // A mouse goes on to the text; a finger does not, or the keyboard on the screen would hide the page.
  if (event.pointerType === "mouse" && event.target.closest("[data-m]") && !work.hasAttribute("data-only-pages")) setTimeout(() => textOf(at())?.focus({ preventScroll: true }));
  const insert = event.target.closest("[data-insert]");
  if (insert) insertText(textOf(insert.closest(".message")), insert.dataset.insert);
});

function takeTheirs(message) {
  for (const area of message.querySelectorAll(".write textarea")) area.value = area.dataset.stored;
  message.querySelector("[name=seen]").value = message.dataset.seen;
  const fuzzy = message.querySelector("[name=fuzzy]");
  if (fuzzy) fuzzy.checked = fuzzy.dataset.stored === "1";
  message.querySelector('[data-part="conflict"]').replaceChildren();
  stored(base, message);
  textOf(message).focus();
}

function insertText(area, text) {
  if (!area) return;
  area.focus();
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  const put = text === "**…**" ? `**${chosen || "…"}**` : text;
  // `insertText` keeps the browser's own undo.
  if (!document.execCommand("insertText", false, put)) area.setRangeText(put, area.selectionStart, area.selectionEnd, "end");
}

// ---- Saving

async function send(form, { stay = false, action = form.action } = {}) {
  const message = form.closest(".message");
  const data = new URLSearchParams(new FormData(form));
  if (stay) data.set("stay", "1");
  const sent = Object.fromEntries([...message.querySelectorAll(".write textarea, .write [name=fuzzy]")].map((field, n) => [n, field.type === "checkbox" ? field.checked : field.value]));
  say("saving");
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body: data, headers: { "x-part": "messages" } });
  } catch {
    say("lost");
    return;
  }
  if (answer.status !== 200 && answer.status !== 409) {
    // The token of a form is good until the server ends. What was typed is kept, so the page can be loaded again.
    say({ 401: "out", 403: "old" }[answer.status] ?? "failed");
    return;
  }
  const isEdit = form.matches(".write");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-editor]");
  if (answer.ok && isEdit) stored(base, message, sent);
  if (answer.ok && !isEdit) form.reset?.();
  merge(editor(), part, { saved: answer.ok && isEdit ? message.id : "", refused: answer.ok ? "" : message.id, base });
  dress();
  if (!answer.ok) {
    say("refused");
    mark({ scroll: false });
    return;
  }
  stamp("saved");
  say("drawing");
  const next = document.querySelector(`#m${answer.headers.get("x-next")}`);
  if (next && next !== at()) go(next);
  mark({ focus: isEdit, scroll: false });
  if (work.querySelector("[data-pages]")) refresh("pages");
  else say("live");
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest?.("[data-editor]")) return;
  event.preventDefault();
  const button = event.submitter;
  send(form, { stay: button?.name === "stay", action: button?.getAttribute("formaction") ? button.formAction : form.action });
});

const save = (stay) => {
  const form = at()?.querySelector("form.write");
  if (form) send(form, { stay });
};

// ---- Drawing again

// What the server draws it says by an event; the page then reads what is new. One reading at a time.
let running = false;
const asked = new Set();
async function refresh(...parts) {
  for (const part of parts) asked.add(part);
  if (running) return;
  running = true;
  try {
    while (asked.size) {
      const now = [...asked];
      asked.clear();
      await Promise.all(now.map((part) => (part === "pages" ? drawPages() : readMessages())));
    }
    if (["drawing", "lost", "stuck"].includes(now())) say(isStuck() ? "stuck" : isDrawn() ? "live" : "drawing");
  } catch {
    say("lost");
  } finally {
    running = false;
  }
}
const isStuck = () => document.querySelector(".pages [data-stuck]") !== null;
const isDrawn = () => document.querySelector("[data-pages]")?.dataset.drawn !== "";

async function read(part) {
  const view = work.hasAttribute("data-only-pages") ? "view=pages" : "";
  const answer = await fetch(address(`/part/${part}`, view));
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function drawPages() {
  const pages = document.querySelector("[data-pages]");
  if (!pages) return;
  const first = !pages.querySelector(".page");
  const changed = await swapPages(pages, (await read("pages")).querySelector("[data-pages]"), () => mark({ scroll: first }));
  if (changed && pages.querySelector(".page:not(.other) image")) stamp("drawn");
}

async function readMessages() {
  if (work.hasAttribute("data-only-pages")) return;
  const part = (await read("messages")).querySelector("[data-editor]");
  merge(editor(), part, { base });
  dress();
  mark({ scroll: false });
}

// ---- Keys, events, the beginning

function dress() {
  for (const span of document.querySelectorAll("span[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.dataset.insert = span.dataset.insert;
    button.textContent = span.textContent;
    span.replaceWith(button);
  }
}

keys({
  save: () => save(true),
  saveNext: () => save(false),
  next: () => go(step(1)),
  before: () => go(step(-1)),
  finding: () => go(nextWith(hasFinding)),
  copyEnglish: () => {
    const area = textOf(at());
    const english = at()?.querySelector("[data-english]")?.dataset.english;
    if (!area || !english) return;
    area.focus();
    area.select();
    if (!document.execCommand("insertText", false, english)) area.value = english;
  },
  toWords: () => show("nearest"),
  toText: () => textOf(at())?.focus(),
});
arrows((link) => go({ id: `m${link.dataset.m}` }));
keepUnsaved(base);

const watched = watch.split(" ");
const concerns = (path) => watched.some((start) => path.startsWith(start) || start.startsWith(`${path}/`));
const isOurs = (event) => event.document === name && [locale, "en"].includes(event.locale);
on("changed", ({ paths }) => {
  if (paths.some(concerns)) refresh("messages");
});
on("saved", (event) => {
  if (isOurs(event) && !["saving", "refused"].includes(now())) say("drawing");
});
on("drawn", (event) => {
  if (isOurs(event)) refresh("pages", "messages");
});
on("stuck", (event) => {
  if (isOurs(event)) {
    say("stuck");
    refresh("pages");
  }
});
on("lost", () => say("lost"));
on("open", () => {
  if (now() === "lost") refresh("pages", "messages");
});

restore(base);
dress();
mark();
if (editor()) editor().scrollTop = 0;
if (!work.hasAttribute("data-only-pages") && location.hash && !document.querySelector(location.hash)) history.replaceState(null, "", " ");
if (work.dataset.drawn) {
  if (document.querySelector(".page:not(.other)")) stamp("drawn", document.querySelector(".pages [data-stuck]")?.dataset.stuck);
  say(isStuck() ? "stuck" : "live");
} else {
  say("drawing");
  refresh("pages", "messages");
}

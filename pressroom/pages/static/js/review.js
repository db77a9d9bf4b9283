// Ticks are kept at once, and other tabs hear of them. Without this script the form has a button for it.
import { on } from "./events.js";

const soFar = document.querySelector("#so-far");
const form = document.querySelector("#ticks");
const news = document.querySelector("#news");
const boxes = () => [...document.querySelectorAll("input[data-tick]")];

function count() {
  const all = boxes();
  const done = all.filter((box) => box.checked).length;
  const label = soFar.querySelector("[data-count]");
  label.textContent = label.dataset.say.replace("{done}", done).replace("{all}", all.length);
  const bar = soFar.querySelector("progress");
  bar.max = all.length;
  bar.value = done;
}

async function send(box) {
  const body = new URLSearchParams({ token: form.elements.token.value });
  body.append(box.checked ? "on" : "was", box.value);
  const wanted = box.checked;
  box.closest(".tick").classList.remove("unsaved");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { late } = await answer.json();
    if (late.includes(box.value)) await refresh();
  } catch {
    // The tick shows what the server has: a person who signs must not believe otherwise.
    box.checked = !wanted;
    box.closest(".tick").classList.add("unsaved");
    count();
  }
}

function say(node) {
  node.className = "note";
  news.replaceChildren(node);
}

// What changed while it was read is replaced in its place; its tick is gone, because a tick is of one text.
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const changed = [];
  for (const row of document.querySelectorAll("tbody[data-read]")) {
    const now = fresh.getElementById(row.id);
    if (now && now.dataset.read === row.dataset.read) continue;
    const typed = [...row.querySelectorAll("[data-keep]")].map((field) => [field.id, field.value]);
    if (now) row.replaceWith(document.importNode(now, true));
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (field && value) field.value = value;
    }
    changed.push(now ? row.id : "");
  }
  const before = boxes().map((box) => box.value).join();
  const after = [...fresh.querySelectorAll("input[data-tick]")].map((box) => box.value).join();
  if (changed.length === 0 && before === after && !document.querySelector("#making")) return;
  const note = document.createElement("p");
  const told = fresh.querySelector("template#changed") ?? document.querySelector("template#changed");
  note.append(told.content.cloneNode(true));
  for (const id of changed.filter(Boolean)) {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = id.slice(1);
    note.append(" ", link);
  }
  say(note);
  if (soFar) count();
}

if (form) {
  addEventListener("change", (event) => {
    if (!event.target.matches("input[data-tick]")) return;
    count();
    send(event.target);
  });
  on("tick", (data) => {
    const { document: name, locale, by } = soFar.dataset;
    if (data.document !== name || data.locale !== locale || data.by !== by) return;
    for (const box of boxes()) {
      if (data.on.includes(box.value)) box.checked = true;
      if (data.off.includes(box.value)) box.checked = false;
    }
    count();
  });
}

// What is typed in a remark stays until it is saved, also over a reload.
for (const field of document.querySelectorAll("[data-keep]")) {
  const key = `${location.pathname} ${field.id}`;
  field.value = field.value || (sessionStorage.getItem(key) ?? "");
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
  field.form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

// An editor writes several files: the page is asked for once they are quiet.
let quiet = 0;
on("changed", (data) => {
  if (!data.paths.some((path) => path.startsWith("source") || path.startsWith("locales"))) return;
  clearTimeout(quiet);
  quiet = setTimeout(refresh, 200);
});

const making = document.querySelector("#making");
const isThis = (data) => making && data.document === making.dataset.document && data.locale === making.dataset.locale;
on("making", (data) => {
  const bar = isThis(data) ? making.querySelector("progress") : null;
  if (bar) {
    bar.max = data.total;
    bar.value = data.done;
  }
});
on("made", (data) => {
  if (isThis(data)) location.reload();
});

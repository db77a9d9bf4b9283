// Finds a language by its own name, its English name, its tag, a country: accents and case don't matter. It is a classic
// script, because browsers load no modules from a folder. The words are in the page, so that they are translated.
"use strict";
{
  const flat = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
  const box = document.querySelector("#find");
  const form = document.querySelector("[data-find-form]");
  const most = document.querySelector("[data-most]");
  const said = document.querySelector("[data-found]");
  const items = [...document.querySelectorAll("[data-list] li")].map((item) => {
    const link = item.querySelector("a");
    const [autonym, name] = link.children;
    const words = flat(`${autonym.textContent} ${name.textContent} ${link.dataset.find ?? ""}`);
    return { item, link, words: ` ${words.replace(/[\s(),;&/]+/g, " ")}` };
  });

  // A word of Latin letters is found by its beginning; in other scripts words have no spaces between them.
  const has = (words, part) => words.includes(/^[a-zʻʼ’'0-9-]+$/.test(part) ? ` ${part}` : part);

  function find() {
    const parts = flat(box.value).split(/[\s(),;&/]+/).filter(Boolean);
    let left = 0;
    for (const { item, words } of items) {
      item.hidden = !parts.every((part) => has(words, part));
      left += !item.hidden;
    }
    if (most) most.hidden = parts.length > 0;
    const { one, many, none } = said.dataset;
    said.textContent = parts.length === 0 ? "" : left === 0 ? none : left === 1 ? one : many.replace("{n}", left);
  }

  form.hidden = false;
  box.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const left = items.filter(({ item }) => !item.hidden);
    if (box.value.trim() === "" || left.length === 0) return;
    if (left.length === 1) location.href = left[0].link.href;
    else left[0].link.focus();
  });
  // A browser that goes back keeps what was typed.
  find();
}

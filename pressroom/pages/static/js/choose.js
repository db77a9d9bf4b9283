// Finds a language by its own name, its English name, its tag: accents and case don't matter.
const flat = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const form = document.querySelector(".find");
const box = form.querySelector("input");
const said = form.querySelector("[data-found]");
const items = [...document.querySelectorAll("[data-list] li")].map((item) => {
  const link = item.querySelector("a");
  return { item, link, words: flat(`${link.textContent} ${link.dataset.find}`) };
});

function find() {
  const wanted = flat(box.value.trim());
  let left = 0;
  for (const { item, words } of items) {
    item.hidden = !words.includes(wanted);
    left += !item.hidden;
  }
  for (const section of document.querySelectorAll(".tongues")) section.hidden = !section.querySelector("li:not([hidden])");
  const { one, many, none } = said.dataset; // The page is translated, so its script has no words.
  said.textContent = !wanted ? "" : left === 0 ? none : left === 1 ? one : many.replace("{n}", left);
}

form.hidden = false;
box.addEventListener("input", find);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const found = items.find(({ item }) => !item.hidden);
  if (box.value && found) location.href = found.link.href;
});
find();
box.focus();

// Puts newly drawn pages in the place of old ones: only those that changed, each once its picture is decoded, and all in
// one frame. So nothing flashes, and the reader stays where she is.

/** Replace what changed in `old` by what is in `fresh`; `done` is called in the same frame. True if a page changed. */
export async function swapPages(old, fresh, done) {
  const before = [...old.querySelectorAll(".page")];
  const after = [...fresh.querySelectorAll(".page")];
  const same = before.length === after.length && before.length > 0;
  const changed = after.filter((page, n) => !same || page.dataset.picture !== before[n].dataset.picture);
  const swapped = after.map((page) => document.importNode(page, true));
  await Promise.all(changed.map((page) => decoded(page)));
  if (same) await Promise.all(before.map((page, n) => beside(page, swapped[n], changed.includes(after[n]))));
  await new Promise(requestAnimationFrame);
  const focused = document.activeElement?.closest?.(".page [data-m]")?.dataset.m;
  if (same) {
    before.forEach((page, n) => replaced(page, swapped[n]));
    noted(old, fresh);
  } else rebuilt(old, fresh);
  old.dataset.drawn = fresh.dataset.drawn;
  if (focused) old.querySelector(`.page:not(.other) [data-m="${focused}"]`)?.focus({ preventScroll: true });
  done();
  return changed.length > 0;
}

async function decoded(page) {
  const href = page.querySelector("image")?.getAttribute("href");
  if (!href) return;
  const picture = new Image();
  picture.src = href;
  await picture.decode().catch(() => {});
}

// The new page is laid out out of sight, so that its picture is ready to be painted at its place.
async function beside(page, next, isChanged) {
  if (!isChanged) return;
  next.classList.add("next");
  next.setAttribute("aria-hidden", "true");
  page.after(next);
  const image = next.querySelector("image");
  await image?.decode?.().catch(() => {});
}

function replaced(page, next) {
  next.classList.remove("next");
  next.removeAttribute("aria-hidden");
  // With the same picture the links alone are new: the picture is not painted again.
  if (page.dataset.picture === next.dataset.picture) {
    const [mine, theirs] = [page.querySelector("svg"), next.querySelector("svg")];
    for (const link of mine.querySelectorAll("a")) link.remove();
    mine.append(...theirs.querySelectorAll("a"));
    next.remove();
  } else page.replaceWith(next);
}

// Why the pages are those of before, or another paper.
function noted(old, fresh) {
  const [mine, theirs] = [old, fresh].map((pages) => [...pages.querySelectorAll(":scope > .found, :scope > .said")]);
  if (mine.map((note) => note.outerHTML).join() === theirs.map((note) => note.outerHTML).join()) return;
  for (const note of mine) note.remove();
  old.querySelector(".panel")?.before(...theirs.map((note) => document.importNode(note, true)));
}

// Another number of pages, or the first ones.
function rebuilt(old, fresh) {
  old.className = fresh.className;
  old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}

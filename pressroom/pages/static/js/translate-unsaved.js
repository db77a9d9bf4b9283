// What was typed and not saved: kept in this tab over a reload, and never overwritten by what comes from the server.
const fieldsOf = (message) => [...message.querySelectorAll(".write textarea, .write [name=fuzzy]")];
const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);
const storedOf = (field) => (field.type === "checkbox" ? field.dataset.stored === "1" : field.dataset.stored);
const put = (field, value) => {
  if (field.type === "checkbox") field.checked = value;
  else if (field.value !== value) field.value = value;
};
const isDirty = (message) => fieldsOf(message).some((field) => valueOf(field) !== storedOf(field));
const startOf = (base) => `pressroom ${base} `;
const keyOf = (base, message) => `${startOf(base)}${message.dataset.catalog ?? ""} ${message.dataset.message}`;
const messagesIn = (place) => [...place.querySelectorAll(".message:not(.gone)")];

function marked() {
  for (const message of messagesIn(document)) {
    const word = message.querySelector("[data-open]");
    const link = document.querySelector(`.strip [data-m="${message.id.slice(1)}"]`);
    const open = isDirty(message);
    if (word) word.hidden = !open;
    link?.toggleAttribute("data-unsaved", open);
    if (open) link?.setAttribute("aria-description", word?.textContent ?? "");
    else link?.removeAttribute("aria-description");
  }
}

// While a text is typed its room is counted from that of the saved one; the page says how it really is.
function guessRoom(message) {
  const room = message.querySelector(".room[data-now]");
  if (!room) return;
  const length = (text) => [...text.replace(/\*\*/g, "")].length;
  const now = Number(room.dataset.now) + fieldsOf(message).filter((field) => field.type !== "checkbox").reduce((sum, field) => sum + length(field.value) - length(field.dataset.stored), 0);
  const most = Number(room.dataset.most);
  const largest = Math.max(now, most, 1) * (now > most ? 1.15 : 1);
  room.querySelector("rect").setAttribute("width", Math.round((100 * Math.max(now, 0)) / largest));
  room.querySelector(".limit").setAttribute("d", `M${Math.min(99, Math.round((100 * most) / largest))} 0V6`);
  room.querySelector("p").textContent = (now > most ? room.dataset.over : room.dataset.fits).replace("{now}", Math.max(now, 0)).replace("{most}", most).replace("{over}", now - most);
  room.classList.toggle("over", now > most);
  room.classList.add("guess");
}

/** Keep what is typed from now on, until it is saved. */
export function keepUnsaved(base) {
  const keep = (event) => {
    const message = event.target.closest?.(".message");
    if (!message || !event.target.closest(".write")) return;
    if (!isDirty(message)) sessionStorage.removeItem(keyOf(base, message));
    else {
      const seen = message.querySelector("[name=seen]").value;
      sessionStorage.setItem(keyOf(base, message), JSON.stringify({ seen, values: fieldsOf(message).map(valueOf) }));
    }
    // Who leaves the field has typed nothing: what was measured stays, and no button moves from under the pointer.
    if (event.type === "input") guessRoom(message);
    marked();
  };
  addEventListener("input", keep);
  addEventListener("change", keep);
  addEventListener("beforeunload", (event) => {
    if (messagesIn(document).some(isDirty)) event.preventDefault();
  });
}

/** Put back what was typed before the page was loaded. What changed on the server since is refused when it is saved. */
export function restore(base) {
  for (const message of messagesIn(document)) {
    const kept = sessionStorage.getItem(keyOf(base, message));
    if (!kept) continue;
    const { seen, values } = JSON.parse(kept);
    const fields = fieldsOf(message);
    if (fields.length !== values.length) continue;
    fields.forEach((field, n) => put(field, values[n]));
    message.querySelector("[name=seen]").value = seen;
    if (!isDirty(message)) sessionStorage.removeItem(keyOf(base, message));
  }
  showGone(base);
  marked();
}

// A text whose message is not there any more: the English changed. It is shown until its writer puts it aside.
function showGone(base) {
  const form = document.querySelector("[data-gone]");
  const there = new Set(messagesIn(document).map((message) => keyOf(base, message)));
  for (const article of document.querySelectorAll(".message.gone")) article.remove();
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(startOf(base)) && !there.has(one))) {
    const article = document.importNode(form.content, true).firstElementChild;
    article.querySelector("textarea").value = JSON.parse(sessionStorage.getItem(key)).values.filter((one) => typeof one === "string").join("\n");
    article.querySelector("[data-forget]").addEventListener("click", () => {
      sessionStorage.removeItem(key);
      article.remove();
    });
    form.after(article);
  }
}

/** Forget what was kept of a message: `values` are in the file now, what was typed since is kept. */
export function stored(base, message, values = null) {
  const fields = fieldsOf(message);
  const since = values !== null && fields.some((field, n) => valueOf(field) !== values[n]);
  if (!since) sessionStorage.removeItem(keyOf(base, message));
  marked();
}

/** Bring the messages up to what the server says. A text that is being written stays, and its form says what it saw. */
export function merge(old, fresh, { saved = "", refused = "", base = "" }) {
  const known = messagesIn(old).map((one) => `${one.id} ${one.dataset.message}`).join();
  const now = messagesIn(fresh).map((one) => `${one.id} ${one.dataset.message}`).join();
  for (const part of fresh.querySelectorAll(":scope > [data-part]")) {
    const mine = old.querySelector(`:scope > [data-part="${part.dataset.part}"]`);
    if (mine && mine.innerHTML !== part.innerHTML) mine.replaceChildren(...part.childNodes);
  }
  if (known !== now) return rebuilt(old, fresh, base);
  for (const message of messagesIn(fresh)) {
    one(old.querySelector(`#${message.id}`), message, { isSaved: message.id === saved, isRefused: message.id === refused, base });
  }
  marked();
}

function one(mine, theirs, { isSaved, isRefused, base }) {
  const dirty = isDirty(mine);
  const [fields, fresh] = [fieldsOf(mine), fieldsOf(theirs)];
  mine.dataset.state = theirs.dataset.state;
  mine.dataset.seen = theirs.dataset.seen;
  for (const part of theirs.querySelectorAll("[data-part]")) {
    const place = mine.querySelector(`[data-part="${part.dataset.part}"]`);
    if (part.dataset.part === "conflict" && !isRefused && dirty) continue;
    // Until the page is drawn again its old room is the best that is known.
    if (part.dataset.part === "room" && !part.children.length) continue;
    if (place && place.innerHTML !== part.innerHTML && !place.contains(document.activeElement)) place.replaceChildren(...part.childNodes);
  }
  if (fields.length !== fresh.length) return;
  const values = fields.map(valueOf);
  const was = fields.map(storedOf);
  fields.forEach((field, n) => {
    // What was typed while the save was on its way is not what was saved.
    const typedSince = isSaved ? valueOf(field) !== storedOf(fresh[n]) && valueOf(field) !== was[n] : dirty;
    field.dataset.stored = fresh[n].dataset.stored;
    if (!typedSince && !isRefused) put(field, storedOf(fresh[n]));
  });
  const seen = mine.querySelector("[name=seen]");
  const written = theirs.querySelector("[name=seen]");
  // A form that says what it saw is refused if that changed. After a refusal its writer has seen the other text.
  if (seen && written && (!dirty || isSaved || isRefused)) seen.value = written.value;
  if (seen && isDirty(mine)) sessionStorage.setItem(keyOf(base, mine), JSON.stringify({ seen: seen.value, values }));
  else sessionStorage.removeItem(keyOf(base, mine));
}

// The English changed: there are other messages now. What is unsaved stays in its form, or is shown by itself.
function rebuilt(old, fresh, base) {
  for (const message of messagesIn(old).filter(isDirty)) {
    const seen = message.querySelector("[name=seen]").value;
    sessionStorage.setItem(keyOf(base, message), JSON.stringify({ seen, values: fieldsOf(message).map(valueOf) }));
  }
  const focus = document.activeElement?.closest?.(".message")?.dataset.message;
  old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  restore(base);
  const same = focus && old.querySelector(`[data-message="${focus}"]`);
  if (same) {
    history.replaceState(null, "", `#${same.id}`);
    same.querySelector(".write textarea")?.focus({ preventScroll: true });
  }
}

// The keys of the workplace. Inside a row of links (the words of a page, the numbers) arrows go from one to the next.

/** Call the functions of `acts` at their keys. */
export function keys(acts) {
  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    const link = document.activeElement?.closest?.(".page [data-m], .strip [data-m]");
    const act =
      control && event.key === "Enter" ? acts.saveNext
      : control && event.key.toLowerCase() === "s" ? acts.save
      : event.altKey && !control && event.key === "ArrowDown" ? acts.next
      : event.altKey && !control && event.key === "ArrowUp" ? acts.before
      : event.altKey && !control && event.code === "KeyF" ? acts.finding
      : event.altKey && !control && event.code === "KeyE" ? acts.copyEnglish
      : event.key === "Escape" && document.activeElement?.matches?.(".write textarea") ? acts.toWords
      : event.key === "Enter" && link && !control && !event.altKey ? acts.toText
      : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Call `go` with the link that an arrow key leads to. */
export function arrows(go) {
  addEventListener("keydown", (event) => {
    const link = document.activeElement?.closest?.(".page [data-m], .strip [data-m]");
    const rtl = link?.closest("svg") === null && getComputedStyle(link.parentElement).direction === "rtl";
    const sideways = rtl ? -1 : 1;
    const by = { ArrowRight: sideways, ArrowLeft: -sideways, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!link || !by || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const row = [...link.closest("svg, .strip").querySelectorAll("[data-m]")];
    const to = row[row.indexOf(link) + by];
    if (!to) return;
    to.focus();
    go(to);
  });
}

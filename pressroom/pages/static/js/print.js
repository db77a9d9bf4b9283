// Opens the print dialogue of a file on this page. Where a browser can't show a PDF within a page, as on most telephones,
// the link opens the file as it does without scripts.
let frame;

function print(address) {
  frame?.remove();
  frame = document.createElement("iframe");
  frame.className = "off";
  frame.title = "";
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.addEventListener("load", () => {
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    } catch {
      open(address, "_blank", "noopener");
    }
  });
  frame.src = address;
  document.body.append(frame);
}

if (navigator.pdfViewerEnabled) {
  for (const link of document.querySelectorAll("a[data-print]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      print(link.href);
    });
  }
}

"""Every page of a list in one browser, as tagged PDF: `python warm_chromium.py LIST BROWSER`.

Speaks the DevTools protocol over the browser's pipe (file descriptors 3 and 4), so it needs no other package.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage",
    "--disable-background-networking", "--remote-debugging-pipe",
]  # fmt: skip


class Browser:
    """A browser with one page."""

    def __init__(self, path: str, folder: str) -> None:
        to_browser, from_browser = os.pipe(), os.pipe()
        command = ["sh", "-c", f'exec "$0" "$@" 3<&{to_browser[0]} 4>&{from_browser[1]}', path, *OPTIONS]
        command += [f"--user-data-dir={folder}"]
        self.process = subprocess.Popen(
            command, pass_fds=(to_browser[0], from_browser[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(to_browser[0])
        os.close(from_browser[1])
        self.out, self.into = os.fdopen(to_browser[1], "wb"), os.fdopen(from_browser[0], "rb")
        self.number, self.rest, self.session = 0, b"", ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **parameters: object) -> Any:
        """The result of a method."""
        self.number += 1
        message: dict[str, object] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        self.out.flush()
        return self.wait(lambda answer: answer.get("id") == self.number)["result"]

    def wait(self, wanted: Any) -> Any:
        """The first message that is wanted."""
        while True:
            while b"\0" not in self.rest:
                data = os.read(self.into.fileno(), 1 << 20)
                if not data:
                    raise RuntimeError("the browser has ended")
                self.rest += data
            message, _, self.rest = self.rest.partition(b"\0")
            answer = json.loads(message)
            if wanted(answer):
                return answer

    def print(self, page: str) -> bytes:
        """The PDF of a page."""
        self.call("Page.navigate", url=Path(page).as_uri())
        self.wait(lambda answer: answer.get("method") == "Page.loadEventFired")
        made = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, generateTaggedPDF=True)
        return base64.b64decode(made["data"])


def main() -> None:
    """Write a PDF for each pair of paths."""
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(sys.argv[2], folder)
        for page, pdf in json.loads(Path(sys.argv[1]).read_text()):
            Path(pdf).write_bytes(browser.print(page))
        browser.session = ""
        browser.call("Browser.close")
        browser.process.wait()


if __name__ == "__main__":
    main()

"""A small project that is served on a free port of loopback, and a real browser."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from playwright.sync_api import Browser, BrowserContext, Error, Page, PlaywrightContextManager, expect, sync_playwright

from pressroom.web.server import make_server, open_sockets
from pressroom.web.settings import ServeSettings
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import TODAY, Bench, make_bench

# A busy machine may take longer than the five seconds that both libraries wait by themselves.
expect.set_options(timeout=60_000)
for part in ("connect", "read", "write", "pool"):
    setattr(DEFAULT_TIMEOUT_CONFIG, part, 60)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True, slots=True)
class Served:
    """A project and the address at which it is served."""

    bench: Bench
    address: str


def serving(
    bench: Bench, today: date = TODAY, *, verify_only: bool = False, origin: str = "", commit: bool = False
) -> Iterator[Served]:
    """Serve a project in a thread until the generator is closed; with an origin as behind a proxy."""
    listening = open_sockets(0)
    port = listening[0].getsockname()[1]
    settings = ServeSettings(
        origin or f"http://localhost:{port}",
        lambda: today,
        port,
        verify_only,
        commit,
        now=lambda: "2026-11-23 09:00+0000",
    )
    server = make_server(Workspace.open(bench.root), settings)
    # Signals belong to the main thread.
    server.capture_signals = _no_signals  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [*listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    assert server.started, "the server did not start"
    yield Served(bench, f"http://localhost:{port}")
    server._stop()  # type: ignore[attr-defined]
    thread.join(10)
    for one in listening:
        one.close()


def _no_signals() -> object:
    from contextlib import nullcontext

    return nullcontext()


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The same project, signed by all and released. Tests serve it, and write nothing into it."""
    bench = make_bench(tmp_path_factory.mktemp("finished") / "project")
    assert not bench.build().failed
    bench.sign_all()
    assert not bench.release().failed
    return bench.with_people(None)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An invented clinic's small project; nothing is built or signed."""
    return make_bench(tmp_path / "project")


@pytest.fixture
def served(bench: Bench) -> Iterator[Served]:
    """The project, served."""
    yield from serving(bench)


def until(page: Page, expression: str, seconds: float = 60) -> None:
    """Wait until an expression is true on a page.

    Not `wait_for_function`: it evaluates a text as a script in the page, which the policy of the pages refuses.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"this did not become true: {expression}"
        page.wait_for_timeout(50)


@dataclass
class Browsers:
    """A headless Chromium of the system. One that crashed fails its own test, and the next test has a new one."""

    _running: tuple[PlaywrightContextManager, Browser] | None = None

    def browser(self) -> Browser:
        """One that runs."""
        if self._running is not None and not self._running[1].is_connected():
            self.end()
        if self._running is None:
            manager = sync_playwright()
            try:
                playwright = manager.start()
            except Exception as error:
                pytest.skip(f"Playwright's driver does not run here: {error}")
            launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            self._running = manager, launched
        return self._running[1]

    def end(self) -> None:
        """End it; one that has crashed can't be asked to end."""
        if self._running is not None:
            manager, browser = self._running
            with suppress(Error):
                browser.close()
            with suppress(Error):
                manager.__exit__()
            self._running = None


@pytest.fixture(scope="session")
def _browsers() -> Iterator[Browsers]:
    browsers = Browsers()
    yield browsers
    browsers.end()


@pytest.fixture
def chromium(_browsers: Browsers) -> Browser:
    """The browser; tests that need it are skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium: apt-get install chromium")
    return _browsers.browser()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies, in English."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """An empty page; what its scripts throw and what the policy refuses fails the test."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    # Not raised where it is heard: that would end the connection to the browser.
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"a script failed: {error}"))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert wrong == []

"""A clinic's server behind nginx and Caddy, as docs/how-to/serve-a-clinic.md says: passkey, sign-in, signature."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page

from pressroom.commands.signing.people import add
from tests.commands.conftest import TODAY, Bench, id_of, make_bench, people_toml
from tests.web.conftest import CHROMIUM, serving
from tests.web.test_passkeys import by_another_library, create_passkey, give_authenticator
from tests.web.test_review import tick_all

ROOT = Path(__file__).parents[2]
NAME = "press.clinic.example"
REVIEWER = "Rita Revisora"


def example(language: str) -> str:
    """The example of a proxy in the documentation."""
    page = (ROOT / "docs" / "how-to" / "serve-a-clinic.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", page, re.S)
    assert found is not None
    return found[1]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def certificate(folder: Path) -> str:
    """A certificate for the name, signed by itself, in two files; returns the hash of its key, for Chromium."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(private, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    secret = private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(secret)
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    """The command that runs nginx with the example, on other ports and without rights."""
    server = example("nginx").replace("listen 443", f"listen 127.0.0.1:{port}").replace("8017", str(behind))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    text += f"http {{ access_log off; {temporary}\n{server.replace('/etc/ssl/press', str(folder))} }}"
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    """The command that runs Caddy with the example, on other ports."""
    site = (
        example("caddy")
        .replace(f"{NAME} {{", f"https://{NAME}:{port} {{\n    bind 127.0.0.1", 1)
        .replace("8017", str(behind))
    )
    text = f"{{\n admin off\n auto_https disable_redirects\n}}\n{site.replace('/etc/ssl/press', str(folder))}"
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


PROXIES: dict[str, Callable[[Path, int, int], list[str]]] = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module")
def _ready(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = make_bench(tmp_path_factory.mktemp("clinic") / "project")
    (bench.root / "source" / "people.toml").write_text(people_toml(None), encoding="utf-8")
    assert not bench.build().failed
    return bench


@pytest.fixture(params=PROXIES)
def clinic(
    request: pytest.FixtureRequest, _ready: Bench, tmp_path: Path, chromium: Browser
) -> Iterator[tuple[Bench, str, Page]]:
    """A clinic's project, its address behind a proxy, and a browser that trusts its certificate."""
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param}: apt-get install {request.param}")
    bench = Bench(Path(shutil.copytree(_ready.root, tmp_path / "project", symlinks=True)))
    subprocess.run(["git", "init", "-q", "-b", "main", bench.root], check=True)
    port, key = free_port(), certificate(tmp_path)
    origin = f"https://{NAME}:{port}"
    for served in serving(bench, origin=origin, commit=True):
        behind = int(served.address.rpartition(":")[2])
        command = PROXIES[request.param](tmp_path, port, behind)
        with (tmp_path / "log").open("wb") as log:
            proxy = subprocess.Popen(
                command, stdout=log, stderr=log, env={"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(tmp_path)}
            )
        try:
            _wait_for(port, proxy, tmp_path / "log")
            browser = chromium.browser_type.launch_persistent_context(
                str(tmp_path / "browser"),
                executable_path=CHROMIUM,
                args=[
                    "--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
                    f"--ignore-certificate-errors-spki-list={key}",
                ],
            )  # fmt: skip
            tab = browser.pages[0]
            tab.set_default_timeout(15_000)
            yield bench, origin, tab
            browser.close()
        finally:
            proxy.terminate()
            proxy.wait(10)


def _wait_for(port: int, proxy: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert proxy.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the proxy does not listen")


def test_a_clinic_behind_a_proxy(clinic):
    """Rita creates a passkey over TLS, is listed, signs in and signs; the record counts, and git has it in her name."""
    bench, origin, tab = clinic
    give_authenticator(tab)
    tab.goto(f"{origin}/review")
    assert "No person can sign in yet" in tab.inner_text("main")
    tab.goto(f"{origin}/keys")
    tab.get_by_label("Your short name").fill(id_of(REVIEWER))
    tab.get_by_role("button", name="Go on").click()
    text = create_passkey(tab, origin, REVIEWER)
    assert f" {origin} " in text
    add(bench.workspace, id_of(REVIEWER), {}, None, TODAY, text)
    button = tab.get_by_role("button", name="Sign in with your passkey")
    until = time.monotonic() + 20
    # The server notices the list a moment later.
    while not button.count() and time.monotonic() < until:
        tab.goto(f"{origin}/review/es/signs")
    assert tab.url == f"{origin}/sign-in?next=/review/es/signs"
    button.click()
    tab.wait_for_url(f"{origin}/review/es/signs")
    assert "Rita" in tab.locator(".bar").inner_text()
    (cookie,) = [one for one in tab.context.cookies() if one["name"] == "__Host-pressroom"]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
    tick_all(tab)
    tab.get_by_role("link", name="Check and sign").first.click()
    tab.get_by_role("button", name="Sign with fingerprint or face").click()
    tab.wait_for_selector("h1:has-text('Signed')")
    (record,) = (bench.root / "locales/es/signoffs/signs").glob("reviewer-*.toml")
    signature = record.with_name(f"{record.name}.sig")
    assert by_another_library(record.read_bytes(), signature.read_bytes(), text)
    assert [one.name for one in bench.review_case("es").signoffs("reviewer")] == [REVIEWER]
    log = subprocess.run(
        ["git", "log", "--name-only", "--format=%an <%ae>"], cwd=bench.root, capture_output=True, text=True, check=True
    ).stdout
    assert f"{REVIEWER} <rita-revisora@{NAME}>" in log
    assert f"{record.name}.sig" in log
    assert "pyproject.toml" not in log
    tab.goto(f"{origin}/sign-in")
    tab.get_by_role("button", name="Sign out").click()
    tab.goto(f"{origin}/review")
    assert "/sign-in" in tab.url

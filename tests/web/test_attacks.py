"""What a hostile page, a hostile program on this machine or a hostile network may send: each gets a bounded answer."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from pressroom.web import forms, guard, protocol
from pressroom.web.guard import LARGEST
from pressroom.web.headers import HEADERS
from pressroom.web.rates import PUBLIC, Rate, Rates, client_of
from pressroom.web.settings import ServeSettings
from tests.commands.conftest import TODAY, Bench, make_bench
from tests.web.conftest import Served, serving

SECRET = "nobody outside this project may read this sentence"
READ = ("/", "/translate", "/review", "/desk/", "/verify")
# Ways out of a folder, in every spelling that some server decodes once more.
WAYS_OUT = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cetc%5cpasswd",
    "%252e%252e%252fetc%252fpasswd", "....//....//etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "..;/etc/passwd",
    "source/people.toml", "..%00/etc/passwd", "%00", "a%0d%0aset-cookie:%20x=1", "%c0%ae%c0%ae/etc/passwd",
    ".git/config", "%ff%fe", "outside", "pyproject.toml",
)  # fmt: skip
PREFIXES = (
    "/", "/static/", "/static/x/", "/static/{version}/", "/static/{version}/css/", "/verify/", "/verify/picture/",
    "/page/", "/words/", "/translate/", "/translate/es/", "/translate/es/signs/", "/review/", "/review/es/", "/desk/",
    "/desk/my-clinic/", "/desk/my-clinic/letter/", "/desk/my-clinic/recalls/", "/events/",
)  # fmt: skip


def raw(served: Served, data: bytes, *, seconds: float = 5) -> bytes:
    """What the server answers to these bytes, until it closes the connection or is silent."""
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except TimeoutError:
            pass
        except ConnectionResetError:
            pass
    return answer


def host_of(served: Served) -> str:
    """The name and port of a server."""
    return served.address.removeprefix("http://")


@pytest.fixture
def form_of() -> Iterator[Callable[[Served], tuple[httpx.Client, str]]]:
    """Opens a browser with a session, and finds the token of its forms."""
    with ExitStack() as clients:

        def opened(served: Served) -> tuple[httpx.Client, str]:
            client = clients.enter_context(httpx.Client(base_url=served.address))
            found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get("/verify").text)
            assert found is not None
            return client, found[1]

        yield opened


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """One project for all attacks: none changes it."""
    return make_bench(tmp_path_factory.mktemp("attacked") / "project")


@pytest.fixture(scope="module")
def served(bench: Bench) -> Iterator[Served]:
    """The project, served for all attacks: each leaves the server as it was."""
    yield from serving(bench)


@pytest.fixture
def public(bench) -> Iterator[Served]:
    """The read-only face of the project."""
    yield from serving(bench, verify_only=True)


@pytest.mark.parametrize("path", [*READ, "/nothing", "/verify/zz", "/static/x/y", "/events/x", "/desk/a/b/c/d/e"])
def test_each_answer_has_the_headers(served, path: str) -> None:
    """A page that is missing has the same policy as one that is there."""
    answer = httpx.get(served.address + path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (path, name)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "VERIFY"])
def test_other_methods_are_refused(served, method: str) -> None:
    """Nothing answers them, also not with what they sent."""
    answer = raw(served, f"{method} / HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 405", b"HTTP/1.1 400"))
    assert b"content-security-policy" in answer.lower()


def test_head_answers_as_get_without_a_body(served) -> None:
    """Programs that watch a server ask so."""
    for path in READ:
        answer = httpx.head(served.address + path)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost",
        "localhost:1",
        "127.0.0.1",
        "localhost:80@evil.example",
        "LOCALHOST.evil.example",
    ],
)
def test_another_host_gets_nothing(served, host: str) -> None:
    """A name that leads to this machine is not enough (DNS rebinding)."""
    assert httpx.get(served.address, headers={"host": host}).status_code in (400, 421)


def test_a_host_must_be_there_and_be_one(served) -> None:
    """None and two are no HTTP/1.1."""
    assert b" 400 " in raw(served, b"GET / HTTP/1.1\r\n\r\n")[:20]
    twice = f"GET / HTTP/1.1\r\nHost: {host_of(served)}\r\nHost: evil.example\r\n\r\n"
    assert b" 400 " in raw(served, twice.encode())[:20]
    assert b" 421 " in raw(served, b"GET / HTTP/1.0\r\n\r\n")[:20]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null"}, {"origin": "https://evil.example"}, {"origin": "http://localhost"}, {"origin": ""},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    ],
)  # fmt: skip
def test_a_form_of_another_site_writes_nothing(served, form_of, headers: dict[str, str]) -> None:
    """Also with the right token."""
    client, token = form_of(served)
    answer = client.post("/verify", data={"token": token}, headers=headers)
    assert (answer.status_code, answer.text) == (403, "this form is of another site")


def test_a_token_is_of_one_session(served, form_of) -> None:
    """Another browser's token does not count, nor does a token without its session."""
    client, token = form_of(served)
    other, _ = form_of(served)
    assert client.post("/verify", data={"token": token}).status_code != 403
    assert other.post("/verify", data={"token": token}).status_code == 403
    assert httpx.post(f"{served.address}/verify", data={"token": token}).status_code == 403


@pytest.mark.parametrize("token", ["", "0", "é" * 64, "\0", "0" * 63, "0" * 65, "0" * 100_000])
def test_a_wrong_token_is_refused(served, form_of, token: str) -> None:
    """Whatever it is made of."""
    client, _ = form_of(served)
    assert client.post("/verify", data={"token": token}).status_code in (400, 403)


@pytest.mark.parametrize(
    "cookie",
    [
        "pressroom", "pressroom=", "pressroom=;;;", "=x", "pressroom=" + "x" * 4000, 'pressroom="\\777', "a b=c",
        "pressroom=\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        "__Host-pressroom=x; pressroom=../../x", "language=../../etc; language=<script>", ";" * 3000,
    ],
)  # fmt: skip
def test_a_broken_cookie_is_no_cookie(served, cookie: str) -> None:
    """Its browser gets a new session."""
    head = f"GET /verify HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\n"
    answer = raw(served, head.encode() + b"Cookie: " + cookie.encode("latin-1") + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"set-cookie: pressroom=" in answer.lower()


def test_the_cookie_of_a_session(served) -> None:
    """No script reads it, and no other site sends it."""
    cookie = httpx.get(served.address).headers["set-cookie"]
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")


def test_behind_a_proxy_the_cookie_is_of_this_host_alone() -> None:
    """A neighbour's page on another name of the same domain can't set it, and it never goes over plain HTTP."""
    settings = ServeSettings("https://print.clinic.example", lambda: TODAY)
    assert guard.cookie_name(settings).startswith("__Host-")
    assert settings.hosts == {"print.clinic.example"}


def _project_with_a_secret(bench, tmp_path: Path) -> None:
    (bench.root / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "outside.txt").write_text(SECRET, encoding="utf-8")
    for folder in ("source", "output", "locales", "layouts"):
        (bench.root / folder).mkdir(exist_ok=True)
        link = bench.root / folder / "outside"
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / "outside.txt")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_address_leads_out(bench, served, tmp_path, prefix: str) -> None:
    """No address gives a file that is not meant, nor one outside through a link, nor fails."""
    from pressroom.pages import static_version

    _project_with_a_secret(bench, tmp_path)
    where = prefix.format(version=static_version())
    for way in WAYS_OUT:
        head = f"GET {where}{way} HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\n\r\n"
        answer = raw(served, head.encode("latin-1"))
        assert b"root:" not in answer, way
        assert SECRET.encode() not in answer, way
        assert b"\r\nset-cookie: x=1" not in answer.split(b"\r\n\r\n", 1)[0].lower(), way
        assert int(answer.split(b" ", 2)[1]) < 500, (where, way, answer[-300:])


def test_no_redirect_leads_elsewhere(served) -> None:
    """An address that names another host in some spelling stays here."""
    ways = (
        "//evil.example", "///evil.example/", "/\\evil.example", "/%2f%2fevil.example", "/verify//evil.example/",
        "/desk//evil.example", "/verify?line=//evil.example", "/?next=https://evil.example", "//evil.example/verify/",
    )  # fmt: skip
    for way in ways:
        head = f"GET {way} HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\n\r\n"
        answer = raw(served, head.encode())
        found = re.search(rb"\r\nlocation: ([^\r]*)", answer, re.I)
        if found is not None:
            assert re.match(rb"/[^/\\]|http://" + host_of(served).encode() + b"/", found[1]), (way, found[1])


def test_long_addresses_and_headers_are_refused(served) -> None:
    """In bounded memory, with the headers of every answer."""
    host = f"Host: {host_of(served)}\r\nConnection: close\r\n"
    for head in (
        f"GET /{'a' * 100_000} HTTP/1.1\r\n{host}\r\n",
        f"GET / HTTP/1.1\r\n{host}X: {'a' * 100_000}\r\n\r\n",
        f"GET / HTTP/1.1\r\n{host}" + "".join(f"X-{n}: a\r\n" for n in range(20_000)) + "\r\n",
    ):
        answer = raw(served, head.encode())
        # A server that closes while more is on its way may be reset before its answer arrives.
        assert not answer or (answer[9:12] in (b"400", b"414", b"431") and b"content-security-policy" in answer)


SMUGGLED = (
    "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n5;x\nabcde\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
    "Content-Length: +5\r\n\r\nabcde",
    "Content-Length: 0x5\r\n\r\nabcde",
    "Content-Length: -1\r\n\r\n",
    "X\r\n\r\n",
    "X: a\0b\r\n\r\n",
    "X: a\rContent-Length: 5\r\n\r\nabcde",
)


@pytest.mark.parametrize("rest", SMUGGLED)
def test_a_request_that_two_servers_would_read_differently(served, rest: str) -> None:
    """It is refused, or its connection closed: what follows is never taken for a request of its own."""
    follower = f"GET /smuggled HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\n\r\n"
    answer = raw(served, f"POST / HTTP/1.1\r\nHost: {host_of(served)}\r\n{rest}{follower}".encode(), seconds=1)
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert not answer or int(answer.split(b" ", 2)[1]) in (400, 403, 411, 413, 421)


def test_what_is_no_http(served) -> None:
    """TLS, nothing, and noise get one short answer or none."""
    for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\r\n" * 50_000, b"\0" * 1000, b"GET\r\n\r\n"):
        answer = raw(served, data, seconds=1)
        assert not answer or b" 400 " in answer[:20]
    assert httpx.get(served.address).status_code == 200


def test_a_body_that_never_comes(served, monkeypatch) -> None:
    """A request that promises a body and does not send it is given up, and holds up nobody."""
    monkeypatch.setattr(guard, "_BODY_IN", 0.3)
    head = f"POST /translate HTTP/1.1\r\nHost: {host_of(served)}\r\nContent-Length: 1000\r\n\r\nx"
    answer = raw(served, head.encode(), seconds=20)
    assert b" 408 " in answer[:20]
    assert b"content-security-policy" in answer


def test_headers_that_never_end(served, monkeypatch) -> None:
    """A connection that sends nothing, or a header at a time, is closed."""
    monkeypatch.setattr(protocol, "HEADERS_IN", 0.3)
    for data in (b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        assert raw(served, data, seconds=20) == b""


def test_half_a_form_is_no_form(served, monkeypatch) -> None:
    """A browser that goes away while it sends has sent nothing: no face sees the part that came."""
    seen: list[bytes] = []
    monkeypatch.setattr(guard, "parse_form", lambda headers, body: seen.append(body))
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head = f"POST /translate HTTP/1.1\r\nHost: {host_of(served)}\r\nContent-Length: 1000\r\n\r\ntext=half"
        connection.sendall(head.encode())
    assert httpx.get(served.address).status_code == 200
    assert seen == []


def test_a_body_that_grows(served, form_of) -> None:
    """In pieces without a length it is counted all the same."""
    client, _ = form_of(served)

    def parts() -> Iterator[bytes]:
        for _ in range(LARGEST // 50_000 + 2):
            yield b"x" * 50_000

    assert client.post("/translate", content=parts()).status_code == 413


MULTIPART = "multipart/form-data; boundary=b"


def _part(name: str, value: str = "", more: str = "") -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'.encode()


BOMBS = {
    "many fields": b"".join(_part(f"f{n}") for n in range(5000)) + b"--b--\r\n",
    "many files": b"".join(_part(f"f{n}", "x", '; filename="a"') for n in range(5)) + b"--b--\r\n",
    "nested": b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" + b"--c\r\n" * 10_000 + b"--b--\r\n",
    "no end": _part("token", "x" * 1000),
    "no name": b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    "a huge field": _part("token", "x" * 900_000) + b"--b--\r\n",
    "a huge header": b"--b\r\n" + b"X: " + b"a" * 900_000 + b"\r\n\r\n\r\n--b--\r\n",
    "many headers": b"--b\r\n" + b"X: a\r\n" * 100_000 + b"\r\n\r\n--b--\r\n",
    "only dashes": b"-" * 900_000,
    "almost the end": b"--b\r\n" + b"\r\n--" * 200_000,
    "nothing": b"",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_form_that_is_a_bomb(served, form_of, bomb: str) -> None:
    """It is refused, and a moment later the server answers as before."""
    client, _ = form_of(served)
    for path in ("/translate", "/verify"):
        answer = client.post(path, content=BOMBS[bomb], headers={"content-type": MULTIPART})
        assert answer.status_code in (400, 403, 413), (path, answer.text)
    assert client.get("/verify").status_code == 200


def test_other_forms_that_are_bombs(served, form_of) -> None:
    """A hundred thousand fields, deep brackets, deep JSON, and kinds of content that are not forms."""
    client, _ = form_of(served)
    deep = json.dumps("[" * 400_000)
    for content, kind in (
        ("&".join("a=b" for _ in range(100_000)), "application/x-www-form-urlencoded"),
        ("a" + "[" * 300_000 + "]=1", "application/x-www-form-urlencoded"),
        ("&" * 900_000, "application/x-www-form-urlencoded"),
        (deep, "application/json"),
        ("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>", "text/xml"),
        ("x", "multipart/form-data"),
        ("x", "multipart/form-data; boundary="),
        ("x", "multipart/form-data; boundary=" + "b" * 5000),
        ("x", "\x00"),
    ):
        request = (
            f"POST /translate HTTP/1.1\r\nHost: {host_of(served)}\r\nConnection: close\r\nContent-Type: {kind}\r\n"
        )
        answer = raw(served, f"{request}Content-Length: {len(content)}\r\n\r\n{content}".encode("latin-1"), seconds=20)
        assert int(answer.split(b" ", 2)[1]) in (400, 403, 413), kind
    assert client.get("/verify").status_code == 200


def test_what_is_uploaded_stays_in_memory() -> None:
    """A file that people ask about is never written to a disk, also not for a moment."""
    assert forms._InMemory.spool_max_size > guard.LARGEST_FILE


def test_streams_are_few(served, form_of) -> None:
    """Streams of events are bounded for a browser and for all; the next page is answered all the same."""
    from pressroom.web import events

    client, _ = form_of(served)
    port = int(served.address.rpartition(":")[2])
    cookie = f"Cookie: pressroom={client.cookies['pressroom']}\r\n"
    head = f"GET /events HTTP/1.1\r\nHost: {host_of(served)}\r\n"
    open_ones, answers = [], []
    try:
        for cookies in [cookie] * (events._STREAMS_OF_ONE + 1) + [""] * events._STREAMS:
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            open_ones.append(connection)
            connection.sendall(f"{head}{cookies}\r\n".encode())
            answers.append(connection.recv(12)[-3:])
        assert answers[: events._STREAMS_OF_ONE + 1] == [b"200"] * events._STREAMS_OF_ONE + [b"429"]
        assert answers.count(b"200") == events._STREAMS
        assert client.get("/verify").status_code == 200
    finally:
        for connection in open_ones:
            connection.close()


def test_connections_are_bounded(served, monkeypatch) -> None:
    """One too many is told to come back, with the headers of every answer."""
    monkeypatch.setattr(protocol, "CONNECTIONS", 5)
    port = int(served.address.rpartition(":")[2])
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(5)]
    try:
        answer = raw(served, b"")
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"content-security-policy" in answer
    finally:
        for connection in held:
            connection.close()


def test_an_error_of_the_program_shows_nothing_of_itself(served, monkeypatch, capfd) -> None:
    """The page says what to do; the trace is for the person who runs the server."""

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("pressroom.web.faces.overview.page", breaks)
    answer = httpx.get(served.address)
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert "<h1>The program has failed</h1>" in answer.text
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert SECRET in capfd.readouterr().err


def test_an_error_of_every_page_shows_nothing_either(served, monkeypatch, capfd) -> None:
    """Also if the page that says so is what fails."""

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("pressroom.web.respond.render", breaks)
    answer = httpx.get(served.address)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert SECRET not in answer.text
    assert SECRET in capfd.readouterr().err


def test_many_files_at_once_are_refused(served, monkeypatch) -> None:
    """Two are in memory at a time; a third is sent again later."""
    monkeypatch.setattr(guard, "_FILE_IN", 5.0)
    port = int(served.address.rpartition(":")[2])
    head = f"POST /verify HTTP/1.1\r\nHost: {host_of(served)}\r\nContent-Length: 1000\r\n\r\nx"
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(guard._FILES)]
    try:
        for connection in held:
            connection.sendall(head.encode())
        # The server takes them in the order of its sockets: ask until both are being received.
        answers = [raw(served, head.replace("1000", "1").encode(), seconds=1)[9:12] for _ in range(5)]
        assert b"429" in answers
    finally:
        for connection in held:
            connection.close()


def test_rates() -> None:
    """A client has its share, all together have theirs, and both fill again."""
    rates = Rates(Rate(2, 1), Rate(3, 2))
    assert [rates.wait("a", 0) for _ in range(3)] == [0, 0, 1]
    assert [rates.wait("b", 0) for _ in range(2)] == [0, 1]
    assert rates.wait("a", 1) == 0
    assert Rates(Rate(2, 1), Rate(3, 1)).wait("a", 0, cost=4) == 2


def test_rates_remember_a_bounded_number_of_clients() -> None:
    """A million addresses take no more memory than ten thousand."""
    rates = Rates(Rate(1, 1), Rate(10**9, 1))
    for number in range(10_050):
        rates.wait(str(number), 0)
    assert len(rates._clients) == 10_000


@pytest.mark.parametrize(
    ("origin", "peer", "named", "client"),
    [
        ("http://localhost:8017", "127.0.0.1", "9.9.9.9", "127.0.0.1"),
        ("https://a.example", "127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("https://a.example", "127.0.0.1", "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        ("https://a.example", "::1", "2001:db8:1:2:3::4", "2001:0db8:0001:0002"),
        ("https://a.example", "7.7.7.7", "9.9.9.9", "7.7.7.7"),
        ("https://a.example", "127.0.0.1", "<script>", "unknown"),
        ("https://a.example", "127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_who_asks(origin: str, peer: str, named: str, client: str) -> None:
    """A proxy's word counts only where there is one: on this machine, behind an address with TLS."""
    from starlette.datastructures import Headers

    headers = Headers({"x-forwarded-for": named} if named else {})
    assert client_of({"client": (peer, 1)}, headers, ServeSettings(origin, lambda: TODAY)) == client


def test_the_public_face_is_limited(public) -> None:
    """Who asks too often is told when to come back; styles are not counted."""
    burst = int(PUBLIC[0].burst)
    with httpx.Client(base_url=public.address) as client:
        answers = [client.get("/verify") for _ in range(burst + 20)]
        assert answers[burst - 1].status_code == 200
        late = [answer for answer in answers if answer.status_code == 429]
        assert late
        assert int(late[0].headers["retry-after"]) >= 1
        assert late[0].headers["content-security-policy"]
        assert client.get("/static/x/css/app.css").status_code == 200


def test_both_addresses_of_localhost_answer(served) -> None:
    """A browser asks ::1 first, and no other program may answer there."""
    port = int(served.address.rpartition(":")[2])
    assert httpx.get(f"http://127.0.0.1:{port}/verify").status_code == 200
    try:
        socket.create_connection(("::1", port), timeout=5).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert httpx.get(f"http://[::1]:{port}/verify").status_code == 200


def test_nothing_listens_beyond_this_machine(served) -> None:
    """The server has no other address."""
    port = int(served.address.rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # No packet is sent: this says which address of this machine others see.
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network")
        own = probe.getsockname()[0]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((own, port), timeout=2)


def test_ten_thousand_streams(served) -> None:
    """A program that opens streams as fast as it can takes none from a person for long: the server still answers."""
    port = int(served.address.rpartition(":")[2])
    head = f"GET /events HTTP/1.1\r\nHost: {host_of(served)}\r\n\r\n".encode()

    def flood() -> None:
        for _ in range(2_500):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                    connection.sendall(head)
            except OSError:
                pass

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(100):
        # The last connections are still being closed.
        answer = httpx.get(f"{served.address}/verify", timeout=30)
        if answer.status_code == 200:
            return
        assert answer.status_code in (429, 503)
        time.sleep(0.1)
    pytest.fail("the server did not recover")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/\n/evil.example", " //evil.example", "%2f%2fevil.example",
    ],
)  # fmt: skip
def test_a_form_leads_nowhere_else(served, form_of, address: str) -> None:
    """Who signs in by a link of somebody else stays here."""
    client, token = form_of(served)
    sent = {"token": token, "name": "Alma Autora", "qualification": "in a story", "next": address}
    answer = client.post("/sign-in", data=sent)
    assert answer.status_code == 303
    assert re.fullmatch(r"/(?:[^/\\].*)?", answer.headers["location"]), answer.headers["location"]


HTML = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def test_html_in_any_text_is_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The names of clinics and people, titles, translations, lines from paper and addresses are shown as typed."""
    bench = make_bench(tmp_path_factory.mktemp("html") / "project")
    bench.edit("source/clinics.toml", 'name = "Larkspur Clinic"', f"name = '{HTML}'")
    bench.edit(bench.source, "title: Warning signs", f"title: '{HTML}'")
    bench.edit(bench.catalog, "Pida ayuda", HTML.replace('"', '\\"'))
    more = (
        "/translate/es", "/translate/es/signs", "/translate/en/signs", "/review/es/signs", "/review/release",
        "/sign-in", f"/verify?line={HTML}", f"/no/{HTML}", f"/?show={HTML}",
    )  # fmt: skip
    for served in serving(bench):
        with httpx.Client(base_url=served.address, timeout=60, follow_redirects=True) as client:
            found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get("/verify").text)
            assert found is not None
            client.post("/sign-in", data={"token": found[1], "name": HTML, "qualification": HTML})
            for path in (*READ, *more):
                shown = client.get(path).text
                assert "<script>alert" not in shown, path
                assert "<img src=x" not in shown, path

"""Sessions: how long they last, and what needs one behind a proxy."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest

from pressroom.approval.passkey import base64url, from_base64url
from pressroom.commands.signing.people import close
from pressroom.web.rates import Rate
from pressroom.web.sessions import ABSOLUTE, IDLE, Sessions, Visitor
from tests.commands.conftest import TODAY, Bench, people_toml
from tests.passkeys import ORIGIN, SoftPasskey
from tests.web.conftest import serving

ANA = Visitor("ana-lopez", "Ana López", "nurse", "SHA256:a")
PAGE = {"accept": "text/html", "host": "press.clinic.example", "sec-fetch-site": "same-origin", "origin": ORIGIN}


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = 0.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


def test_a_session_ends():
    """Behind a proxy a session ends after an hour without a request, and after a working day in any case."""
    clock = Clock()
    sessions = Sessions(expire=True, clock=clock)
    name = sessions.enter("before", ANA)
    clock.now += IDLE - 1
    assert sessions.visitor(name) == ANA
    clock.now += IDLE - 1
    assert sessions.visitor(name) == ANA
    clock.now += IDLE + 1
    assert sessions.visitor(name) is None
    name = sessions.enter("before", ANA)
    start = clock.now
    while clock.now - start <= ABSOLUTE:
        assert sessions.visitor(name) == ANA
        clock.now += IDLE / 2
    assert sessions.visitor(name) is None


def test_a_form_outlives_a_session():
    """Who signs in again after their session expired keeps the cookie, so what they had begun to write can be sent."""
    clock = Clock()
    sessions = Sessions(expire=True, clock=clock)
    name = sessions.enter("before", ANA)
    clock.now += IDLE + 1
    assert sessions.visitor(name) is None
    assert sessions.enter(name, ANA) == name
    assert sessions.visitor(name) == ANA
    clock.now += IDLE + 1
    assert sessions.visitor(name) is None
    assert sessions.enter(name, replace(ANA, id="bob-tall")) != name
    left = sessions.enter("", ANA)
    sessions.leave(left)
    assert sessions.enter(left, ANA) != left


def test_on_this_machine_a_session_lasts():
    """Without a proxy a session lasts as long as the server: nothing is proved by it."""
    clock = Clock()
    sessions = Sessions(expire=False, clock=clock)
    name = sessions.enter("before", ANA)
    clock.now += ABSOLUTE * 2
    assert sessions.visitor(name) == ANA


def test_a_cookie_from_before_proves_nothing():
    """Who signs in gets another cookie, so one that was put into the browser before is worth nothing."""
    sessions = Sessions(expire=True)
    name = sessions.enter("put there by somebody", ANA)
    assert name != "put there by somebody"
    assert sessions.visitor("put there by somebody") is None
    sessions.leave(name)
    assert sessions.visitor(name) is None


def test_a_challenge_is_good_once():
    """A challenge is for one purpose and one browser, once, for some minutes."""
    clock = Clock()
    sessions = Sessions(expire=True, clock=clock)
    challenge = sessions.new_challenge("a", "sign in")
    assert sessions.take_challenge("b", "sign in") is None
    assert sessions.take_challenge("a", "create") is None
    assert sessions.take_challenge("a", "sign in") == challenge
    assert sessions.take_challenge("a", "sign in") is None
    sessions.new_challenge("a", "sign in")
    clock.now += 700
    assert sessions.take_challenge("a", "sign in") is None


def test_memory_is_bounded():
    """However many browsers come, the newest are remembered."""
    sessions = Sessions(expire=True)
    names = [sessions.enter("", ANA) for _ in range(2_500)]
    assert sessions.visitor(names[0]) is None
    assert sessions.visitor(names[-1]) == ANA


def test_strangers_push_nobody_out():
    """However many browsers ask for a challenge, who is signed in stays signed in."""
    sessions = Sessions(expire=True)
    name = sessions.enter("", ANA)
    for number in range(6_000):
        sessions.new_challenge(f"stranger {number}", "sign in")
    assert sessions.visitor(name) == ANA
    assert sessions.take_challenge("stranger 0", "sign in") is None
    assert sessions.take_challenge("stranger 5999", "sign in") is not None


# ---- Behind a proxy


@pytest.fixture
def ana() -> SoftPasskey:
    """Alma's passkey."""
    return SoftPasskey()


@pytest.fixture
def clinic(bench: Bench, ana: SoftPasskey) -> Bench:
    """A project that lists a passkey."""
    text = f'{people_toml(None)}\n[[alma-autora.keys]]\nkind = "passkey"\nkey = "{ana.text}"\nvalid-from = 2026-11-01\n'
    (bench.root / "source" / "people.toml").write_text(text, encoding="utf-8")
    return bench


@dataclass
class Behind:
    """A browser as the proxy passes it on: httpx sends no secure cookie over plain HTTP, so the cookie is kept here."""

    address: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=lambda: dict(PAGE))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Load a page."""
        return self._kept(httpx.get(self.address + path, headers=self._headers(headers)))

    def post(self, path: str, data: dict[str, str]) -> httpx.Response:
        """Send a form."""
        return self._kept(httpx.post(self.address + path, data=data, headers=self._headers({})))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return self.headers | more | ({"cookie": f"__Host-pressroom={self.cookie}"} if self.cookie else {})

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        for cookie in answer.headers.get_list("set-cookie"):
            if match := re.match(r"__Host-pressroom=([^;]+)", cookie):
                self.cookie = match[1]
        return answer


@pytest.fixture
def client(clinic: Bench) -> Iterator[Behind]:
    """A browser behind the proxy of a clinic."""
    for served in serving(clinic, origin=ORIGIN):
        yield Behind(served.address)


def token_of(client: Behind, path: str = "/sign-in") -> tuple[str, str]:
    """The token and the challenge in the form of a page."""
    text = client.get(path).text
    return text.split('name="token" value="')[1].split('"')[0], text.split('data-challenge="')[1].split('"')[0]


def answer_to(client: Behind, passkey: SoftPasskey, **changes) -> dict[str, str]:
    """The form that the page's script sends."""
    token, challenge = token_of(client)
    asked = from_base64url(challenge, 64)
    answer = passkey.answer(asked, client=passkey.client_data(asked, **changes))
    return {
        "token": token,
        "next": "/review",
        "credential": base64url(answer.credential),
        "authenticator-data": base64url(answer.authenticator_data),
        "client-data": base64url(answer.client_data),
        "signature": base64url(answer.signature),
    }


@pytest.mark.parametrize("path", ["/", "/translate", "/review", "/events", "/nowhere", "//evil.example", "/deskx"])
def test_what_needs_a_sign_in(client, path):
    """Pages with drafts or names ask for a sign-in, and lead back afterwards."""
    answer = client.get(path)
    assert answer.status_code in (303, 404)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in?next=/")


@pytest.mark.parametrize("path", ["/verify", "/desk/", "/sign-in", "/keys"])
def test_what_needs_none(client, path):
    """Papers can be looked up and printed, and a passkey can be created, without a sign-in; no page names anybody."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Alma" not in answer.text


@pytest.mark.parametrize("path", ["/verify", "/desk/", "/sign-in", "/keys"])
def test_an_open_page_is_whole(client, path):
    """What an open page loads is open too: its styles, scripts and pictures."""
    parts = re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|svg|png)[^"]*)"', client.get(path).text)
    assert len(parts) > 1
    assert {part: client.get(part).status_code for part in parts} == dict.fromkeys(parts, 200)


@pytest.mark.parametrize("path", ["/translate/es/signs/save", "/review/es/signs/sign", "/desk/leaf/recalls/1", "/"])
def test_who_is_not_signed_in_writes_nothing(client, path):
    """Each write needs a sign-in, whatever the face."""
    token, _ = token_of(client)
    answer = client.post(path, data={"token": token})
    assert answer.status_code == 401
    assert "nothing was saved" in answer.text


def test_signing_in(client, ana):
    """A passkey signs in; the cookie is another one then, for this host and TLS alone, and the page leads on."""
    form = answer_to(client, ana)
    before = client.cookie
    answer = client.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-pressroom=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert client.cookie != before
    assert "Alma Autora" in client.get("/review").text
    assert client.post("/sign-in", data=form).status_code == 403


def test_signing_out(client, ana):
    """After signing out the same cookie is nobody's."""
    client.post("/sign-in", data=answer_to(client, ana))
    text = client.get("/sign-in").text
    token = text.split('name="token" value="')[1].split('"')[0]
    assert client.post("/sign-in/out", data={"token": token}).status_code == 303
    assert client.get("/review").status_code == 303


@pytest.mark.parametrize(
    "changes", [{"origin": "https://evil.example"}, {"type": "webauthn.create"}, {"challenge": "AAAA"}]
)
def test_an_answer_that_signs_nobody_in(client, ana, changes):
    """An answer for another page, challenge or purpose is refused with the reason."""
    answer = client.post("/sign-in", data=answer_to(client, ana, **changes))
    assert answer.status_code == 403
    assert "does not count" in answer.text


def test_a_passkey_that_is_not_listed(client):
    """A passkey that nobody listed signs nobody in."""
    assert (
        "is not in source/people.toml"
        in client.post("/sign-in", data=answer_to(client, SoftPasskey(credential=bytes(20)))).text
    )


def test_a_closed_passkey_is_out_at_once(client, ana, clinic):
    """Who is signed in with a passkey that is closed is signed out with the next request."""
    client.post("/sign-in", data=answer_to(client, ana))
    assert client.get("/review").status_code == 200
    close(clinic.workspace, "alma-autora", "lost", (), TODAY)
    until = time.monotonic() + 20
    while client.get("/review").status_code == 200 and time.monotonic() < until:
        time.sleep(0.05)
    assert client.get("/review").status_code == 303


@pytest.mark.parametrize(
    "next_", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_a_sign_in_leads_nowhere_else(client, ana, next_):
    """The page after a sign-in is one of this server."""
    form = answer_to(client, ana) | {"next": next_}
    assert client.post("/sign-in", data=form).headers["location"] == "/"


def test_another_host_behind_the_proxy(client):
    """Only the host of the origin is answered."""
    assert client.get("/verify", host="localhost:8017").status_code == 421


def test_events_end_with_the_session(client, ana, clinic):
    """A page that listens hears nothing more once its person has signed out elsewhere."""
    client.post("/sign-in", data=answer_to(client, ana))
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/sign-in").text)[0]
    headers = {**PAGE, "cookie": f"__Host-pressroom={client.cookie}", "accept": "text/event-stream"}
    with httpx.stream("GET", f"{client.address}/events", headers=headers, timeout=30) as stream:
        lines = stream.iter_lines()
        assert next(line for line in lines if line.startswith("event:")) == "event: hello"
        client.post("/sign-in/out", data={"token": token})
        clinic.edit(clinic.source, "take 2 steps back", "take 3 steps back")
        assert [line for line in lines if line.startswith("data:") and "signs.md" in line] == []


def test_attempts_are_counted(clinic, ana, monkeypatch):
    """One address has so many attempts to sign in; another one is not slowed down by that."""
    monkeypatch.setattr("pressroom.web.application.ATTEMPTS", (Rate(3, 1e-6), Rate(100, 100)))
    for served in serving(clinic, origin=ORIGIN):
        client = Behind(served.address)
        client.headers["x-forwarded-for"] = "192.0.2.1"
        token, _ = token_of(client)
        answers = [client.post("/sign-in", data={"token": token}).status_code for _ in range(4)]
        assert answers == [403, 403, 403, 429]
        client.headers["x-forwarded-for"] = "198.51.100.7"
        assert client.post("/sign-in", data=answer_to(client, ana)).status_code == 303

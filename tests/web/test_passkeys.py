"""Passkeys in a real browser: created on a page, listed by the command, and signing a record that counts."""

from __future__ import annotations

import re
import time
import tomllib

import httpx
import pytest
import webauthn
from playwright.sync_api import Page, expect
from webauthn.helpers.exceptions import InvalidAuthenticationResponse

from pressroom.approval.passkey import base64url, read_passkey
from pressroom.approval.passkey_signature import challenge_of, read_answer, read_signature
from pressroom.approval.signature import KINDS, NAMESPACE
from pressroom.commands.signing.deeds import SignText
from pressroom.commands.signing.passkey_signing import PendingRecord, accept, pending_record
from pressroom.commands.signing.people import add
from pressroom.commands.signing.signer import Named
from tests.commands.conftest import TODAY, Bench, id_of, people_toml


def give_authenticator(tab: Page, **options: object) -> str:
    """Give the browser an authenticator whose user confirms everything at once; returns its id."""
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    wanted = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return str(devtools.send("WebAuthn.addVirtualAuthenticator", {"options": wanted | options})["authenticatorId"])


@pytest.fixture
def listed(served) -> Bench:
    """The project with a list of people, none of whom has a key."""
    bench: Bench = served.bench
    (bench.root / "source" / "people.toml").write_text(people_toml(None), encoding="utf-8")
    # The server notices a file a moment after it is written.
    end = time.monotonic() + 60
    while "Rita Revisora" not in httpx.get(f"{served.address}/sign-in").text:
        assert time.monotonic() < end, "the server does not know the people"
        time.sleep(0.05)
    return bench


def create_passkey(tab: Page, address: str, name: str, label: str = "tablet of a story") -> str:
    """Create a passkey on the page; returns the text that the page shows for people.toml."""
    tab.goto(f"{address}/keys?person={id_of(name)}")
    tab.get_by_label("What you call this device").fill(label)
    tab.get_by_role("button", name="Create the passkey").click()
    tab.wait_for_selector("text=not listed yet")
    lines = tab.locator("pre.lines").first.inner_text()
    (key,) = tomllib.loads(lines)[id_of(name)]["keys"]
    assert key["kind"] == "passkey"
    return str(key["key"])


def test_a_passkey_is_created_and_listed_by_the_command(served, listed, tab) -> None:
    """The page writes nothing; the command takes what it shows, and the passkey is then Rita's."""
    before = (listed.root / "source" / "people.toml").read_bytes()
    give_authenticator(tab)
    text = create_passkey(tab, served.address, "Rita Revisora")
    assert (listed.root / "source" / "people.toml").read_bytes() == before
    passkey = read_passkey(text)
    assert (passkey.origin, passkey.rp_id, passkey.label) == (served.address, "localhost", "tablet of a story")
    assert passkey.fingerprint in tab.content()
    add(listed.workspace, "rita-revisora", {}, None, TODAY, text)
    people = listed.workspace.people().value
    assert people is not None
    assert people.by_id["rita-revisora"].keys[0].fingerprint == passkey.fingerprint


def test_an_unverified_person_gets_no_passkey(served, listed, tab) -> None:
    """A device that verifies nobody makes no passkey, and the page says what to do."""
    give_authenticator(tab, hasUserVerification=False, isUserVerified=False)
    tab.goto(f"{served.address}/keys?person=rita-revisora")
    tab.get_by_role("button", name="Create the passkey").click()
    tab.wait_for_selector("[data-problems]:not([hidden])")
    expect(tab.locator("[data-problem]:visible")).to_have_count(1)


def test_at_an_address_of_numbers_the_page_says_so(served, listed, tab) -> None:
    """A passkey is for a name: at 127.0.0.1 the page says which address to open."""
    give_authenticator(tab)
    tab.goto(served.address.replace("localhost", "127.0.0.1") + "/keys?person=rita-revisora")
    tab.get_by_role("button", name="Create the passkey").click()
    expect(tab.locator("[data-problem]:visible")).to_contain_text("not with numbers")


ASK = """async ([challenge, credential, rp]) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (data) => btoa(String.fromCharCode(...new Uint8Array(data)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const { rawId, response } = await navigator.credentials.get({ publicKey: {
    challenge: bytes(challenge), rpId: rp, userVerification: "required",
    allowCredentials: [{ type: "public-key", id: bytes(credential) }],
  }});
  return { credential: text(rawId), "authenticator-data": text(response.authenticatorData),
    "client-data": text(response.clientDataJSON), signature: text(response.signature) };
}"""


def test_a_record_is_signed_in_chromium_and_checked_by_two_libraries(served, listed, tab) -> None:
    """What Chromium's authenticator signs counts as Rita's signature, and another library says the same."""
    assert not listed.build().failed
    give_authenticator(tab)
    text = create_passkey(tab, served.address, "Rita Revisora")
    add(listed.workspace, "rita-revisora", {}, None, TODAY, text)
    passkey = read_passkey(text)
    deed = SignText("signs", "es", "reviewer", listed.output)
    pending = pending_record(listed.workspace, deed, Named("rita-revisora", passkey=passkey.fingerprint), TODAY)
    assert isinstance(pending, PendingRecord)
    answer = tab.evaluate(ASK, [base64url(pending.challenge), base64url(passkey.credential), passkey.rp_id])
    done = accept(listed.workspace, pending, read_answer(answer), TODAY)
    record = (listed.root / done.record).read_bytes()
    signature = (listed.root / f"{done.record}.sig").read_bytes()
    assert KINDS["passkey"].is_signed(record, signature, text)
    assert [r.name for r in listed.review_case("es").signoffs("reviewer")] == ["Rita Revisora"]
    assert by_another_library(record, signature, text)
    assert not by_another_library(record + b" ", signature, text)


def by_another_library(record: bytes, signature: bytes, text: str) -> bool:
    """What the library `webauthn` says of a signature, from the two files and the line of people.toml alone."""
    passkey, answer = read_passkey(text), read_signature(signature)
    credential = {
        "id": base64url(answer.credential), "rawId": base64url(answer.credential), "type": "public-key",
        "response": {
            "authenticatorData": base64url(answer.authenticator_data), "clientDataJSON": base64url(answer.client_data),
            "signature": base64url(answer.signature),
        },
    }  # fmt: skip
    try:
        webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge_of(record, NAMESPACE),
            expected_rp_id=passkey.rp_id,
            expected_origin=passkey.origin,
            credential_public_key=passkey.cose,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except InvalidAuthenticationResponse:
        return False
    return True


def test_who_is_at_the_browser(served, listed, tab) -> None:
    """A person chooses their name, goes on to the page that they wanted, and the page says what a name is worth."""
    tab.goto(f"{served.address}/sign-in?next=/review")
    assert "anybody at this computer can choose" in tab.inner_text("main")
    tab.get_by_label("Rita Revisora").check()
    tab.get_by_role("button", name="Go on").click()
    tab.wait_for_url(f"{served.address}/review")
    assert "Rita Revisora" in tab.locator(".who").inner_text()
    tab.goto(f"{served.address}/sign-in")
    tab.get_by_role("button", name="I am somebody else").click()
    tab.wait_for_url(f"{served.address}/sign-in")
    expect(tab.locator(".who")).to_contain_text(re.compile("^Who are you"))


def test_without_a_list_a_name_is_typed(served, tab) -> None:
    """In a project without a list of people a visitor writes their name and by what right they sign."""
    tab.goto(f"{served.address}/sign-in")
    tab.get_by_label("Your full name").fill("Rita  Revisora")
    tab.get_by_label("Your degree").fill("licensed in a story")
    tab.get_by_role("button", name="Go on").click()
    expect(tab.locator(".who")).to_contain_text("Rita Revisora")

"""Passkeys: what counts as one, what counts as its signature, and that nothing else does."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestationObject
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.passkey import base64url, check_origin, from_base64url, passkey_of, read_passkey, rp_id_of
from pressroom.approval.passkey_registration import read_registration
from pressroom.approval.passkey_signature import (
    Assertion,
    challenge_of,
    check_assertion,
    is_signed,
    read_answer,
    read_signature,
)
from pressroom.approval.people_file import read_people
from pressroom.approval.signature import KINDS, NAMESPACE
from tests.passkeys import ATTESTED, BACKED_UP, ELIGIBLE, ORIGIN, PRESENT, VERIFIED, SoftPasskey

RECORD = b'document = "visit"\nrole = "reviewer"\n'
ANA = SoftPasskey()
PRIVATE = {
    "webauthn-es256": ec.generate_private_key(ec.SECP256R1()),
    "webauthn-eddsa": Ed25519PrivateKey.from_private_bytes(bytes(32)),
    "webauthn-rs256": rsa.generate_private_key(65537, 2048),
}
CHALLENGE = challenge_of(RECORD, NAMESPACE)
# A signature of ES256 is another one each time.
GOOD = ANA.answer(CHALLENGE).file
PEOPLE = """[ana-lopez]
name = "Ana López"
qualification = "nurse"
author = ["en"]
"""


def counts(signature: bytes, record: bytes = RECORD, by: SoftPasskey = ANA) -> bool:
    """True if the engine takes this for a signature of the record by the passkey."""
    return KINDS["passkey"].is_signed(record, signature, by.text)


def signed(flags: int = PRESENT | VERIFIED, by: SoftPasskey = ANA, rp_id: str = "", more: bytes = b"", **said) -> bytes:
    """A signature in which the authenticator or the browser says something else."""
    data = by.authenticator_data(flags, rp_id, more)
    return by.answer(CHALLENGE, data, by.client_data(said.pop("about", CHALLENGE), **said)).file


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_each_algorithm_signs(algorithm):
    """A signature counts for exactly its bytes and its passkey, for each algorithm that is accepted."""
    one = SoftPasskey(private=PRIVATE[algorithm])
    signature = one.sign(RECORD)
    assert one.passkey.algorithm == algorithm
    assert read_passkey(one.text) == one.passkey
    assert counts(signature, by=one)
    assert not counts(signature, RECORD + b" ", by=one)
    assert not counts(signature, by=ANA)


def test_the_challenge_is_what_the_documentation_says():
    """Anybody can compute it with `sha256sum`: the namespace, a newline, the record."""
    assert hashlib.sha256(b"pressroom-record\n" + RECORD).digest() == CHALLENGE


WRONG = {
    "another record": lambda: signed(about=challenge_of(b"another", NAMESPACE)),
    "no namespace": lambda: signed(about=hashlib.sha256(RECORD).digest()),
    "another origin": lambda: signed(origin="https://press.clinic.example.evil.example"),
    "the origin with a port": lambda: signed(origin=f"{ORIGIN}:8443"),
    "another name": lambda: signed(rp_id="clinic.example"),
    "a new passkey in place of a signature": lambda: signed(type="webauthn.create"),
    "no person there": lambda: signed(VERIFIED),
    "no person verified": lambda: signed(PRESENT),
    "no flags": lambda: signed(0),
    "backed up and not able to be": lambda: signed(PRESENT | VERIFIED | BACKED_UP),
    "a credential inside": lambda: signed(
        PRESENT | VERIFIED | ATTESTED, more=bytes(16) + (16).to_bytes(2) + bytes(16) + ANA.passkey.cose
    ),
    "bytes after the end": lambda: signed(more=b"\0"),
    "in a frame": lambda: signed(crossOrigin=True),
    "in a frame, in words": lambda: signed(crossOrigin="false"),
    "in a page of another": lambda: signed(topOrigin="https://evil.example"),
    "no origin": lambda: signed(origin=None),
    "a number for a challenge": lambda: signed(challenge=100_000_000_000),
    "a list for an origin": lambda: signed(origin=[ORIGIN]),
    "another credential": lambda: SoftPasskey(credential=b"another credential", private=ANA.private).sign(RECORD),
    "another key": lambda: SoftPasskey().sign(RECORD),
    "no client data": lambda: ANA.answer(CHALLENGE, client=b"null").file,
    "deep client data": lambda: ANA.answer(CHALLENGE, client=b"[" * 4000).file,
}


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_count(what):
    """Whatever the passkey signed, if it was not this record, on our pages, by a verified person, it does not count."""
    assert not counts(WRONG[what]())


@pytest.mark.parametrize("flags", [PRESENT | VERIFIED, PRESENT | VERIFIED | ELIGIBLE | BACKED_UP])
def test_what_counts(flags):
    """A passkey that is synchronised counts; so does what a browser adds to its client data, and what an authenticator
    adds as an extension.
    """
    assert counts(signed(flags))
    assert counts(signed(flags, other_keys_can_be_added_here="do not compare clientDataJSON against a template"))
    assert counts(signed(flags | 128, more=cbor.encode({"credProtect": 2})))


def test_a_value_that_is_said_twice():
    """Two readers may take another one of two values, so neither counts."""
    twice = ANA.client_data(CHALLENGE).replace(b"{", b'{"origin": "https://evil.example", ', 1)
    assert json.loads(twice)["origin"] == ORIGIN
    assert not counts(ANA.answer(CHALLENGE, client=twice).file)


def test_no_changed_bit_passes():
    """Each bit of each part of a signature counts."""
    good = ANA.answer(CHALLENGE)
    parts = [good.credential, good.authenticator_data, good.client_data, good.signature]
    passed = []
    for number, part in enumerate(parts):
        for place in range(len(part) * 8):
            spoilt = bytearray(part)
            spoilt[place // 8] ^= 1 << place % 8
            if counts(Assertion(*parts[:number], bytes(spoilt), *parts[number + 1 :]).file):
                passed.append((number, place))
    assert passed == []


@given(st.data())
def test_no_other_file_passes(data):
    """A file that was cut, doubled or changed anywhere is no signature, or one of the same bytes."""
    good = GOOD
    start, end = sorted((data.draw(st.integers(0, len(good))), data.draw(st.integers(0, len(good)))))
    spoilt = good[:start] + data.draw(st.binary(max_size=20)) + good[end:]
    assert counts(spoilt) == (spoilt.replace(b"\r\n", b"\n") == good)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n", lambda text: text.strip(), lambda text: text.replace("signature 1", "signature 2"),
        lambda text: text + "more AAAA\n", lambda text: text.replace("credential ", "credential  "),
        lambda text: "\n".join(reversed(text.splitlines())) + "\n", lambda text: text.replace("\n", "=\n"),
        lambda text: "# a comment\n" + text, lambda text: text.replace("\n", "\r\r\n"),
    ],
)  # fmt: skip
def test_the_file_has_one_form(change):
    """More lines, another order, another version, padding or a comment is no signature."""
    text = ANA.sign(RECORD).decode()
    assert counts(text.encode())
    assert counts(text.replace("\n", "\r\n").encode()), "a checkout on Windows writes other ends of lines"
    assert not counts(change(text).encode())


def test_base64url_has_one_form():
    """The last letter of base64url can have bits that mean nothing; they must be 0."""
    assert from_base64url("AA", 10) == b"\0"
    for wrong in ("AB", "AA==", "A", "A A", "A\n", "+/AA", "é"):
        with pytest.raises(ValueError, match=r"\w"):
            from_base64url(wrong, 10)
    for size in range(9, 13):
        assert len(from_base64url(base64url(bytes(size)), size)) == size
        with pytest.raises(ValueError, match=f"longer than {size - 1} bytes"):
            from_base64url(base64url(bytes(size)), size - 1)


def test_sizes_are_bounded():
    """A large file or a large part is refused before anything reads it."""
    good = ANA.answer(CHALLENGE)
    with pytest.raises(ValueError, match="bytes long"):
        read_signature(b"A" * 20_000)
    with pytest.raises(ValueError, match="longer"):
        read_signature(Assertion(good.credential, good.authenticator_data, bytes(5000), good.signature).file)


def test_what_a_browser_sends():
    """The four values and nothing else make an assertion."""
    good = ANA.answer(CHALLENGE)
    names = ("credential", "authenticator-data", "client-data", "signature")
    parts = (good.credential, good.authenticator_data, good.client_data, good.signature)
    sent = {name: base64url(part) for name, part in zip(names, parts, strict=True)}
    assert read_answer(sent) == good
    for wrong in ({**sent, "more": ""}, {**sent, "signature": None}, {**sent, "credential": "="}, {}):
        with pytest.raises(ValueError, match=r"\w"):
            read_answer(wrong)


# ---- The text in people.toml


def parts() -> list[str]:
    """The words of a passkey's text."""
    return ANA.text.split(" ", 4)


def cose(**changes) -> str:
    """The text with another public key: labels as `k1`, `k_2` for -2."""
    key = dict(cbor.decode(ANA.passkey.cose))
    for name, value in changes.items():
        key[int(name[1:].replace("_", "-"))] = value
    words = parts()
    words[3] = base64url(cbor.encode(key))
    return " ".join(words)


BROKEN = {
    "empty": "",
    "cut": " ".join(parts()[:3]),
    "two spaces": ANA.text.replace(" ", "  ", 1),
    "two lines": ANA.text.replace(" ", "\n", 1),
    "unknown algorithm": ANA.text.replace("es256", "es512"),
    "the algorithm of another key": ANA.text.replace("es256", "rs256"),
    "http": ANA.text.replace("https://", "http://"),
    "an IP address": ANA.text.replace("press.clinic.example", "192.168.1.20"),
    "a path": ANA.text.replace("press.clinic.example", "press.clinic.example/x"),
    "a capital": ANA.text.replace("press", "Press"),
    "the default port": ANA.text.replace("press.clinic.example", "press.clinic.example:443"),
    "a port that is none": ANA.text.replace("press.clinic.example", "press.clinic.example:70000"),
    "a user": ANA.text.replace("press.clinic.example", "a@press.clinic.example"),
    "a short id": " ".join([*parts()[:2], base64url(b"short"), *parts()[3:]]),
    "a long id": " ".join([*parts()[:2], base64url(bytes(1024)), *parts()[3:]]),
    "no CBOR": " ".join([*parts()[:3], "AA"]),
    "deep CBOR": " ".join([*parts()[:3], base64url(b"\x81" * 3000)]),
    "an endless list": " ".join([*parts()[:3], base64url(b"\x9b" + b"\xff" * 8)]),
    "CBOR in another form": " ".join([*parts()[:3], base64url(b"\xb8\x05" + ANA.passkey.cose[1:])]),
    "CBOR with more": " ".join([*parts()[:3], base64url(ANA.passkey.cose + b"\0")]),
    "more in the key": cose(k4=[1]),
    "another type": cose(k1=3),
    "true for 1": cose(k_1=True),
    "another curve": cose(k_1=2),
    "not on the curve": cose(k_3=bytes(32)),
    "a short coordinate": cose(k_2=bytes(31)),
    "a text for a number": cose(k_2="x" * 32),
    "turned letters": f"{' '.join(parts()[:4])} \u202ephone",
    "a space at the end": f"{ANA.text} ",
    "large": f"{ANA.text}{'x' * 9000}",
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_passkey(what):
    """Anything but the text that the page writes is an error that says why, at its line of the file."""
    with pytest.raises(ValueError, match=r"\w"):
        read_passkey(BROKEN[what])
    quoted = json.dumps(BROKEN[what])
    _, findings = read_people(
        f'{PEOPLE}[[ana-lopez.keys]]\nkind = "passkey"\nkey = {quoted}\nvalid-from = 2026-11-01\n', "p", ["en"]
    )
    assert [(finding.code, finding.span.line) for finding in findings] == [("people", 7)]


def other_key(algorithm: str, **changes) -> str:
    """The text of a passkey of an algorithm whose public key has other values."""
    one = SoftPasskey(private=PRIVATE[algorithm])
    key = dict(cbor.decode(one.passkey.cose))
    words = one.text.split(" ", 4)
    for name, value in changes.items():
        key[int(name[1:].replace("_", "-"))] = value(key[int(name[1:].replace("_", "-"))])
    words[3] = base64url(cbor.encode(key))
    return " ".join(words)


@pytest.mark.parametrize(
    ("algorithm", "changes"),
    [
        ("webauthn-rs256", {"k_1": lambda n: b"\0" + n}), ("webauthn-rs256", {"k_2": lambda e: b"\0" + e}),
        ("webauthn-rs256", {"k_1": lambda n: b""}), ("webauthn-rs256", {"k_2": lambda e: b""}),
        ("webauthn-rs256", {"k_1": lambda n: n.hex()}), ("webauthn-rs256", {"k_2": lambda e: 65537}),
        ("webauthn-rs256", {"k_2": lambda e: b"\2"}), ("webauthn-rs256", {"k_1": lambda n: bytes([1]) * 1025}),
        ("webauthn-eddsa", {"k_2": lambda x: x[:31]}), ("webauthn-eddsa", {"k_2": lambda x: x + b"\0"}),
        ("webauthn-eddsa", {"k_2": lambda x: x.hex()[:32]}), ("webauthn-es256", {"k_2": lambda x: x + b"\0"}),
    ],
)  # fmt: skip
def test_public_keys_that_are_none(algorithm, changes):
    """A number in another form, of another type or of another size is no public key: one key has one text."""
    assert read_passkey(other_key(algorithm)).algorithm == algorithm
    with pytest.raises(ValueError, match=r"public key|bits|exponent|e must be"):
        read_passkey(other_key(algorithm, **changes))


@pytest.mark.parametrize("sign", ["\u202e", "\u2028", "\u2029", "\ue000", "\ud800", "\u0378", "\x1b"])
def test_unseen_signs_in_the_words_for_people(sign):
    """The words after the key have no sign that turns, hides or ends text."""
    with pytest.raises(ValueError, match="can't be seen"):
        read_passkey(f"{SoftPasskey(label='').text} pho{sign}ne")


def test_a_weak_rsa_key():
    """An RSA key of fewer than 2048 bits signs nothing."""
    weak = rsa.generate_private_key(65537, 1024)
    with pytest.raises(ValueError, match="1024 bits"):
        SoftPasskey(private=weak).passkey  # noqa: B018 (it is made when it is asked for)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("http://localhost", "localhost"), ("http://localhost:8017", "localhost"), ("https://a.b", "a.b"),
        ("https://press:65535", "press"), (f"https://{'a' * 63}.example", f"{'a' * 63}.example"),
        ("http://localhost:443", "localhost"), ("https://press.clinic.example:80", "press.clinic.example"),
    ],
)  # fmt: skip
def test_origins(origin, name):
    """A passkey can be for a name with TLS, and for this machine without; its relying party is the name."""
    check_origin(origin)
    assert rp_id_of(origin) == name


@pytest.mark.parametrize("size", [16, 1023])
def test_the_sizes_of_ids(size):
    """A credential's id has the sizes that WebAuthn allows."""
    text = SoftPasskey(credential=bytes(size)).text
    assert len(read_passkey(text).credential) == size


def test_a_text_without_words_for_people():
    """The words after the key may be left out."""
    text = SoftPasskey(label="").text
    assert len(text.split(" ")) == 4
    assert read_passkey(text).text == text


def key_table(text: str, id: str = "ana-lopez") -> str:
    """The lines of a key."""
    return f'[[{id}.keys]]\nkind = "passkey"\nkey = "{text}"\nvalid-from = 2026-11-01\n'


def test_a_passkey_is_listed_once():
    """The same public key or the same credential can't be listed twice, for other pages or another person either."""
    bob = '[bob-tall]\nname = "Bob Tall"\nqualification = "nurse"\n'
    same_key = SoftPasskey(origin="https://other.example", credential=b"another credential", private=ANA.private)
    same_credential = SoftPasskey(credential=ANA.credential)
    for other in (ANA, same_key, same_credential):
        for text in (key_table(other.text), bob + key_table(other.text, "bob-tall")):
            people, findings = read_people(f"{PEOPLE}{key_table(ANA.text)}{text}", "p", ["en"])
            assert people is None
            assert "is listed for ana-lopez already" in findings[0].message
    people, _ = read_people(
        f"{PEOPLE}{key_table(ANA.text)}{key_table(SoftPasskey(credential=bytes(16)).text)}", "p", ["en"]
    )
    assert people is not None
    assert len(people.listed[0].keys) == 2


# ---- Creating one


def registration(flags: int = PRESENT | VERIFIED | ATTESTED, said=None, **changes) -> dict:
    """What a browser returns when a person creates a passkey."""
    public = ES256.from_cryptography_key(ANA.private.public_key())
    inside = bytes(16) + len(ANA.credential).to_bytes(2) + ANA.credential + cbor.encode(dict(public))
    data = ANA.authenticator_data(flags, changes.pop("rp_id", ""), inside if flags & ATTESTED else b"")
    client = ANA.client_data(CHALLENGE, **({"type": "webauthn.create"} | (said or {})))
    attestation = bytes(AttestationObject.create("none", data, {}))
    return {"client_data": client, "attestation": attestation, "origin": ORIGIN, "challenge": CHALLENGE} | changes


def test_a_passkey_is_created():
    """What the browser returns is the passkey that the list then has."""
    assert read_registration(**registration(label="phone of a story")).text == ANA.text


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": PRESENT | ATTESTED}, {"flags": VERIFIED | ATTESTED}, {"flags": PRESENT | VERIFIED},
        {"said": {"type": "webauthn.get"}}, {"said": {"origin": "https://evil.example"}},
        {"said": {"crossOrigin": True}}, {"challenge": bytes(32)}, {"rp_id": "evil.example"},
        {"origin": "https://evil.example"}, {"attestation": b"\xa0"}, {"attestation": bytes(20_000)},
        {"client_data": b""},
    ],
)  # fmt: skip
def test_what_creates_no_passkey(changes):
    """A passkey that was made elsewhere, for another page, or without a verified person is refused."""
    with pytest.raises(ValueError, match=r"\w"):
        read_registration(**registration(**changes))


def test_an_algorithm_that_is_not_accepted():
    """A passkey of another algorithm is refused when it is created."""
    key = {1: 2, 3: -35, -1: 2, -2: bytes(48), -3: bytes(48)}
    with pytest.raises(ValueError, match="-35 are not accepted"):
        passkey_of("", ORIGIN, ANA.credential, cbor.encode(key))


@pytest.mark.parametrize("said", [{"challenge": 100_000_000_000}, {"origin": [ORIGIN]}, {"type": 1}])
def test_a_value_of_another_type_is_not_given_to_the_library(said):
    """A number where a text belongs would make the library take that much memory."""
    with pytest.raises(ValueError, match="value of the wrong type"):
        check_assertion(ANA.passkey, read_signature(signed(**said)), CHALLENGE)


def test_what_is_too_long_is_not_read():
    """What a browser sends is measured before anything reads it, and so is a text in the list."""
    for longer in ({"attestation": bytes(16_001)}, {"client_data": bytes(16_001)}):
        with pytest.raises(ValueError, match="too long"):
            read_registration(**registration(**longer))
    with pytest.raises(ValueError, match="characters long"):
        read_passkey("x" * 8_001)
    with pytest.raises(ValueError, match="not a passkey in one line"):
        read_passkey("x" * 8_000)


def test_the_reason_is_said():
    """Who looks for the reason gets it in words."""
    with pytest.raises(ValueError, match="not verified by fingerprint, face or PIN"):
        check_assertion(ANA.passkey, read_signature(signed(PRESENT)), CHALLENGE)
    wrong = replace(ANA.answer(CHALLENGE), signature=b"0" * 70)
    with pytest.raises(ValueError, match="no new credential"):
        read_registration(**registration(PRESENT | VERIFIED))
    with pytest.raises(ValueError, match="'webauthn-es512' is none of"):
        read_passkey(BROKEN["unknown algorithm"])
    with pytest.raises(ValueError, match="is not base64url"):
        from_base64url("+/AA", 10)
    with pytest.raises(ValueError, match="signature is wrong"):
        check_assertion(ANA.passkey, wrong, CHALLENGE)


def test_an_ssh_signature_is_no_passkey_signature():
    """A signature counts for the kind of key that the list names, and for no other kind."""
    armour = b"-----BEGIN SSH SIGNATURE-----\n" + base64.b64encode(b"SSHSIG") + b"\n-----END SSH SIGNATURE-----\n"
    assert not counts(armour)
    assert not is_signed(RECORD, b"", ANA.passkey, NAMESPACE)

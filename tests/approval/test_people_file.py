from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.people import People
from pressroom.approval.people_file import read_people

# Public keys of nobody.
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
CORAS_KEY = f'[[cora-clinic.keys]]\nkind = "ssh"\nkey = "{OTHER}"\nvalid-from = 2026-01-01\n'
TAGS = ("en", "es", "pt-BR")
FILE = f"""
[ana-lopez]
name = "Ana López"
qualification = "certified medical translator"
translator = ["es", "pt-BR"]

[[ana-lopez.keys]]
kind = "ssh"
key = "{KEY} ana@laptop"
valid-from = 2026-11-01
void-from = 2027-01-15

[[ana-lopez.keys]]
kind = "ssh"
key = "{OTHER}"
valid-from = 2027-01-10

[cora-clinic]
name = "Cora Clinic"
qualification = "MD"
clinician = ["en", "es"]
releaser = true
"""


def read(text: str) -> People:
    """The people of a file in which nothing is wrong."""
    people, findings = read_people(text, "source/people.toml", TAGS)
    assert [str(finding.message) for finding in findings] == []
    assert people is not None
    return people


def faults(text: str) -> list[tuple[int, str]]:
    """The line and the message of each error of a file, which nobody may use."""
    people, findings = read_people(text, "source/people.toml", TAGS)
    assert people is None
    assert all(finding.code == "people" and finding.hint for finding in findings)
    return [(finding.span.line, finding.message) for finding in findings]


def test_who_may_sign_what():
    """A person signs in the roles and languages that they have, and in no other."""
    people = read(FILE)
    ana, cora = people.listed
    assert (ana.may_sign("translator", "es"), ana.may_sign("reviewer", "es"), ana.may_sign("clinician", "en")) == (
        True, False, False,
    )  # fmt: skip
    assert [listed for listed in people.listed if listed.may_sign("clinician", "en")] == [cora]
    assert (ana.releaser, cora.releaser, people.use_keys, people.sign_releases) == (False, True, True, False)


def test_a_key_and_its_days():
    """A person may have several keys, each with the days on which it counts."""
    ana = read(FILE).listed[0]
    assert [key.validity.since for key in ana.keys] == [date(2026, 11, 1), date(2027, 1, 10)]
    assert [key.validity.void_from for key in ana.keys] == [date(2027, 1, 15), None]
    assert read(FILE).by_fingerprint[ana.keys[0].fingerprint] == ana


def test_the_mark_is_of_every_sign():
    """The mark that records have changes with every sign of the file."""
    assert len(read(FILE).mark) == 32
    assert read(FILE).mark == read(FILE).mark != read(f"{FILE}# reviewed\n").mark


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "Ana López"\n', "", 2, "ana-lopez has no name"),
        ('name = "Ana López"', 'name = " "', 3, "ana-lopez has no name"),
        ('name = "Ana López"', 'name = "Ana\\u202eLópez"', 3, "the escape \\u202E writes a character that is"),
        ('qualification = "MD"', "qualification = 3", 20, "cora-clinic has no qualification"),
        ("[ana-lopez]", '["аna-lopez"]', 2, "can't name a person"),
        ("[ana-lopez]", '["Ana Lopez"]', 2, "can't name a person"),
        ("translator = [", "translater = [", 5, "unknown key 'translater'"),
        ('translator = ["es", "pt-BR"]', 'translator = "es"', 5, "is not a list of languages"),
        ('["es", "pt-BR"]', '["es", "pt-br"]', 5, "'pt-br', which is not a language here"),
        ('["es", "pt-BR"]', '["es", "en"]', 5, "en needs no signature as translator"),
        ('["es", "pt-BR"]', '["es", "es"]', 5, "has a language twice"),
        ("clinician = [", 'author = ["es"]\nclinician = [', 21, "es needs no signature as author"),
        ("releaser = true", 'releaser = "yes"', 22, "neither true nor false"),
        (f'kind = "ssh"\nkey = "{OTHER}"', f'key = "{OTHER}"', 13, "does not say its kind"),
        (f'key = "{OTHER}"', 'key = "ssh-ed25519 AAAA"', 15, "can't be used"),
        (f'key = "{OTHER}"', 'key = ""', 15, "is empty"),
        ("valid-from = 2027-01-10", "", 13, "has no first day"),
        ("valid-from = 2027-01-10", 'valid-from = "2027-01-10"', 16, "has no first day"),
        ("valid-from = 2027-01-10", "valid-from = 2027-01-10T00:00:00", 16, "has no first day"),
        ("void-from = 2027-01-15", 'roles = ["translater"]', 11, "are not a list of roles"),
        ("void-from = 2027-01-15", "roles = []", 11, "are not a list of roles"),
        ("void-from = 2027-01-15", "void-form = 2027-01-15", 11, "unknown key 'void-form'"),
        ("void-from = 2027-01-15", 'void-from = "soon"', 11, "is not a day"),
        ("void-from = 2027-01-15", 'void-after = "releases/1"', 11, "is not a list of log entries"),
        (OTHER, KEY, 13, "is listed for ana-lopez already"),
        ("releaser = true\n", CORAS_KEY, 22, "is listed for ana-lopez already"),
        ('name = "Cora Clinic"', 'name = "Lopez, A."', 18, "and ana-lopez (Ana López) could be one person"),
        ('name = "Cora Clinic"', 'name = "Ana Ló\\u200dpez"', 18, "and ana-lopez (Ana López) could be one person"),
        ("releaser = true", 'earlier-names = ["Аna Lоpez"]', 18, "and ana-lopez (Ana López) could be one person"),
        ("[ana-lopez]", "date = 2026-01-01\n[ana-lopez]", 2, "outside a person's table"),
        ("[ana-lopez]", "[ana-lopez", 2, "not TOML"),
    ],
)  # fmt: skip
def test_every_error_has_its_line(old, new, line, message):
    """What is wrong is reported at its line with a next move, and then nobody is listed."""
    assert old in FILE
    found = faults(FILE.replace(old, new, 1))
    assert [(number, message in text) for number, text in found][:1] == [(line, True)]


def test_nobody():
    """An emptied file is an error: it would let nobody sign, or everybody."""
    assert faults("# nobody\n") == [(0, "it lists no person, so signing stops")]


def test_a_kind_of_key_from_later():
    """A key of another kind is kept and named; whoever has one has a key, so nothing counts without a signature."""
    text = FILE.replace(
        f'kind = "ssh"\nkey = "{OTHER}"', 'kind = "quantum"\nkey = "…"\nrelying-party = "clinic.example"'
    )
    people, findings = read_people(text, "source/people.toml", TAGS)
    assert [(finding.code, finding.severity, finding.span.line) for finding in findings] == [
        ("people-key", "warning", 13)
    ]
    assert people is not None
    assert [key.fingerprint == "" for key in people.listed[0].keys] == [False, True]


def test_an_earlier_name():
    """A person who has a new name is still the person of earlier records."""
    people = read(FILE.replace('name = "Cora Clinic"', 'name = "Cora Nueva"\nearlier-names = ["Cora Clinic"]'))
    assert people.find("cora-clinic", "") == people.find("", "Cora  Clinic") == people.listed[1]
    assert people.find("", "Somebody") is None
    assert people.find("соra-clinic", "Cora Clinic") is None


@given(place=st.integers(0, len(FILE) - 1), length=st.integers(0, 40), text=st.text(max_size=8))
def test_no_file_is_a_crash(place, length, text):
    """However a file is spoilt, it is read as people or refused with a line, and never by half."""
    people, findings = read_people(FILE[:place] + text + FILE[place + length :], "source/people.toml", TAGS)
    assert (people is None) == any(finding.severity == "error" for finding in findings)

from __future__ import annotations

import pytest

from pressroom.project import read_clinics

WHOLE = '[a]\nname = "A"\naddress = ["1 Road", "Town"]\nphone = "555-0100"\nemergency = "112"\n'


def test_whole() -> None:
    """A clinic with all it needs is read without a word."""
    (clinic,), problems = read_clinics(WHOLE, "source/clinics.toml")
    assert problems == []
    assert (clinic.id, clinic.address, clinic.phone, clinic.emergency) == ("a", ("1 Road", "Town"), "555-0100", "112")


def test_no_phone() -> None:
    """A missing phone number is a warning at the clinic's line: none is invented."""
    (clinic,), (problem,) = read_clinics("\n" + WHOLE.replace("555-0100", ""), "c.toml")
    assert clinic.phone == ""
    assert (problem.code, str(problem.severity), problem.span.line) == ("clinic-phone", "warning", 2)


def test_extension() -> None:
    """A number may have an extension, which is written in every language alike."""
    (clinic,), problems = read_clinics(WHOLE.replace("555-0100", "555-0100 x21"), "source/clinics.toml")
    assert (clinic.phone, problems) == ("555-0100 x21", [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('emergency = "112"\n', "", "has no emergency"),
        ('"112"', '""', "has no emergency"),
        ('"112"', "112", "emergency of a is not text"),
        ('"112"', '"call 112"', "not a telephone number"),
        ('"112"', '"١١٢"', "not a telephone number"),
        ('"555-0100"', "5550100", "phone of a is not text"),
        ('"555-0100"', '"555-0100 or 0101"', "more than one number"),
        ('"555-0100"', '"555-0100 ext. 21"', "not a telephone number"),
        ('"112"', '"112 x2"', "not a telephone number"),
        ('["1 Road", "Town"]', '"1 Road"', "not a list of lines"),
        ('["1 Road", "Town"]', '["1 Road", 5]', "a line that is not text"),
        ('["1 Road", "Town"]', "[]", "has no address"),
        ('name = "A"', 'name = "A"\nfax = "1"', "no use for 'fax'"),
        ("[a]", "[A_b]", "can't name a clinic"),
        ("[a]", "a = 1\n[b]", "is outside"),
        ("[a]", "[a", "not TOML"),
        (WHOLE, "", "there is no clinic"),
    ],
)
def test_refused(old: str, new: str, message: str) -> None:
    """A clinic that lacks what a card must say is left out and reported, and nothing is guessed."""
    clinics, problems = read_clinics(WHOLE.replace(old, new), "source/clinics.toml")
    assert message in " ".join(problem.message for problem in problems)
    assert "a" not in {clinic.id for clinic in clinics}
    assert all(problem.hint for problem in problems)


def test_line_of_the_key() -> None:
    """What is wrong with a clinic is reported at the line of its key, with what to write there."""
    _, (problem,) = read_clinics(WHOLE.replace('"112"', "112"), "source/clinics.toml")
    assert (problem.span.line, problem.hint) == (5, 'write emergency = "112", in quotation marks')


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ('"112"', "112", 'write emergency = "112", in quotation marks'),
        ('"112"', '["112"]', 'write emergency = "112", in quotation marks'),
        ('"112"', "2026-11-30", 'write emergency = "…", in quotation marks'),
        ('"112"', "true", 'write emergency = "…", in quotation marks'),
        ('["1 Road", "Town"]', '"1 Road, Town"', 'write address = ["1 Road", "Town"]'),
        ("name =", "nmae =", "did you mean name?"),
        ("emergency =", "emergancy =", "did you mean emergency?"),
    ],
)
def test_what_to_write(old: str, new: str, hint: str) -> None:
    """The hint is the line to write; a mistyped key is one finding, not a missing key too."""
    _, problems = read_clinics(WHOLE.replace(old, new), "source/clinics.toml")
    (problem,) = [problem for problem in problems if problem.code == "clinic"]
    assert problem.hint == hint
    assert problem.span.line > 1


def test_twice() -> None:
    """A clinic of the name of another is reported at its line, in words."""
    _, (problem,) = read_clinics(WHOLE + "\n[a]\n", "source/clinics.toml")
    assert problem.message == "the table [a] is there twice"
    assert problem.span.line == WHOLE.count("\n") + 2

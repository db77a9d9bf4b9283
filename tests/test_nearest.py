import pytest

from pressroom.nearest import nearest, suggestion

DOCUMENTS = ("dvt-pe", "epidural-blood-patch", "services", "after-your-visit")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("service", "services"),
        ("SERVICES", "services"),
        ("srevices", "services"),
        ("dvt", "dvt-pe"),
        ("pe", "dvt-pe"),
        ("dvt_pe", "dvt-pe"),
        ("epidural", "epidural-blood-patch"),
        ("After Your Visit", "after-your-visit"),
        ("after-your-vist", "after-your-visit"),
        ("services-2", "services"),
        ("knee-care", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_the_name_that_was_meant(written: str, meant: str) -> None:
    """Case, underscores, a beginning, a word of it or a slip of the finger find a name; another word finds none."""
    assert nearest(written, DOCUMENTS) == meant


def test_two_that_fit_as_well() -> None:
    """If two names begin with what was written, spelling decides between them."""
    assert nearest("flyer-a", ("flyer-a4-large", "flyer-a4")) == "flyer-a4"


def test_the_hint() -> None:
    """A hint names the nearest, or all that there are, or the first of many."""
    assert suggestion("bild", ("build", "sign")) == "did you mean build?"
    assert suggestion("x", ("build", "sign")) == "there are build, sign"
    assert suggestion("x", ()) == "there are none"
    assert suggestion("?", [f"name-{number}" for number in range(20)]).endswith("name-15 and 4 more")

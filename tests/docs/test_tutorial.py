from __future__ import annotations

from collections.abc import Callable

from tests.docs.conftest import Reader
from tests.docs.pages import ROOT, read_steps

PAGE = ROOT / "docs" / "tutorial.md"


def test_followed_to_the_letter(reader_of: Callable[[str], Reader]) -> None:
    """A newcomer who does what the tutorial says sees what it says."""
    reader = reader_of("plain")
    said = [line for step in read_steps(PAGE.read_text(encoding="utf-8")) for line in reader.does(step)]
    assert "2 released; the edition is" in said[-2]
    assert "2 current" in said[-1]
    assert (reader.root / "output" / "desk.html").is_file()

    catalog = reader.root / "locales" / "es" / "LC_MESSAGES" / "your-visit.po"
    spanish = catalog.read_text(encoding="utf-8")
    catalog.write_text(spanish.replace("10 minutos", "12 minutos"), encoding="utf-8")
    assert "number-changed" in reader.types("./press check your-visit --locale es", code=1)
    catalog.write_text(spanish, encoding="utf-8")

    english = reader.root / "source" / "brochures" / "your-visit.md"
    english.write_text(english.read_text(encoding="utf-8").replace("health card", "card"), encoding="utf-8")
    assert "2 stale" in reader.types("./press verify output/released", code=1)

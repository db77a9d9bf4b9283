"""Nothing of this clinic lives in the engine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]

# A new project's documents name packaged layouts, so what writes them does too.
_WRITES_PROJECTS = ROOT / "pressroom" / "commands" / "projects"


def _engine() -> dict[Path, str]:
    kinds = {".py", ".toml", ".html", ".css"}
    files = [path for path in (ROOT / "pressroom").rglob("*") if path.suffix in kinds]
    return {path: path.read_text(encoding="utf-8") for path in files}


def test_no_name_of_the_clinic() -> None:
    """No name, address, number or document of the clinic stands in the engine."""
    clinics = tomllib.loads((ROOT / "source" / "clinics.toml").read_text(encoding="utf-8"))
    names = {word for clinic in clinics.values() for word in clinic["name"].split() if word[0].isupper()}
    names -= {"Clinic", "Medical", "Center", "Regional"}
    names |= {line for clinic in clinics.values() for line in clinic["address"]}
    names |= {path.stem for path in (ROOT / "source").rglob("*.md") if path.name != "README.md"}
    layouts = {path.name for path in (ROOT / "layouts").iterdir() if path.is_dir()} - {"shared", "art", "web"}
    # An English word as well as a document's name.
    names -= {"services"}
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path, text in _engine().items()
        for name in names | (set() if _WRITES_PROJECTS in path.parents else layouts)
        if re.search(rf"\b{re.escape(name)}\b", re.sub(r"#.*", "", text))
    }
    assert {(path, name) for path, name in found if not _is_example(path, name)} == set()


def _is_example(path: str, name: str) -> bool:
    """The word in a docstring or in a hint that gives an example."""
    text = (ROOT / path).read_text(encoding="utf-8")
    text = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
    return not re.search(rf"\b{re.escape(name)}\b", re.sub(r"#.*", "", text))


def test_no_word_of_the_clinic() -> None:
    """None of the conditions that the clinic's text speaks of is known to the engine."""
    conditions = re.compile(r"epidural|thrombosis|embolism|embolization|hysterectomy|dural|tumor", re.IGNORECASE)
    found = {path.name: conditions.findall(text) for path, text in _engine().items() if conditions.search(text)}
    assert found == {}

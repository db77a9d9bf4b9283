"""The corpora: copies of this project with so many invented clinics, and edits of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).parents[2]
# Each document with the one product that it is made as.
DOCUMENTS = {
    "brochures/services.md": "trifold",
    "brochures/epidural-blood-patch.md": "trifold",
    "cards/dvt-pe.md": "wallet-card",
}
ALL_LOCALES = (
    "en", "es", "zh-Hans", "zh-Hant", "vi", "ko", "ne", "bs", "tl", "de", "ru", "ar", "km", "fr", "ja", "fa", "ur",
    "uk", "pt-BR", "th", "my",
)  # fmt: skip
FEW_LOCALES = ("en", "es", "ar", "zh-Hans", "my")
THREE_LOCALES = ("es", "ar", "zh-Hans")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a project; `files` is how many a Makefile makes again, which goes by the dates of whole files."""

    name: str
    change: Callable[[Path], None]
    files: Callable[[int], int]


def project(folder: Path, clinics: int, documents: dict[str, str] = DOCUMENTS) -> Path:
    """A copy of the project with these documents, each as one product, and so many invented clinics."""
    names = {Path(name).stem for name in documents}
    others = [path.stem for path in (ROOT / "source").glob("*/*.md") if path.stem not in names]
    skip = shutil.ignore_patterns("signoffs", *(f"{name}.*" for name in others))
    for name in ("source", "locales", "layouts"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    for name in ("pyproject.toml", "fonts.lock"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    for name, product in documents.items():
        path = folder / "source" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^products: \[.*\]$", f"products: [{product}]", text, flags=re.MULTILINE))
    write_clinics(folder, clinics)
    return folder


def write_clinics(folder: Path, count: int, changed: bool = False) -> None:
    """So many invented clinics; `changed`: the first one has another telephone number."""
    rows = [
        f'[clinic-{n}]\nname = "Invented Clinic {n}"\naddress = ["{n} Meadow Lane", "Larkspur"]\n'
        f'phone = "801-555-0{"2" if changed and n == 0 else "1"}{n % 100:02}"\nemergency = "911"\n'
        for n in range(count)
    ]
    (folder / "source" / "clinics.toml").write_text("\n".join(rows), encoding="utf-8")


def edits(clinics: int) -> list[Edit]:
    """The edits that incremental builds are measured with, one after the other."""
    locales, documents = len(THREE_LOCALES), len(DOCUMENTS)
    return [
        Edit("nothing", lambda root: None, lambda n: 0),
        Edit("a blank line in a document, a new date in a catalog", _blank, lambda n: locales * n + n),
        Edit("one message in one language", _message, lambda n: n),
        Edit(
            "one clinic's telephone number",
            lambda root: write_clinics(root, clinics, changed=True),
            lambda n: locales * documents * n,
        ),
        Edit(
            "a clinic added",
            lambda root: write_clinics(root, clinics + 1, changed=True),
            lambda n: locales * documents * (n + 1),
        ),
    ]


def _blank(root: Path) -> None:
    source = root / "source" / "brochures" / "services.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("\n\n<!-- panel:", "\n\n\n<!-- panel:", 1), encoding="utf-8")
    catalog = polib.pofile(str(_catalog(root)), wrapwidth=0)
    catalog.metadata["PO-Revision-Date"] = "2026-12-01 09:00+0000"
    catalog.save()


def _message(root: Path) -> None:
    """Put one more word into a sentence of the blood patch brochure in Spanish."""
    catalog = polib.pofile(str(_catalog(root)), wrapwidth=0)
    plain = [entry for entry in catalog if len(entry.msgstr) > 60 and not set("{[*0123456789") & set(entry.msgstr)]
    plain[0].msgstr = plain[0].msgstr.replace(" ", " bien ", 1)
    catalog.save()


def _catalog(root: Path) -> Path:
    return root / "locales" / "es" / "LC_MESSAGES" / "epidural-blood-patch.po"

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pytest

from pressroom.compose import Piece, Sample, compose
from pressroom.language import families, find_language
from pressroom.preflight.facts import read_facts
from pressroom.render.tags.letter_font import NAME as LETTERS

MakePiece = Callable[..., Piece]
Letters = Callable[..., Iterator[tuple[str, float, float, float]]]
pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
# A word of each right-to-left language; what they say together does not matter, where it stands does.
RTL_WORDS = {"ar": "اتصل", "fa": "تماس", "fa-AF": "تماس", "ps": "زنګ", "ckb": "پەیوەندی", "ur": "رابطہ"}


def _render(piece: Piece) -> bytes:
    from pressroom.render.proof import render_piece

    proof = render_piece(piece)
    assert proof.diagnostics == ()
    assert proof.pdf is not None
    return proof.pdf


@pytest.mark.parametrize("tag", RTL_WORDS)
def test_right_to_left(make_piece: MakePiece, as_seen: Callable[..., list[str]], tag: str) -> None:
    """Numbers, ranges, telephones, dates and Latin words are seen from left to right, the full stop to their left."""
    word = RTL_WORDS[tag]
    lines = [
        f"{word} {{phone}} {word}",
        f"{word} 2026-11-23 – 2026-12-01 {word}",
        f"{word} 10–20 mL {word}",
        f"{word} 8:00–17:30 {word}",
        f"{word} (CSF).",
        f"{word} COVID-19 {word}",
    ]
    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(lines) + "\n"
    seen = "\n".join(as_seen(_render(make_piece(body, tag, {line: line for line in lines}))))
    for whole in ("801-555-0142", "2026-11-23–2026-12-01", "10–20mL", "8:00–17:30", ".(CSF)", "COVID-19"):
        assert whole in seen
    assert "·801-555-0142·" in seen
    assert "(CSF)·" in seen


RANGES = {
    "ar": {
        "10–20 mL": "10–20mL",
        "10\u00a0–\u00a020": "10–20",
        "١٠–٢٠ مل": "٢٠–١٠",
        "١٠ – ٢٠": "٢٠–١٠",
        "١٠-٢٠": "٢٠-١٠",
        "-٥": "٥-",
    },
    "ckb": {"10–20 mL": "10–20mL", "١٠–٢٠": "٢٠–١٠", "٨٠١-٥٥٥-٠١٤٢": "٨٠١-٥٥٥-٠١٤٢", "١٢٠/٨٠": "١٢٠/٨٠"},
    "fa": {"10 – 20 mL": "10–20mL", "۱۰–۲۰": "۱۰–۲۰", "۱۰ – ۲۰": "۱۰–۲۰", "-۵": "-۵"},
    "ur": {"10–20 mL": "10–20mL", "-5 °C": "-5°C", "10-20": "10-20"},
}


@pytest.mark.parametrize("tag", RANGES)
def test_ranges_run_as_readers_expect(make_piece: MakePiece, letters: Letters, tag: str) -> None:
    """A range in Arabic digits runs from right to left, in Western and Persian digits from left to right."""
    word = RTL_WORDS[tag]
    lines = [f"{word} {written} {word}." for written in RANGES[tag]]
    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(lines) + "\n"
    drawn: dict[int, list[tuple[float, str]]] = {}
    for sign, x, y, _ in letters(_render(make_piece(body, tag, {line: line for line in lines}))):
        drawn.setdefault(round(y), []).append((x, sign.strip()))
    seen = ["".join(sign for _, sign in sorted(line)) for line in drawn.values()]
    for written, shown in RANGES[tag].items():
        assert any(as_shaped(shown) in as_shaped(line) for line in seen), (written, seen)


def as_shaped(text: str) -> str:
    """The text with one letter for each shape: most Persian digits look as Arabic ones, and all hyphens are alike."""
    return text.translate(str.maketrans("۰۱۲۳۷۸۹\u2010\u2011", "٠١٢٣٧٨٩--"))


SIGNED = (
    ("1½", "5 µg", "25 kg/m²", "Dr. Jane Smith", "65+"),
    ("-5 °C", "$5.50", "50 %", "C#", "SpO₂"),
    ("10⁹/L", "E. coli", "β-blocker", "COVID\u201119", "2 × 500 mg"),
    ("8 p.m.", "±2", "A+", "¼–½", "No. 5"),
    ("**5** mL", "**65**+", "10–**20** mL"),
)


@pytest.mark.parametrize("tag", ["ar", "fa", "ur"])
@pytest.mark.parametrize("wholes", SIGNED, ids=lambda wholes: wholes[0])
def test_signs_are_seen_with_their_number(
    make_piece: MakePiece, letters: Letters, tag: str, wholes: tuple[str, ...]
) -> None:
    """A fraction, a power, a unit, a sign before or after and an abbreviation's full stop are where they were typed."""
    word = RTL_WORDS[tag]
    lines = [f"{word} {whole} {word}." for whole in wholes]
    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(lines) + "\n"
    drawn: dict[int, list[tuple[float, str]]] = {}
    for sign, x, y, _ in letters(_render(make_piece(body, tag, {line: line for line in lines}))):
        drawn.setdefault(round(y), []).append((x, sign.strip()))
    # PDFium gives ½ as three letters in one place, which keep their order.
    seen = ["".join(sign for _, sign in sorted(line, key=lambda letter: letter[0])) for line in drawn.values()]
    for whole in wholes:
        plain = normalize("NFKC", whole.replace(" ", "").replace("*", "")).replace("\u2044", "/")
        assert any(as_shaped(plain) in as_shaped(normalize("NFKC", line)) for line in seen), (whole, seen)


@pytest.mark.parametrize("tag", ["ar", "ur"])
def test_list_is_mirrored(make_piece: MakePiece, letters: Letters, tag: str) -> None:
    """In right-to-left text a line begins at the right edge of its frame."""
    word = RTL_WORDS[tag]
    piece = make_piece(f"\n<!-- panel: a -->\n\n- {word}\n", tag, {word: word})
    right = max(x for sign, x, _, _ in letters(_render(piece)) if sign == word[0])
    frame = next(f for f in compose(piece).frames if f.name == "text")
    assert right > (frame.box.left + frame.box.width).pt - 40


def test_khmer_lines_end(make_piece: MakePiece) -> None:
    """A Khmer sentence without a space is set in lines; without our breaks it would run off the card."""
    from pressroom.render.proof import render_piece

    text = "ខ្ញុំឈឺក្បាលខ្លាំងណាស់ហើយចង់ជួបគ្រូពេទ្យនៅថ្ងៃនេះដើម្បីពិនិត្យសុខភាព" * 2
    piece = make_piece(f"\n<!-- panel: a -->\n\n{text}\n", "km", {text: text})
    assert _render(piece)
    unbroken = replace(piece, language=replace(piece.language, breaking="spaces"))
    (found,) = render_piece(unbroken).diagnostics
    assert "too wide" in found.message
    assert "the longest is" in found.hint


@pytest.mark.parametrize(
    "tag",
    [
        *("am", "bn", "gu", "hi", "ja", "km", "ko", "ksw", "lo", "mh", "my", "nv", "pa-Guru", "th", "ur", "vi"),
        *("el", "he", "hy", "ka", "kn", "ml", "pl", "si", "ta", "te", "yi"),
    ],
)
def test_specimen(tag: str) -> None:
    """A specimen is one page in the listed fonts of its language alone, and has a glyph for every letter."""
    from pressroom.language import letters_of
    from pressroom.render.proof import render_specimen

    language = find_language(tag)
    versions = (language, *language.by_class.values())
    letters = letters_of(language)
    pdf, problems = render_specimen(Sample(language, (language.autonym,) * 3, language.autonym, letters, ("x",)))
    assert problems == []
    assert pdf is not None
    facts = read_facts(pdf)
    assert facts.pages == 1
    allowed = {LETTERS, *(family.name.replace(" ", "-") for v in versions for family in families(v.stack))}
    assert {name.removesuffix("-Bold") for name in facts.fonts} <= allowed
    assert language.family.replace(" ", "-") in {name.removesuffix("-Bold") for name in facts.fonts}


def test_specimen_says_what_is_signed() -> None:
    """A specimen names its language, what the registry says of it, its fonts and tools, the day, and who signs."""
    from pressroom.render.proof import render_specimen

    language = find_language("lo")
    sample = Sample(language, (), "", ("ກ", "ຂ"), ("Noto Sans Lao 2.001",), tools=("pango 1.50",), made="2026-11-23")
    pdf, problems = render_specimen(sample)
    assert problems == []
    assert pdf is not None
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
    said = " ".join(text.split())
    card = "–".join(f"{size:g}" for size in language.sizes["card"])
    for words in ("Lao", "Laoo, left to right", f"{card} pt", "Noto Sans Lao 2.001", "pango 1.50", "2026-11-23"):
        assert words in said
    assert "Name Signature Date" in said


def _own_piece(make_piece: MakePiece, path: str, layout: str) -> Piece:
    """One of the project's own documents, in English."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return make_piece(text, head="", project="../..", layout=layout)


def test_bold_nastaliq(make_piece: MakePiece) -> None:
    """Bold words of an Urdu brochure are set in the bold face, though its file says that it is regular."""
    from pressroom.render.proof import render_specimen

    language = find_language("ur").set_for("brochure")
    pdf, _ = render_specimen(Sample(language, ("**خون** جمنا",) * 3, "خون", ("خ",), ("x",)))
    assert pdf is not None
    assert "Noto-Nastaliq-Urdu-Bold" in read_facts(pdf).fonts

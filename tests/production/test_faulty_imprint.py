"""One faulty imprint among several: which check finds it, and that the other clinics' files stay as they are.

Each case breaks one thing of one clinic's file between two stages. docs/explanation/checks-by-parts.md has the table.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from pressroom.compose import Composition
from pressroom.production import by_parts, make
from pressroom.production.task import Rendered, Task
from pressroom.render import base_and_imprint, kept_trees
from pressroom.render.proof import render_piece
from pressroom.render.tags import Base, Imprint, Parts
from pressroom.render.tags.pdf_bytes import chunk
from tests.production.test_by_parts import of_clinic

FAULTY = 2
PHONE = "801-555-0102"
Change = Callable[[Imprint, Imprint], Imprint]


@dataclass(frozen=True, slots=True)
class Made:
    """The first file of a base, which later ones need, and the right files of clinics 1 to 3."""

    first: Rendered
    right: tuple[Rendered, ...]
    imprints: tuple[Imprint, ...]


@cache
def made() -> Made:
    """The files of four clinics without a fault."""
    first = make.make(Task(of_clinic(0), keep_cache=True, followed=True))
    right = tuple(make.make(Task(of_clinic(at), first.cache)) for at in (1, 2, 3))
    joined = [render_piece(of_clinic(at)).joined for at in (1, 2, 3)]
    imprints = tuple(one.imprint for one in joined if one is not None)
    assert all(one.data for one in right)
    assert len(imprints) == 3
    return Made(first, right, imprints)


@pytest.fixture(autouse=True)
def _by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    make._opened.cache_clear()
    monkeypatch.setattr(by_parts, "_SAMPLE", 2**32)


@cache
def numbers(font: bytes) -> dict[str, int]:
    """The numbers of letters in a font of the faulty clinic's file, by the end of the font's name."""
    pdf = made().right[FAULTY - 1].data
    assert pdf is not None
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = document.pages[0].Resources.Font
        (of_clinic,) = (
            one for name, one in fonts.items() if "base" not in name and str(one.BaseFont).endswith(font.decode())
        )
        pairs = re.findall(rb"<(\w{4})> <(\w{4})>", of_clinic.ToUnicode.read_bytes())
    return {chr(int(text, 16)): int(number, 16) for number, text in pairs}


def in_glyphs(pattern: bytes) -> bytes:
    """A pattern with glyphs in place of `{letters}`, and of `{Bold:letters}` in that font."""

    def glyphs(match: re.Match[bytes]) -> bytes:
        known = numbers(match[1] or b"Sans")
        return b"".join(b"<%04x>" % known[letter] for letter in match[2].decode())

    return re.sub(rb"{(?:(\w+):)?([^}]+)}", glyphs, pattern)


def found(monkeypatch: pytest.MonkeyPatch, place: object, name: str, fault: Callable[..., object]) -> Rendered:
    """The file of clinic 2, made between two others while a function has a fault; those must be as ever."""
    known = made()
    before = make.make(Task(of_clinic(1), known.first.cache))
    with monkeypatch.context() as broken:
        broken.setattr(place, name, fault)
        faulty = make.make(Task(of_clinic(FAULTY), known.first.cache))
    behind = make.make(Task(of_clinic(3), known.first.cache))
    assert (before.data, behind.data) == (known.right[0].data, known.right[2].data)
    assert (before.diagnostics, behind.diagnostics) == (known.right[0].diagnostics, known.right[2].diagnostics)
    assert behind.drawing == known.right[2].drawing
    return faulty


def reason(faulty: Rendered) -> str:
    """Why a file is not made."""
    assert faulty.data is None
    finding = faulty.diagnostics[-1]
    assert finding.code == "joint-broken"
    return finding.message


def prepared(monkeypatch: pytest.MonkeyPatch, change: Change) -> Rendered:
    """The file of an imprint that was changed before it was joined."""
    real, other = base_and_imprint.prepared_imprint, made().imprints[0]
    return found(
        monkeypatch,
        base_and_imprint,
        "prepared_imprint",
        lambda *of: change(real(*of), other),
    )


def drawn(old: bytes, new: bytes, frame: str = "") -> Change:
    """A change of what the frames paint, or one of them: the first match, in the letters of `in_glyphs`."""

    def change(imprint: Imprint, _: Imprint) -> Imprint:
        content, times = [], 0
        before, after = in_glyphs(old), in_glyphs(new)
        for frames in imprint.content:
            changed = dict(frames)
            for name, one in frames.items():
                plain = zlib.decompressobj(-zlib.MAX_WBITS).decompress(one.data)
                if not times and (not frame or name == frame) and re.search(before, plain):
                    times += 1
                    changed[name] = chunk(re.sub(before, after, plain, count=1))
            content.append(changed)
        assert times
        return replace(imprint, content=tuple(content))

    return change


def written(old: bytes, new: bytes) -> Change:
    """A change of a small object: the first match."""

    def change(imprint: Imprint, _: Imprint) -> Imprint:
        objects = list(imprint.objects)
        at = next(at for at, (_, text) in enumerate(objects) if re.search(old, text))
        objects[at] = objects[at][0], re.sub(old, new, objects[at][1])
        return replace(imprint, objects=tuple(objects))

    return change


def font(change: Callable[[bytes], bytes], kind: bytes) -> Change:
    """A change of the font of the clinic's words: of its table of texts, or of its outlines (`/Length1`)."""

    def changed(imprint: Imprint, _: Imprint) -> Imprint:
        streams, times = list(imprint.streams), 0
        for at, (number, stream) in enumerate(streams):
            match = re.match(rb"(\d+ 0 obj\n<<.*?/Length )\d+(>>\nstream\n)", stream, re.DOTALL)
            assert match is not None
            plain = zlib.decompressobj().decompress(stream[match.end() :])
            if times or (kind in match[1]) is not (kind == b"/Length1") or (kind not in plain and kind != b"/Length1"):
                continue
            times, other = 1, zlib.compress(change(plain), 9)
            streams[at] = number, b"%b%d%b%b\nendstream\nendobj\n" % (match[1], len(other), match[2], other)
        assert times
        return replace(imprint, streams=tuple(streams))

    return changed


def glyph(data: bytes, letter: str, like: str) -> bytes:
    """The clinic's font in which a letter has the outline of another one, or none."""
    face, number = TTFont(io.BytesIO(data), recalcBBoxes=False), numbers(b"Sans")[letter]
    other = numbers(b"Sans")[like] if like else None
    names, table, metrics = face.getGlyphOrder(), face["glyf"], face["hmtx"]
    if other is None:
        table[names[number]] = Glyph()
    else:
        table[names[number]] = table[names[other]]
        metrics[names[number]] = metrics[names[other]]
    out = io.BytesIO()
    face.save(out)
    return out.getvalue()


SAYS, DRAWS, LEADS = "does not say", "does not draw", "a link of the finished file"

FAULTS: dict[str, tuple[Change, str]] = {
    "another clinic's frames": (lambda one, other: replace(one, content=other.content), SAYS),
    "another clinic's frames, in its letters": (
        lambda one, _: replace(one, content=made().imprints[2].content),
        "a font has no glyph",
    ),
    "another clinic's number": (drawn(rb"{801-555-0102}", rb"{801-555-0101}"), SAYS),
    "two digits in each other's place": (drawn(rb"{5-01}", rb"{5-10}"), SAYS),
    "another emergency number": (drawn(rb"{Bold:911}", rb"{Bold:991}"), SAYS),
    "the emergency number's digits in another order": (drawn(rb"{Bold:911}", rb"{Bold:119}"), SAYS),
    "no emergency number": (drawn(rb"\[{Bold:911}\] TJ", b""), SAYS),
    "a number more": (drawn(rb"{Bold:911}", rb"{Bold:9111}"), SAYS),
    "a letter lost": (drawn(rb"{Mea}", rb"{Ma}", "front-text"), SAYS),
    "a letter replaced": (drawn(rb"{Mea}", rb"{Meb}", "front-text"), SAYS),
    "marks that tell programs another number": (
        drawn(rb"/MCID (\d+)>> BDC(?=[^E]*{801})", rb"/MCID \1/ActualText <FEFF0039>>> BDC"),
        SAYS,
    ),
    "a tag that tells programs another number": (
        written(rb"/S/P(/P \d+ 0 R)(/Pg \d+ 0 R/K\[20)", rb"/S/P\1/ActualText(Ring 801-555-0103)\2"),
        "a tag of the finished file",
    ),
    "a font that draws 1 for 2": (font(lambda data: glyph(data, "2", "1"), b"/Length1"), DRAWS),
    "a font that lacks 9": (font(lambda data: glyph(data, "9", ""), b"/Length1"), DRAWS),
    "a font that draws M for L": (font(lambda data: glyph(data, "L", "M"), b"/Length1"), DRAWS),
    "a font that says 3 for 2": (
        font(lambda data: data.replace(in_glyphs(rb"{2} <0032"), in_glyphs(rb"{2} <0033")), b"beginbfchar"),
        SAYS,
    ),
    "a link to another clinic's number": (written(rb"tel:8015550102", rb"tel:8015550103"), LEADS),
    "a link that runs a script": (written(rb"tel:8015550102", rb"javascript:void"), LEADS),
    "links in each other's place": (
        lambda one, _: replace(
            one,
            objects=tuple(
                (n, re.sub(rb"tel:\d+", lambda m: b"tel:911" if b"555" in m[0] else b"tel:8015550102", text))
                for n, text in one.objects
            ),
        ),
        LEADS,
    ),
    "a link that says another number": (written(rb"/Contents \(tel:8015550102", rb"/Contents (tel:8015550103"), LEADS),
    "a frame beyond its box": (
        drawn(rb"(?<=\nBT\n)1 0 0 -1 [\d.]+", rb"1 0 0 -1 9.5", "right-text"),
        "far from its frames",
    ),
    "a content that is cut": (
        lambda one, _: replace(
            one,
            content=tuple(
                {name: replace(part, data=part.data[:-40]) for name, part in frames.items()} for frames in one.content
            ),
        ),
        "can't be unpacked",
    ),
    "a mark with another number": (drawn(rb"/MCID 16", rb"/MCID 4"), "marks without a tag, or two"),
    "no entry in the tree of parents": (
        lambda one, _: replace(one, parents=one.parents.rpartition(b" 5 ")[0]),
        "the keys of its tree of parents",
    ),
    "two objects with one number": (
        lambda one, _: replace(one, objects=(one.objects[0], (one.objects[0][0], one.objects[1][1]), *one.objects[2:])),
        "two objects have one number",
    ),
    "metadata of another clinic": (
        lambda one, other: replace(one, info=other.info, metadata=other.metadata),
        "gives its author as 'Meadow 1'",
    ),
    "XMP of another clinic": (lambda one, other: replace(one, metadata=other.metadata), "gives its author as"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_one_imprint(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault of one clinic's imprint is found in its file, by the check that the table names."""
    change, why = FAULTS[fault]
    assert why in reason(prepared(monkeypatch, change))


LINKED: dict[str, tuple[bytes, bytes, str]] = {
    "a trailer that leads elsewhere": (rb"/Root 1 0 R", rb"/Root 2 0 R", "its trailer names another catalog"),
    "a table that is elsewhere": (rb"startxref\n\d+", b"startxref\n17", "its end does not lead"),
    "a byte of a font": (rb"(?s)(/Length1 \d+.{120}).", rb"\g<1>~", "its identifier is not that of its content"),
}


@pytest.mark.parametrize("fault", LINKED)
def test_a_fault_of_one_joint(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of a file that were changed when it was joined are found."""
    old, new, why = LINKED[fault]
    real = base_and_imprint.linked

    def broken(*of: object) -> bytes:
        data = real(*of)
        # What a base has comes first.
        at = [match for match in re.finditer(old, data) if match.start() > 1000][-1]
        return data[: at.start()] + at.expand(new) + data[at.end() :]

    assert why in reason(found(monkeypatch, base_and_imprint, "linked", broken))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda base, one, other: (base, replace(one, content=other.content)), "another content than its parts"),
        (lambda base, one, other: (base, replace(one, streams=other.streams)), "is not that of its clinic"),
        (lambda base, one, other: (base, replace(one, objects=other.objects)), "is not that of its clinic"),
        (lambda base, one, other: (base, replace(one, metadata=other.metadata)), "its metadata are not those"),
        (lambda base, one, other: (base, replace(one, info=other.info)), "its facts are not those"),
        (lambda base, one, other: (base, replace(one, areas=(b"",) * len(one.areas))), "other active areas"),
        (
            lambda base, one, _: (replace(base, pages=tuple(replace(p, boxes=p.boxes.replace(b"595", b"609")) for p in base.pages)), one),  # noqa: E501
            "has other boxes",
        ),
    ],
)  # fmt: skip
def test_parts_of_another_file_are_joined(change, why, monkeypatch) -> None:
    """A linker that takes a part of another clinic's imprint, or gives a page another box, is found."""
    real, other = base_and_imprint.linked, made().imprints[2]
    faulty = found(monkeypatch, base_and_imprint, "linked", lambda base, one: real(*change(base, one, other)))
    assert why in reason(faulty)


def test_a_kept_tree_of_the_clinic_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was parsed for the clinic before and is used without this one's texts is found."""
    known = made()
    with monkeypatch.context() as broken:
        broken.setattr(kept_trees, "_kept", {})
        broken.setattr(kept_trees, "_put", lambda *of: None)
        right, wrong = (make.make(Task(of_clinic(at), known.first.cache)) for at in (1, FAULTY))
    assert right.data == known.right[0].data
    assert SAYS in reason(wrong)


@pytest.mark.parametrize(
    ("own", "stale", "why"),
    [
        (f">{PHONE}<", ">801-555-0101<", SAYS),
        ("tel:8015550102", "tel:8015550101", LEADS),
        (">911<", ">112<", SAYS),
        ("Meadow 2", "Meadow 1", SAYS),
        ("2 Meadow Lane", "1 Meadow Lane", SAYS),
        ("2 Meadow Lane", "2 Lane Meadow", SAYS),
        ("Meadow 2<", "Meadow 2 Hospital<", SAYS),
        ('<a href="tel:8015550102">801-555-0102</a>', "801-555-0102", "has no link to 'tel:8015550102'"),
        ("https://lindenhof.example/guide", "tel:911", "has no link to 'https://lindenhof.example/guide'"),
    ],
)
def test_a_stale_block(own: str, stale: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that is laid out with a text or a link of the clinic before is found."""
    real = base_and_imprint.imprint_html

    def kept(composition: Composition) -> str:
        html = real(composition)
        assert own in html
        return html.replace(own, stale)

    assert why in reason(found(monkeypatch, base_and_imprint, "imprint_html", kept))


@pytest.mark.parametrize(("locale", "why"), [("", "in this order"), ("fa", "line after line")])
def test_two_numbers_in_each_others_place(locale: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A telephone number and the emergency number that change places with their links are found."""
    first = make.make(Task(of_clinic(0, locale), keep_cache=True, followed=True))
    real = base_and_imprint.imprint_html
    number = re.compile(r'<a href="tel:(?:8015550102|911)">.*?</a>')

    def exchanged(composition: Composition) -> str:
        html = real(composition)
        both = number.findall(html)
        assert len(both) == 2
        return number.sub(lambda _: both.pop(), html)

    assert make.make(Task(of_clinic(FAULTY, locale), first.cache)).data
    monkeypatch.setattr(base_and_imprint, "imprint_html", exchanged)
    assert why in reason(make.make(Task(of_clinic(FAULTY, locale), first.cache)))


def test_an_imprint_of_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """An imprint in another language has another shape, so its file is checked whole, which says what is wrong."""

    def change(imprint: Imprint, _: Imprint) -> Imprint:
        return replace(imprint, root=imprint.root.replace(b"/Lang (en)", b"/Lang (de)"))

    faulty = prepared(monkeypatch, change)
    assert "preflight-language" in {finding.code for finding in faulty.diagnostics}


def test_an_imprint_of_another_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """An imprint for other frames than the base has is not joined: the piece is drawn whole, and is right."""
    real = base_and_imprint.prepared_imprint
    others = {"right-text"}

    def without(raw: bytes, base: Base, own: Parts, *rest: object) -> object:
        pages = [replace(page, frames=tuple(set(page.frames) - others)) for page in base.pages]
        return real(raw, replace(base, pages=tuple(pages)), own, *rest)

    whole = found(monkeypatch, base_and_imprint, "prepared_imprint", without)
    right = made().right[FAULTY - 1]
    assert whole.diagnostics == right.diagnostics
    assert whole.drawing.hashes == right.drawing.hashes


def test_words_that_are_painted_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """White over a clinic's words shows in the pixels of its frames; then the whole file is looked at, and refused."""
    covered = prepared(monkeypatch, drawn(rb"\Z", b"\n1 1 1 rg\n0 0 900 900 re\nf\n", "right-text"))
    assert covered.data is None
    assert "preflight-covered" in {finding.code for finding in covered.diagnostics}


def test_a_frame_that_is_moved_in_its_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is moved inside its frame is in the drawing: no drawing that was signed is like it."""
    moved = prepared(monkeypatch, drawn(rb"(?<=\n)1 0 0 -1 434\.645333 91", rb"1 0 0 -1 434.645333 72", "right-text"))
    right = made().right[FAULTY - 1]
    assert moved.data is None or moved.drawing.hashes.imprint != right.drawing.hashes.imprint
    assert moved.drawing.hashes != right.drawing.hashes

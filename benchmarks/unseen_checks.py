"""What is measured of one language's pieces: pieces in English go in, a `Row` of facts and faults comes out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from benchmarks.drawn import Letter, drawn_letters, lines_seen
from benchmarks.unseen import SHARES, Row
from benchmarks.unseen_texts import EXTRA, Unseen
from pressroom.catalog import Translation
from pressroom.catalog.translation import Translated
from pressroom.compose import Piece, PlacedFrame, compose
from pressroom.diagnostics import Diagnostic, Span
from pressroom.language import Language, families, font_file
from pressroom.layout import LOCALE, Box, stretched
from pressroom.preflight.facts import read_facts
from pressroom.render.copyfit import COMFORT_IN_LISTS, Sizes
from pressroom.render.engine import Engine
from pressroom.render.fitting import type_range
from pressroom.render.measure import Gauge
from pressroom.render.proof import render_piece
from pressroom.units import mm

# No brackets or quotation marks: those that close in one language open in another.
_NEVER_FIRST: Final = frozenset(",.;:!?、。，；：！？؟،؛۔၊။។៕៖៘")
_TOLD = re.compile(r"\((?P<frame>\S+) of .* is overset by (?P<mm>[\d.]+) mm at (?P<pt>[\d.]+) pt")
_WIDE = re.compile(r"\((?P<frame>\S+) of .* mm too wide")
_CUT = re.compile(r"shorten its (?P<letters>\d+) letters by about (?P<cut>\d+)")
# The told millimetres are rounded up to a tenth, and a line of two fonts is a little taller than one of one.
_MM: Final = 0.75
# Each letter of Nastaliq stands on a height of its own: within a line.
_SLOPING: Final = 5.5
# An address may end with a line to write on, which has no letters.
_LINE_TO_WRITE_ON: Final = 7.5
# Groups that are set with the leading of titles, and by how much of it.
_LEADS: Final = {"head": 1.0, "title": 1.0, "act": 0.9}
# The emergency number alone is so large, in points, where words beside it are.
_NUMBER: Final = 19
_BARS: Final = str.maketrans("()[]", "||||")
Texts = dict[tuple[str | None, str], str]


def check_language(work: tuple[Language, list[Piece], tuple[str, ...], Path | None]) -> Row:
    """Set every piece in every length in this language, and measure."""
    language, pieces, lengths, keep = work
    unseen = Unseen(language)
    row = Row(language.tag, unseen.source)
    for piece in pieces:
        for name in lengths:
            texts = {
                m.key: unseen.like(m.msgid, SHARES[name]) for m in (*piece.document.messages, *piece.words.values())
            }
            where = f"{piece.product}/{piece.document.name}/{name}"
            try:
                _check(row, where, said(piece, language, texts), texts, keep)
            except Exception as error:
                row.faults.append(f"{where}: {type(error).__name__}: {error}")
    return row


def said(piece: Piece, language: Language, texts: Texts) -> Piece:
    """The piece in this language, saying these texts."""

    def voiced(messages: object) -> Translation:
        known = {m.key: Translated(texts[m.key], "translated", Span("x.po", n)) for n, m in enumerate(messages, 1)}  # type: ignore[arg-type, attr-defined, var-annotated]
        return Translation(language.tag, "x.po", known)

    return replace(
        piece,
        language=language.set_for(piece.layout.type_class),
        translation=voiced(piece.document.messages),
        layout_translation=voiced(piece.words.values()),
        control=replace(piece.control, tag=language.tag, language=language.english),
    )


def _check(row: Row, where: str, piece: Piece, texts: Texts, keep: Path | None) -> None:
    proof = render_piece(piece)
    if proof.pdf is None:
        row.faults.append(f"{where}: {'; '.join(d.message for d in proof.diagnostics)}")
        return
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{piece.language.tag}.{where.replace('/', '.')}.pdf").write_bytes(proof.pdf)
    fonts = {name.partition("+")[2] or name for name in read_facts(proof.pdf).fonts}
    row.fonts |= {re.sub(r"-(Bold|Regular)$", "", name) for name in fonts}
    # Letters draws nothing: it has what programs read beside the glyphs.
    allowed = {family.replace(" ", "-") for family in piece.language.font_names} | {"Letters"}
    _note(row, "fonts", {re.sub(r"-(Bold|Regular)$", "", name) for name in fonts} <= allowed, f"{where}: {fonts}")
    letters = list(drawn_letters(proof.pdf))
    if proof.diagnostics:
        row.refused += 1
        _refused(row, where, piece, texts, proof.diagnostics, letters)
        return
    row.made += 1
    _inside(row, where, piece, letters)
    _tokens(row, where, piece, texts, letters)
    if not piece.layout.flows:
        _lines(row, where, piece, letters)
        if where.endswith("like") and proof.sizes is not None:
            _largest(row, where, piece, proof.sizes)


def _note(row: Row, name: str, good: bool, fault: str) -> None:
    if good:
        row.checks[name] += 1
    else:
        row.faults.append(f"{name}: {fault}")


def _inside(row: Row, where: str, piece: Piece, letters: list[Letter]) -> None:
    """No ink of a letter nearer to the trim than the safe area, but for half a millimetre of tall marks.

    A page that flows has margins, into which letters of its size may hang as their script lets them, and in that at
    its foot its title and number, which keep a quarter of it.
    """
    flows, width, height = piece.layout.flows, piece.layout.width.mm, piece.layout.height.mm
    hang = max(2, piece.language.overhang * piece.language.sizes.get(piece.layout.type_class, (0, 0))[1] * 25.4 / 72)
    safe = piece.layout.safe.mm - (hang if flows else 0.5)
    foot = height - (piece.layout.safe.mm / 4 if flows else safe)
    out = [a for a in letters if a.left < safe or a.right > width - safe or a.top < safe or a.bottom > foot]
    told = ", ".join(f"{a.sign!r} p{a.page} {a.left:.1f}–{a.right:.1f} × {a.top:.1f}–{a.bottom:.1f}" for a in out[:4])
    _note(row, "safe", not out, f"{where}: {len(out)} letters outside: {told}")


def _tokens(row: Row, where: str, piece: Piece, texts: Texts, letters: list[Letter]) -> None:
    """What must stay whole is seen whole, from left to right, as often as it was said."""
    values = {f"{{{name}}}": value for name, value in piece.placeholders.items() if value}
    frames = () if piece.layout.flows else compose(piece).frames
    own = [m for f in frames if f.voice == LOCALE for m in f.messages]
    messages = piece.document.messages if piece.layout.flows else own
    expected: Counter[str] = Counter()
    for message in messages:
        text = texts[message.key]
        for token in (*EXTRA, *values):
            expected[values.get(token, token).replace(" ", "").translate(_BARS)] += text.count(token)
    seen = "\n".join(lines_seen(letters))
    for token, count in expected.items():
        if count:
            _note(row, "whole", seen.count(token) >= count, f"{where}: {token} {seen.count(token)} of {count}")


def _lines(row: Row, where: str, piece: Piece, letters: list[Letter]) -> None:
    """No line of a frame begins with a sign that ends a sentence."""
    for frame in compose(piece).frames:
        rows: dict[int, list[Letter]] = defaultdict(list)
        for letter in _of(frame, letters):
            rows[round(letter.y * 3)].append(letter)
        for line in rows.values():
            # An address in Latin letters alone is read from the left wherever it stands.
            rtl = piece.voice(frame.voice).language.direction == "rtl" and not all(a.sign.isascii() for a in line)
            first = max(line, key=lambda a: a.right) if rtl else min(line, key=lambda a: a.left)
            _note(
                row,
                "starts",
                first.sign not in _NEVER_FIRST,
                f"{where}: {frame.name}: a line begins with {first.sign!r}",
            )


def _of(frame: PlacedFrame, letters: list[Letter]) -> list[Letter]:
    box = frame.box
    left, right, top, foot = box.left.mm - 1, (box.left + box.width).mm + 1, box.top.mm, (box.top + box.height).mm
    return [a for a in letters if a.page == frame.page and left <= a.x <= right and top <= a.y <= foot]


def _largest(row: Row, where: str, piece: Piece, sizes: Sizes) -> None:
    """No larger size fits: every tenth of a point up to the preferred size is tried, one group at a time."""
    composition = compose(piece)
    for group in piece.layout.groups:
        frames = tuple(f for f in composition.frames if f.group == group.name)
        wanted, at = type_range(group, piece), sizes.body.get(group.name)
        if not frames or at is None:
            continue
        engine = Engine(composition.only({f.name for f in frames}), "x")
        gauge = Gauge(engine, piece.layout, replace(composition, frames=frames), piece.language)
        larger = [pt for step in range(wanted.steps + 1) if (pt := wanted.at(step)) > at]
        fits = [pt for pt in larger if _fits(gauge, frames, group.name, pt, sizes, group.gap)]
        _note(row, "largest", not fits, f"{where}: {group.name} set at {at} pt, and {fits} would fit")


def _fits(
    gauge: Gauge, frames: tuple[PlacedFrame, ...], group: str, pt: float, sizes: Sizes, gap: tuple[float, float] | None
) -> bool:
    least = gap[0] + (gap[1] - gap[0]) * COMFORT_IN_LISTS if gap else 0.0
    gaps = {name: (least if gap and name in {f.name for f in frames} else em) for name, em in sizes.gap.items()}
    trial = replace(sizes, body=sizes.body | {group: pt}, gap=gaps)
    heights = gauge(trial)
    tall: dict[str, float] = {}
    for text in heights.values():
        for kind, height in text.slots.items():
            tall[kind] = max(height, tall.get(kind, 0.0))
    over = [heights[f.name].height + sum(tall[k] for k in heights[f.name].slots) - f.box.height.pt for f in frames]
    return max(over) <= 0.025 and not gauge.sideways(trial)


def _refused(
    row: Row, where: str, piece: Piece, texts: Texts, told: tuple[Diagnostic, ...], letters: list[Letter]
) -> None:
    """The millimetres that are told are those that the letters run over, and the letters told are enough to cut."""
    frames = {frame.name: frame for frame in compose(piece).frames}
    found = [(match, d) for d in told if (match := _TOLD.search(d.message))]
    if not where.endswith("twice"):
        frames_told = ", ".join(f"{match['frame']} {match['mm']} mm" for match, _ in found)
        row.spilled.append(f"{where}: {frames_told or '; '.join(d.message for d in told)}")
    down = {match["frame"]: mm(float(match["mm"])) for match, _ in found}
    wide = {match["frame"]: mm(0) for d in told if (match := _WIDE.search(d.message))}
    longer = {f.name: f for f in compose(replace(piece, layout=stretched(piece.layout, wide | down))).frames}
    for match, _ in found:
        name, over = match["frame"], float(match["mm"])
        foot, box = (frames[name].box.top + frames[name].box.height).mm, longer[name].box
        own = _of(replace(longer[name], box=replace(box, height=box.height + mm(4))), letters)
        others = [f for f in longer.values() if f.page == frames[name].page and f.name != name and f.box.top > box.top]
        own = [a for a in own if not any(_holds(f.box, a) for f in others)]
        room = _last_line(own, piece, frames[name].group) - (foot + box.top.mm - frames[name].box.top.mm)
        row.off.append(over - room)
        near = _SLOPING if "Nastaliq" in piece.language.family else _MM
        near = _LINE_TO_WRITE_ON if frames[name].panel == "contact" else near
        _note(
            row, "mm", abs(over - room) < near, f"{where}: {name} told {over}, the last line ends {room:.2f} mm below"
        )
    cuts = {match["frame"]: int(cut["cut"]) for match, d in found if (cut := _CUT.search(d.hint)) is not None}
    _shortened(row, where, piece, texts, {frames[name]: cut for name, cut in cuts.items()}, told)


def _holds(box: Box, letter: Letter) -> bool:
    across = box.left.mm - 1 <= letter.x <= (box.left + box.width).mm + 1
    return across and box.top.mm <= letter.y <= (box.top + box.height).mm + 1


def _last_line(own: list[Letter], piece: Piece, group: str) -> float:
    """Where the lowest line ends: below its baseline the font's descent and half its leading, in mm from the head."""
    rows: dict[float, list[float]] = defaultdict(list)
    for letter in own:
        rows[round(letter.y, 1)].append(letter.size)
    if not rows:
        return 0.0
    # What is written below a letter has an origin of its own: the baseline is where most of them stand.
    foot = max(rows) - 0.6 * max(rows[max(rows)]) * 0.75 * 25.4 / 72
    last = max((y for y in rows if y >= foot), key=lambda y: len(rows[y]))
    lines = sorted(y for y in rows if y <= last)
    size = max(rows[last]) * 0.75 * 25.4 / 72
    if group == "act" and max(rows[last]) * 0.75 > _NUMBER:
        return lines[-1] + 0.3  # the emergency number is set solid
    pitches = Counter(round(b - a, 1) for a, b in pairwise(lines) if size < b - a < 2.5 * size)
    pitch = pitches.most_common(1)[0][0] if pitches else size * 1.4
    if group in _LEADS:
        pitch = size * piece.language.title_lead * _LEADS[group]
    ascent, descent = _metrics(piece.language.family)
    return lines[-1] + descent * size + (pitch - (ascent + descent) * size) / 2


@cache
def _metrics(family: str) -> tuple[float, float]:
    face = families([family])[0].faces[0]
    with TTFont(font_file(face), fontNumber=face.number) as font:
        em = font["head"].unitsPerEm
        return font["hhea"].ascent / em, -font["hhea"].descent / em


def _shortened(
    row: Row, where: str, piece: Piece, texts: Texts, cuts: dict[PlacedFrame, int], told: tuple[Diagnostic, ...]
) -> None:
    """Cut by as many letters as it says, its longest messages first, each panel fits."""
    shorter = dict(texts)
    for frame, cut in cuts.items():
        keys = {message.key for message in frame.messages}
        # Another frame with the same words may have lost some of them already.
        left = cut - sum(len(texts[key]) - len(shorter[key]) for key in keys)
        for _ in range(left):
            longest = max(keys, key=lambda key: len(shorter[key]))
            shorter[longest] = shorter[longest][:-1]
    shorter = {key: text.rstrip() or texts[key][:1] for key, text in shorter.items()}
    proof = render_piece(said(piece, piece.languages.find(piece.language.tag), shorter))
    for frame in cuts:
        before, still = (
            [d.message for d in found if f"({frame.name} of " in d.message and "overset by" in d.message]
            for found in (told, proof.diagnostics)
        )
        _note(row, "cut", not still, f"{where}: {before} | cut by {cuts[frame]} | still {still}")

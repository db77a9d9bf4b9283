"""Checks what can be wrong with a joined file though its two parts are right: numbers, places, tags, marks, areas.

Nothing here trusts the linker: the file is read back from its end, as a viewer reads it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pressroom.render.tags.joint_objects import joint_objects
from pressroom.render.tags.pdf_bytes import END, ENTRY, read_entry, references
from pressroom.render.tags.prepared import (
    DOCUMENT,
    INFO,
    METADATA,
    PARENTS,
    RESOURCES,
    ROOT,
    TREE,
    Base,
    Imprint,
)

# Left, bottom, right, top in points.
Rectangle = tuple[float, float, float, float]
_START: Final = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_STREAM: Final = re.compile(rb"(\d+) 0 obj\n<<(.*?)/Length (\d+)>>\nstream\n", re.DOTALL)
_TRAILER: Final = re.compile(
    rb"/Type/XRef/W\[1 4 2\]/Size (\d+)/Root (\d+) 0 R/Info (\d+) 0 R/ID\[<([0-9a-f]{32})><([0-9a-f]{32})>\]"
    rb"/Filter/FlateDecode"
)
_BUNDLE: Final = re.compile(rb"/Type/ObjStm/N (\d+)/First (\d+)/Filter/FlateDecode")
_MCID: Final = re.compile(rb"/MCID (\d+)")
_KEYED: Final = re.compile(rb" (\d+)(?: (\d+) 0 R|\[((?: null| \d+ 0 R)*)\])")
_KEY: Final = re.compile(rb"/StructParent (\d+)")
_RECT: Final = re.compile(rb"/Rect \[([-\d. ]+)\]")
_PARENT: Final = re.compile(rb"/Type/StructElem/S/\w+/P (\d+) 0 R")
_ON_PAGE: Final = re.compile(rb"/Pg (\d+) 0 R/K")
_AREA: Final = re.compile(rb"/Obj (\d+) 0 R")
_KID: Final = re.compile(rb"<<.*?>>|(\d+) 0 R|(\d+)", re.DOTALL)
# An active area may be a hair larger than its frame.
_SLACK: Final = 1.0


class JointError(Exception):
    """A joined file is not as its two parts make it; the reason is in words."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as its end describes it: its table of places, and the small objects of its last bundle."""

    data: bytes
    entries: bytes
    objects: Mapping[int, bytes]


def refuse_broken(data: bytes, base: Base, imprint: Imprint, frames: Sequence[Sequence[Rectangle]]) -> None:
    """Raise JointError if a joined file breaks what must hold; `frames` are the imprint's on each page."""
    file = _read(data, base, imprint)
    for check in (_numbers, _copied, _trees, _pages):
        for reason in check(file, base, imprint, frames):
            raise JointError(reason)


def _read(data: bytes, base: Base, imprint: Imprint) -> _File:
    """The table of places and the bundle. Raises JointError if the file has another beginning or end than it must."""
    if not data.startswith(base.body):
        raise JointError("it does not begin with its base")
    start = _START.search(data)
    table = _STREAM.match(data, int(start[1])) if start else None
    trailer = _TRAILER.fullmatch(table[2]) if table else None
    if start is None or table is None or trailer is None:
        raise JointError("its end does not lead to its table of places")
    entries = _unpacked(data, table)
    size, root, info = (int(trailer[at]) for at in (1, 2, 3))
    if size != int(table[1]) + 1 or len(entries) != size * ENTRY:
        raise JointError("its table of places has another size than it says")
    if (root, info) != (ROOT, INFO):
        raise JointError("its trailer names another catalog or other facts")
    if {trailer[4], trailer[5]} != {hashlib.sha256(data[: int(start[1])]).hexdigest()[:32].encode()}:
        raise JointError("its identifier is not that of its content")
    return _File(data, entries, _bundled(data, entries, imprint.following))


def _unpacked(data: bytes, stream: re.Match[bytes]) -> bytes:
    end = stream.end() + int(stream[3])
    if data[end : end + 18] != b"\nendstream\nendobj\n":
        raise JointError(f"object {int(stream[1])} does not end where it says")
    try:
        return zlib.decompressobj().decompress(data[stream.end() : end])
    except zlib.error as error:
        raise JointError(f"object {int(stream[1])} can't be unpacked: {error}") from None


def _stream(data: bytes, entries: bytes, number: int) -> re.Match[bytes]:
    kind, offset, _ = read_entry(entries, number)
    found = _STREAM.match(data, offset) if kind == 1 else None
    if found is None or int(found[1]) != number:
        raise JointError(f"object {number} is not where the table of places says")
    return found


def _bundled(data: bytes, entries: bytes, number: int) -> dict[int, bytes]:
    """The objects of a bundle by their numbers."""
    stream = _stream(data, entries, number)
    head = _BUNDLE.fullmatch(stream[2])
    if head is None:
        raise JointError("its small objects are not in a bundle")
    text, first = _unpacked(data, stream), int(head[2])
    index = [int(part) for part in text[:first].split()]
    numbers, ends = index[::2], [*index[1::2], len(text) - first + 1][1:]
    if len(numbers) != int(head[1]) or len(set(numbers)) != len(numbers):
        raise JointError("two objects have one number")
    starts = index[1::2]
    for place, own in enumerate(numbers):
        if read_entry(entries, own) != (2, number, place):
            raise JointError(f"object {own} is not where the table of places says")
    return {own: text[first + start : first + end - 1] for own, start, end in zip(numbers, starts, ends, strict=True)}


def _numbers(file: _File, base: Base, imprint: Imprint, _: object) -> Iterator[str]:
    """Each number has one object, and each reference leads to one."""
    count = len(base.pages)
    contents = {base.content(at) for at in range(count)}
    joint = {ROOT, RESOURCES, TREE, PARENTS, DOCUMENT, INFO} | {base.page(at) for at in range(count)}
    joint |= {sheet.number for sheet in base.sheets if sheet.number != DOCUMENT}
    for number in range(base.following):
        mine = base.entries[number * ENTRY : (number + 1) * ENTRY]
        if any(mine) and (mine != file.entries[number * ENTRY : (number + 1) * ENTRY] or number in file.objects):
            yield f"object {number} of its base is in another place"
    streams = {number for number, _ in imprint.streams} | contents | {METADATA}
    for number in sorted(streams):
        _stream(file.data, file.entries, number)
    own = {number for number, _ in imprint.objects}
    if not own <= file.objects.keys() or not file.objects.keys() <= own | joint or own & joint:
        yield "its small objects are not those of its parts"
    given = {n for n in range(1, imprint.following + 1) if any(file.entries[n * ENTRY : (n + 1) * ENTRY])}
    for number, text in file.objects.items():
        if missing := set(references(text)) - given:
            yield f"object {number} refers to object {min(missing)}, which is not there"


def _copied(file: _File, base: Base, imprint: Imprint, _: object) -> Iterator[str]:
    """All that the imprint has is in the file as it was prepared, and each content is that of the two parts."""
    for number, copied in imprint.streams:
        if not file.data.startswith(copied, _stream(file.data, file.entries, number).start()):
            yield f"object {number} is not that of its clinic"
    others = next((number for number, text in imprint.objects if file.objects[number] != text), None)
    if others is not None:
        yield f"object {others} is not that of its clinic"
    if file.objects[INFO] != imprint.info:
        yield "its facts are not those of its clinic"
    metadata = _stream(file.data, file.entries, METADATA)
    written = file.data[metadata.end() : metadata.end() + int(metadata[3])].rstrip(b"\n")
    if metadata[2] != b"/Type/Metadata/Subtype/XML" or written != imprint.metadata.rstrip(b"\n"):
        yield "its metadata are not those of its clinic"
    yield from (reason for number, text, reason in joint_objects(base, imprint) if file.objects.get(number) != text)
    for at, (page, own) in enumerate(zip(base.pages, imprint.content, strict=True)):
        stream = _stream(file.data, file.entries, base.content(at))
        chunks = b"".join(own[cut].data if isinstance(cut, str) else cut.data for cut in page.content)
        # A stream has two bytes before its chunks, and its end behind them: nothing more is painted.
        if stream[2] != b"/Filter/FlateDecode" or not file.data.startswith(chunks + END, stream.end() + 2):
            yield f"page {at + 1} has another content than its parts"


def _trees(file: _File, base: Base, imprint: Imprint, _: object) -> Iterator[str]:
    """Each tag is in one other and names it, and the keys of the tree of parents are in order."""
    tags = {number: text for number, text in file.objects.items() if b"/Type/StructElem" in text}
    named = Counter[int]()
    for number, text in tags.items():
        for kid in (int(kid[1]) for kid in _kids(text) if kid[1]):
            named[kid] += 1
            if kid in tags and not _names_parent(tags[kid], number):
                yield f"tag {kid} does not name the one that it is in"
    for number in tags:
        if number != DOCUMENT and named[number] != 1:
            yield f"tag {number} is in {named[number]} others"
    found = list(_KEYED.finditer(file.objects[PARENTS]))
    keys = [int(match[1]) for match in found]
    if keys != list(range(imprint.keys)):
        yield "the keys of its tree of parents are not in order"
    owned = [key for key, match in zip(keys, found, strict=True) if match[3] is not None]
    if owned != list(range(len(base.pages))):
        yield "its tree of parents has other pages"
    yield from _areas(file, base, imprint, {int(m[1]): int(m[2]) for m in found if m[2]}, tags)


def _areas(
    file: _File, base: Base, imprint: Imprint, owners: Mapping[int, int], tags: Mapping[int, bytes]
) -> Iterator[str]:
    """Each active area of the imprint has a key of its own, and the tag of that key has the area."""
    seen = Counter[int]()
    for number, text in imprint.objects:
        match = _KEY.search(file.objects.get(number, b""))
        if match is None or number in tags:
            continue
        key = int(match[1])
        seen[key] += 1
        areas = {int(area) for area in _AREA.findall(tags.get(owners.get(key, 0), text[:0]))}
        if number not in areas:
            yield f"the active area {number} is in no tag that its key leads to"
    if seen != Counter(range(base.areas, imprint.keys)):
        yield "the keys of its active areas are not their own"


def _pages(file: _File, base: Base, imprint: Imprint, frames: Sequence[Sequence[Rectangle]]) -> Iterator[str]:
    """On each page every mark has one tag, which has it, and areas are in the imprint's frames."""
    found = {int(m[1]): m[3] for m in _KEYED.finditer(file.objects[PARENTS]) if m[3] is not None}
    for at in range(len(base.pages)):
        text = file.objects[base.page(at)]
        stream = _stream(file.data, file.entries, base.content(at))
        marks = [int(number) for number in _MCID.findall(_unpacked(file.data, stream))]
        owners = [None if word == b"null" else int(word) for word in re.findall(rb"null|\d+(?= 0 R)", found[at])]
        owned = {number for number, owner in enumerate(owners) if owner is not None}
        if len(set(marks)) != len(marks) or set(marks) != owned:
            yield f"page {at + 1} has marks without a tag, or two with one number"
        yield from _owned(file, base, at, owners)
        yield from _placed(file, base, at, text, frames[at] if at < len(frames) else ())


def _owned(file: _File, base: Base, at: int, owners: Sequence[int | None]) -> Iterator[str]:
    """The marks of the imprint are in tags of the imprint, on their page, and those of the base in the base's."""
    first, sheets = base.pages[at].marks, {sheet.number for sheet in base.sheets}
    for number, owner in enumerate(owners):
        if owner is None:
            continue
        tag = file.objects.get(owner, b"")
        if owner in sheets:
            inside = b"/Pg %d 0 R/MCID %d>>" % (base.page(at), number) in tag
        elif (owner >= base.following) is not (number >= first):
            yield f"mark {number} of page {at + 1} is in a tag of the other part"
            continue
        elif owner < base.following:
            continue
        else:
            on = _ON_PAGE.search(tag)
            here = on is not None and int(on[1]) == base.page(at)
            inside = here and number in [int(kid[2]) for kid in _kids(tag) if kid[2]]
        if not inside:
            yield f"mark {number} of page {at + 1} is not in its tag"


def _placed(file: _File, base: Base, at: int, page: bytes, frames: Sequence[Rectangle]) -> Iterator[str]:
    """The imprint's active areas are in its frames."""
    listed = re.search(rb"/Annots\[(.*?)\]", page)
    for number in references(listed[1]) if listed else ():
        if number < base.following:
            continue
        match = _RECT.search(file.objects.get(number, b""))
        box = [float(value) for value in match[1].split()] if match else []
        if len(box) != 4 or not any(_is_in(box, frame) for frame in frames):
            yield f"an active area of page {at + 1} is not in a frame of its own"


def _is_in(box: Sequence[float], frame: Rectangle) -> bool:
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return (
        left >= frame[0] - _SLACK
        and bottom >= frame[1] - _SLACK
        and right <= frame[2] + _SLACK
        and top <= frame[3] + _SLACK
    )


def _kids(tag: bytes) -> Iterator[re.Match[bytes]]:
    """What is in a tag: another tag (1), a mark (2), or a dictionary."""
    return _KID.finditer(tag.rpartition(b"/K[")[2].removesuffix(b"]>>"))


def _names_parent(tag: bytes, number: int) -> bool:
    match = _PARENT.search(tag)
    return match is not None and int(match[1]) == number

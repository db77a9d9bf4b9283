"""What comes back from an agency: zips and XLIFF."""

from __future__ import annotations

import io
import stat
import zipfile

_XLIFF = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
    '<file original="source/harm.md" source-language="en" target-language="es" datatype="plaintext">'
    "<body>{units}</body></file></xliff>"
)
_UNIT = '<trans-unit id="{id}"><source>After your visit</source><target>{target}</target></trans-unit>'


def zip_named(name: str, _: bytes) -> bytes:
    """A zip with a file of this name."""
    return _zip({name.replace("\\0", "\0"): b"msgid"})


def zip_bomb(megabytes: str, _: bytes) -> bytes:
    """A zip with a catalog of so many megabytes of zeros."""
    return _zip({"harm.po": bytes(int(megabytes) << 20)})


def zip_many(count: str, _: bytes) -> bytes:
    """A zip of so many files."""
    return _zip({f"{n}.po": b"" for n in range(int(count))})


def zip_link(target: str, _: bytes) -> bytes:
    """A zip with a link."""
    return _zip({"harm.po": target.encode()}, kind=stat.S_IFLNK)


def zip_twice(name: str, _: bytes) -> bytes:
    """A zip with two files of one name."""
    data = _zip({name: b"a", name[:-1] + "!": b"b"})
    return data.replace((name[:-1] + "!").encode(), name.encode())


def zip_method(number: str, _: bytes) -> bytes:
    """A zip whose file is packed in an unusual way."""
    return _zip({"harm.po": b"a" * 99}, method=int(number))


def zip_flag(_: str, __: bytes) -> bytes:
    """A zip whose file says that it is locked with a password."""
    data = bytearray(_zip({"harm.po": b"a"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def zip_cut(share: str, _: bytes) -> bytes:
    """The first part of a zip."""
    data = _zip({"harm.po": b"a" * 9999})
    return data[: int(len(data) * float(share))]


def zip_wrong_sum(_: str, __: bytes) -> bytes:
    """A zip whose file's checksum is wrong."""
    data = _zip({"harm.po": b"a" * 99}, method=zipfile.ZIP_STORED)
    return data.replace(b"a" * 99, b"a" * 98 + b"b")


def zip_manifest(text: str, _: bytes) -> bytes:
    """A zip with this manifest."""
    return _zip({"manifest.json": text.encode()})


def zip_deep_manifest(levels: str, _: bytes) -> bytes:
    """A zip whose manifest is a list in a list, and so on."""
    return _zip({"manifest.json": b"[" * int(levels) + b"]" * int(levels)})


def zip_in_zip(levels: str, _: bytes) -> bytes:
    """A zip in a zip, and so on."""
    data = b"end"
    for _level in range(int(levels)):
        data = _zip({"harm.zip": data})
    return data


def zip_behind(text: str, _: bytes) -> bytes:
    """A zip behind another file."""
    return text.encode() * 500 + _zip({"harm.po": b"a"})


def zip_comment(letters: str, _: bytes) -> bytes:
    """A zip with a comment of so many letters."""
    buffer = io.BytesIO(_zip({"harm.po": b"a"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"a" * int(letters)
    return buffer.getvalue()


def zip_size(size: str, _: bytes) -> bytes:
    """A zip whose file says that it has so many bytes."""
    data = bytearray(_zip({"harm.po": b"a" * 99}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = int(size).to_bytes(4, "little")
    return bytes(data)


def xliff_cut(share: str, _: bytes) -> bytes:
    """The first part of an XLIFF."""
    data = xliff("a", b"")
    return data[: int(len(data) * float(share))]


def xliff(target: str, _: bytes) -> bytes:
    """An XLIFF of one message with this target."""
    return _XLIFF.format(doctype="", units=_UNIT.format(id="1", target=target)).encode()


def xliff_doctype(text: str, _: bytes) -> bytes:
    """An XLIFF with a document type."""
    return _XLIFF.format(doctype=text, units=_UNIT.format(id="1", target="&e;")).encode()


def xliff_deep(levels: str, _: bytes) -> bytes:
    """An XLIFF with nested elements."""
    return xliff("<g>" * int(levels) + "a" + "</g>" * int(levels), b"")


def xliff_many(count: str, _: bytes) -> bytes:
    """An XLIFF of so many messages."""
    return _XLIFF.format(doctype="", units="".join(_UNIT.format(id=n, target="a") for n in range(int(count)))).encode()


def xliff_attributes(count: str, _: bytes) -> bytes:
    """An XLIFF whose one element has so many attributes."""
    attributes = " ".join(f'a{n}="b"' for n in range(int(count)))
    return _XLIFF.format(doctype="", units=f"<trans-unit {attributes}/>").encode()


def _zip(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, kind: int = stat.S_IFREG) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo("a")
            member.filename = name
            member.external_attr = (kind | 0o644) << 16
            archive.writestr(member, data, compress_type=method)
    return buffer.getvalue()

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from pressroom.commands.handoff.archive import ArchiveError, pack, unpack

FILES = {"es/card.po": b"card", "es/proofs/card.pdf": b"%PDF", "INSTRUCTIONS.md": b"read me"}


def everything(name: str) -> bool:
    """Wants every file."""
    return True


def zipped(name: str, content: bytes = b"x", **facts: int) -> bytes:
    """A zip of one file, with these facts of its entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        for fact, value in facts.items():
            setattr(member, fact, value)
        archive.writestr(member, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    """Why the zip is refused; there is a next move beside it."""
    with pytest.raises(ArchiveError) as caught:
        unpack(data, everything)
    assert caught.value.hint
    return str(caught.value)


def test_a_zip_gives_back_what_was_packed():
    """Every file has its path and its bytes."""
    assert unpack(pack(FILES), everything) == FILES


def test_the_same_files_give_the_same_bytes():
    """Neither the order they come in nor the clock is in the zip."""
    assert pack(FILES) == pack(dict(reversed(FILES.items())))
    with zipfile.ZipFile(io.BytesIO(pack(FILES))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_what_is_wanted_is_unpacked():
    """Pages that came back with the texts are not opened."""
    assert list(unpack(pack(FILES), lambda name: name.endswith(".po"))) == ["es/card.po"]


@pytest.mark.parametrize("name", ["../card.po", "/etc/card.po", "es/../../card.po", "C:/card.po", "es\\..\\card.po"])
def test_a_place_outside_the_zip_is_refused(name):
    """No name leads out of the zip, on any system."""
    assert "outside itself" in refusal(zipped(name))


def test_a_link_is_refused():
    """A symbolic link could stand for any file of the reader's."""
    assert "a link" in refusal(zipped("card.po", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16))


def test_a_bomb_is_refused():
    """Twenty megabytes of nothing, packed small, are told before they fill the memory."""
    assert "unpacks to more than 16 MB" in refusal(zipped("card.po", b"\0" * 20_000_000))


def test_many_small_bombs_are_refused():
    """All files together have a limit too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.po", b"\0" * 15_000_000)
    assert "64 MB in all" in refusal(buffer.getvalue())


def test_two_files_of_one_name_are_refused():
    """One reader would take the first, another the last."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("card.po", b"a")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("card.po", b"b")
    assert "two files of one name" in refusal(buffer.getvalue())


def test_a_locked_file_is_refused():
    """A password is asked for in words, not by a traceback."""
    data = bytearray(zipped("card.po"))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refusal(bytes(data))


def test_damage_is_told():
    """A zip cut short, or with a byte changed, is not read."""
    whole = pack({"card.po": b"some text that is long enough to be packed" * 20})
    assert "can't be read" in refusal(whole[: len(whole) // 2])
    broken = bytearray(whole)
    broken[45] ^= 0xFF
    assert "can't be read" in refusal(bytes(broken))


def test_what_is_no_zip_is_told():
    """Any other bytes are refused in words."""
    assert "can't be read" in refusal(b"PK\x03\x04 and no more")

"""The fonts of a build: what is cut down, once, and to which signs."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pressroom.language import find_language
from pressroom.planning.fonts import letters_in_use, prepare_fonts
from pressroom.workspace.workspace import Workspace


@pytest.fixture
def chinese(minimal: Path) -> Path:
    """The smallest project with two catalogs in Chinese: of a language of the registry, and of one like it."""
    for folder, text in (("zh_Hans", "血栓"), ("zh_Hans_SG", "肺栓塞")):
        catalogs = minimal / "locales" / folder / "LC_MESSAGES"
        catalogs.mkdir(parents=True)
        (catalogs / "visit.po").write_text(text, encoding="utf-8")
    return minimal


@pytest.mark.usefixtures("fonts")
def test_cut_down_once(chinese: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A family is cut down once a build, to the signs of all its languages that share it, and not again."""
    from pressroom.render import fonts

    monkeypatch.setenv("FONTCONFIG_FILE", "")
    cut: list[set[int]] = []
    real = fonts._subset
    monkeypatch.setattr(fonts, "_subset", lambda face, points: cut.append(points) or real(face, points))
    mandarin = find_language("zh-Hans")
    languages = [mandarin, replace(mandarin, tag="zh-Hans-SG"), mandarin]
    assert prepare_fonts(Workspace.open(chinese), languages) == (True, ())
    assert len(cut) == 2  # the regular and the bold face
    assert all(set(map(ord, "血栓肺塞")) <= points for points in cut)
    assert prepare_fonts(Workspace.open(chinese), languages).value
    assert len(cut) == 2


@pytest.mark.usefixtures("fonts")
def test_cut_down_to_what_is_in_use(chinese: Path, monkeypatch: pytest.MonkeyPatch, edit) -> None:
    """The faces that a build sets hold the Chinese signs in use and no others; a sign more in a text makes new ones."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    language = find_language("zh-Hans")

    def signs() -> list[set[str]]:
        assert prepare_fonts(Workspace.open(chinese), [language]).value
        used = Path(os.environ["FONTCONFIG_FILE"]).parent / "fonts"
        found = [set(TTFont(path).getBestCmap()) for path in sorted(used.glob("NotoSansCJK*"))]
        return [{chr(point) for point in points if 0x4E00 <= point < 0xA000} for points in found]

    wanted = {sign for sign in letters_in_use(Workspace.open(chinese), language) if "\u4e00" <= sign < "\ua000"}
    assert signs() == [wanted, wanted]
    edit(chinese / "locales" / "zh_Hans" / "LC_MESSAGES" / "visit.po", "血栓", "血栓鑫")
    assert signs() == [wanted | {"鑫"}] * 2

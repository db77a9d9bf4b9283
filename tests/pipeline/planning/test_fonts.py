"""The fonts of a build: what is cut down, once, and to which signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.language import find_language
from pressroom.pipeline.planning.fonts import prepare_fonts
from pressroom.project import find_project


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
    from pressroom.render import subset

    monkeypatch.setenv("FONTCONFIG_FILE", "")
    cut: list[set[int]] = []
    real = subset._subset
    monkeypatch.setattr(subset, "_subset", lambda face, points: cut.append(points) or real(face, points))
    mandarin = find_language("zh-Hans")
    languages = [mandarin, replace(mandarin, tag="zh-Hans-SG"), mandarin]
    problems: list = []
    assert prepare_fonts(find_project(chinese), languages, problems)
    assert problems == []
    assert len(cut) == 2  # the regular and the bold face
    assert all(set(map(ord, "血栓肺塞")) <= points for points in cut)
    assert prepare_fonts(find_project(chinese), languages, problems)
    assert len(cut) == 2

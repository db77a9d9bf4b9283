"""The fonts of live views. Those of Chinese, Japanese and Korean are cut down to the letters in use, and a text grows.

A letter that is new to the project would need other fonts, and a worker that begins with them. So fonts with all
letters of a common character set are made in the background, which takes some ten seconds once, and then used.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Hashable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from pressroom.executor.local import LocalExecutor
from pressroom.executor.process import Limits
from pressroom.language import Language
from pressroom.planning.fonts import fonts_in_use, needs_letters, prepare_fonts
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace

_FONTS: Final = "FONTCONFIG_FILE"
# The character set that covers what is usually written in a language, by Python's name for it.
_COMMON: Final = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis", "ko": "euc_kr"}
# The planes of ideographs and syllables.
_IDEOGRAPHS: Final = range(0x2E80, 0x30000)
_LIMITS: Final = Limits(cpu=300.0)


@dataclass(slots=True)
class LiveFonts:
    """The private fonts of languages, which are put in place again only if others are needed."""

    known: dict[str, tuple[Hashable, Read[str]]] = field(default_factory=dict)
    made: dict[str, bool] = field(default_factory=dict)

    def of(self, workspace: Workspace, language: Language) -> Read[str]:
        """The fontconfig file of a language, for a worker that has set no text yet; empty if a font is refused."""
        families, letters = fonts_in_use(workspace, [language])
        more = self._more(workspace, language) if needs_letters(language) else frozenset()
        needed = (families, tuple(sorted(letters.items())), len(more), repr(workspace.font_lock()))
        known, fonts = self.known.get(language.tag, (None, Read("")))
        if known != needed or fonts.findings:
            fonts = _put_in_place(workspace, language, more)
            self.known[language.tag] = needed, fonts
        return fonts

    def _more(self, workspace: Workspace, language: Language) -> frozenset[str]:
        """The common letters of a language, once there are fonts with them; the first time they are begun."""
        common = common_letters(language.tag)
        if common and language.tag not in self.made:
            self.made[language.tag] = False
            families, letters = fonts_in_use(workspace, [language])
            folder = workspace.root / ".cache" / "pressroom" / "subsets"
            wide = {name: found | common for name, found in letters.items()}
            tasks = [(f, face, wide[f.name], folder) for f in families if f.name in wide for face in f.faces]
            threading.Thread(target=self._make, args=(language.tag, tasks), daemon=True).start()
        return common if self.made.get(language.tag) else frozenset()

    def _make(self, tag: str, tasks: list[Any]) -> None:
        """Make the fonts in a process of its own, or leave it if that fails: then those of the letters in use do."""
        executor: LocalExecutor[Any, Any] = LocalExecutor("pressroom.render.fonts:subset_aside", 1, _LIMITS)
        with closing(executor):
            for number, task in enumerate(tasks):
                executor.submit(number, task)
            results = [result for _, result in executor.results()]
        self.made[tag] = all(result is True for result in results)


@cache
def common_letters(tag: str) -> frozenset[str]:
    """The letters of a common character set of a language; none of one that needs no such fonts."""
    name = _COMMON.get(tag)
    if name is None:
        return frozenset()
    return frozenset(sign for sign in map(chr, _IDEOGRAPHS) if sign.encode(name, "ignore"))


def _put_in_place(workspace: Workspace, language: Language, more: frozenset[str]) -> Read[str]:
    """Other commands of this process start workers with fonts of their own: the environment is as it was afterwards."""
    before = os.environ.get(_FONTS)
    try:
        ready, findings = prepare_fonts(workspace, [language], more=more)
        return Read(os.environ[_FONTS] if ready else "", findings)
    finally:
        if before is None:
            os.environ.pop(_FONTS, None)
        else:
            os.environ[_FONTS] = before

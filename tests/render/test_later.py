from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pressroom.render.later import import_later

ONE = "import two_later\n\ndef double(number, *, more=0):\n    return two_later.half(4 * number) + more\n"
TWO = "import one_later\n\ndef half(number):\n    return number // 2\n"


def test_a_module_waits_until_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module is imported when a function of it is first called, and is then the module itself for all."""
    (tmp_path / "one_later.py").write_text(ONE)
    (tmp_path / "two_later.py").write_text(TWO)
    monkeypatch.syspath_prepend(tmp_path)
    import_later("one_later", "two_later")
    from one_later import double  # type: ignore[import-not-found]

    assert not hasattr(sys.modules["one_later"], "__file__")
    assert double(3, more=1) == 7
    assert sys.modules["one_later"].double(3) == sys.modules["two_later"].half(12) == 6
    assert all(sys.modules.pop(name).__file__ for name in ("one_later", "two_later"))


def test_a_module_that_is_there_stays():
    """A module that was imported before is not put aside."""
    here = sys.modules["subprocess"]
    import_later("subprocess")
    assert sys.modules["subprocess"] is here


def test_a_worker_starts_without_them():
    """A worker's start imports no modules that cut down fonts by themselves, and can use them all the same."""
    program = (
        "import sys, pressroom.production.make, weasyprint.pdf.fonts as fonts\n"
        "assert not hasattr(sys.modules['fontTools.subset'], '__file__')\n"
        "assert fonts.subset.Options(hinting=True).hinting is True\n"
        "from fontTools.subset import Subsetter\n"
        "from fontTools.varLib.instancer import OverlapMode\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])

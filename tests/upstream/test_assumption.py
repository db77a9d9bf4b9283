from __future__ import annotations

import importlib

import pytest

from tests.test_lock import DEV, RUN, pins
from tests.upstream.assumption import ASSUMED, ROOT, assumed_of

for name in ("languages", "pdf_libraries", "polib", "readers", "text", "weasyprint"):
    importlib.import_module(f"tests.upstream.test_{name}")


def test_a_broken_assumption_says_which() -> None:
    """A test that fails names the library with its version, what was taken for true, and the module to read again."""

    @assumed_of("polib", "catalog/read.py")
    def check() -> None:
        """Entries are sorted."""
        raise ValueError

    ASSUMED.pop()
    with pytest.raises(AssertionError, match=r"^polib [\d.]+: .* Entries are sorted\. .* pressroom/catalog/read\.py$"):
        check()


@pytest.mark.parametrize(("test", "library", "modules"), ASSUMED)
def test_an_assumption_names_what_is_there(test: str, library: str, modules: tuple[str, ...]) -> None:
    """Each assumption is of a library that a build locks, and names modules that exist."""
    assert library in pins(RUN).keys() & pins(DEV).keys(), test
    assert [module for module in modules if not (ROOT / "pressroom" / module).is_file()] == []

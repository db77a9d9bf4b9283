"""The layouts that come with the program: in the installed package, or in place in a checkout of its repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

LAYOUTS: Final = "layouts"
# How findings name a packaged file, so that people don't look for it in their project.
PREFIX: Final = "pressroom/"
# Tables that a project overrides key by key. Any other file in layouts/ replaces the packaged file of its name.
BY_KEY: Final = frozenset({f"{LAYOUTS}/{name}.toml" for name in ("brand", "products", "sheets", "words")})
_PACKAGE: Final = Path(__file__).parents[1]


def packaged_root() -> Path:
    """The folder with `layouts/` and `setup/` as the program brings them: a wheel has them in `pressroom/packaged/`."""
    inside = _PACKAGE / "packaged"
    return inside if inside.is_dir() else _PACKAGE.parent


def is_layout_file(name: str) -> bool:
    """True for a name below `layouts/`, and for that folder."""
    return name == LAYOUTS or name.startswith(f"{LAYOUTS}/")

"""Finds the name that somebody meant to type, and writes the hint about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# A longer list does not help; it hides the message above it.
_LISTED: Final = 16


def nearest(written: str, names: Iterable[str]) -> str:
    """The one of these names that was probably meant; empty if none is like it.

    Upper case, spaces and underscores don't count. A name that begins with what was written (`dvt` for `dvt-pe-card`)
    or has it as a word (`pe`) comes before a name that is spelt alike.
    """
    from difflib import get_close_matches

    form = _form(written)
    forms = {_form(name): name for name in names if name}
    if not form or form in forms:
        return forms.get(form, "")
    words = [other for other in forms if form in other.split("-")]
    begun = [other for other in forms if len(form) > 2 and (other.startswith(form) or form.startswith(f"{other}-"))]
    near = begun[:1] if len(begun) == 1 else words[:1] if len(words) == 1 else get_close_matches(form, forms, n=1)
    return forms[near[0]] if near else ""


def suggestion(written: str, names: Iterable[str]) -> str:
    """A hint about a name that does not exist: the nearest one, or those that there are."""
    names = tuple(names)
    if near := nearest(written, names):
        return f"did you mean {near}?"
    listed = names if len(names) <= _LISTED else names[:_LISTED]
    more = f" and {len(names) - len(listed)} more" if len(names) > len(listed) else ""
    return f"there are {', '.join(listed) or 'none'}{more}"


def _form(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())

"""What export and import agree on: the names in a hand-off, and the manifest of what was sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pressroom.catalog import Catalog, read_catalog, write_catalog
from pressroom.catalog.merge_returned import words_hash
from pressroom.language import Language, Registry, UnknownLanguage
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace

MANIFEST: Final = "manifest.json"
HEADER: Final = "X-Pressroom-Export"
# Exports are kept here, so that import finds what was sent for a single file that comes back.
FOLDER: Final = "output/handoff"
_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """A catalog as it was sent; `base` identifies it when it comes back."""

    name: str
    catalog: Catalog

    @property
    def base(self) -> str:
        """The hash of everything that a translator can change."""
        return words_hash(self.catalog)


def names_of(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """The catalogs that can be handed off: every document's, the layouts', and the glossary if there is one."""
    names = [*(path.stem for path in workspace.sources()), LAYOUTS]
    return (*names, GLOSSARY) if workspace.has_catalog(GLOSSARY, language) else tuple(names)


def stamped(sent: Sent, language: Language) -> bytes:
    """The .po of a hand-off, with its export id in the header: `vi/dvt-pe 0123456789abcdef`."""
    fields = sent.catalog.header.replaced({HEADER: f"{language.posix}/{sent.name} {sent.base}"})
    return write_catalog(replace(sent.catalog, header=replace(sent.catalog.header, fields=fields)))


def write_manifest(sent: Sequence[Sent]) -> bytes:
    """The manifest with all of every catalog, so that import knows message by message what changed since."""
    rows = [
        {
            "name": text.name,
            "locale": text.catalog.locale,
            "path": text.catalog.path,
            "base": text.base,
            "catalog": write_catalog(text.catalog).decode(),
        }
        for text in sent
    ]
    return (json.dumps({"schema": _SCHEMA, "catalogs": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(data: bytes, registry: Registry) -> tuple[Sent, ...]:
    """The catalogs of a manifest.

    Raises:
        ValueError: it is not one of ours, or it was changed.
    """
    try:
        table: dict[str, Any] = json.loads(data.decode("utf-8"))
        if table["schema"] != _SCHEMA:
            raise ValueError(f"schema {table['schema']!r} is not {_SCHEMA}")
        return tuple(_sent(row, registry) for row in table["catalogs"])
    except (KeyError, TypeError, AttributeError, RecursionError, UnknownLanguage) as error:
        raise ValueError(f"it lacks or misnames {error}") from None


def _sent(row: dict[str, Any], registry: Registry) -> Sent:
    language = registry.find(row["locale"])
    catalog, _ = read_catalog(row["catalog"].encode(), str(row["path"]), language)
    if catalog is None or words_hash(catalog) != row["base"]:
        raise ValueError(f"{row['name']!r} in it is not what was sent")
    return Sent(str(row["name"]), catalog)

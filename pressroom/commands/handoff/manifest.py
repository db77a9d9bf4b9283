"""What a hand-off is made of: names and a manifest that both of its ways agree on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pressroom.catalog import Catalog, read_catalog, write_catalog
from pressroom.catalog.merge_returned import words_hash
from pressroom.language import Language, Registry, UnknownLanguage
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace

MANIFEST: Final = "manifest.json"
HEADER: Final = "X-Pressroom-Export"
FOLDER: Final = "output/handoff"
_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """A catalog as it was sent: its name, its language, what it is known by, and all of it."""

    name: str
    locale: str
    base: str
    catalog: Catalog


def export_id(language: Language, name: str, base: str) -> str:
    """What an exported .po says of itself in its header: `vi/dvt-pe 0123456789abcdef`."""
    return f"{language.posix}/{name} {base}"


def names_of(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """What can be handed off: every document's catalog, the layouts' words, and the glossary where there is one."""
    found = [*(path.stem for path in workspace.sources()), LAYOUTS]
    return (*found, GLOSSARY) if workspace.has_catalog(GLOSSARY, language) else tuple(found)


def sent_of(catalog: Catalog, name: str) -> Sent:
    """The catalog as it is sent now."""
    return Sent(name, catalog.locale, words_hash(catalog), catalog)


def stamped(sent: Sent, language: Language) -> bytes:
    """The .po of a hand-off: ours, and in its header what it is known by."""
    fields = sent.catalog.header.replaced({HEADER: export_id(language, sent.name, sent.base)})
    return write_catalog(replace(sent.catalog, header=replace(sent.catalog.header, fields=fields)))


def write_manifest(sent: Sequence[Sent]) -> bytes:
    """The manifest: every catalog whole, so that what changed since is known message by message."""
    rows = [
        {
            "name": one.name,
            "locale": one.locale,
            "path": one.catalog.path,
            "base": one.base,
            "catalog": write_catalog(one.catalog).decode(),
        }
        for one in sent
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
    return Sent(str(row["name"]), language.tag, str(row["base"]), catalog)


def handoff_folder(workspace: Workspace) -> Path:
    """Where exports are kept, so that a single file that comes back finds what it was."""
    return workspace.root / FOLDER

"""Makes the header of an updated catalog from the template's and the old one."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from pressroom.catalog import migration
from pressroom.catalog.model import FUZZY, Catalog, Header
from pressroom.catalog.template import CREATED, UNREVISED
from pressroom.data_files import data_table
from pressroom.language import Language


def updated_header(template: Catalog, existing: Catalog | None, language: Language) -> Header:
    """The header: the registry's Language and Plural-Forms, the translator's date and name, unknown fields kept.

    The known fields stand in the template's order, because every editor has an order of its own; what only names
    the editor that saved the file last is left out.
    """
    base = existing.header if existing and existing.header.fields else template.header
    ours = {name: value for name, value in template.header.fields if base.get(name) is None}
    ours |= {
        "Language": language.posix,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural,
        CREATED: template.header.get(CREATED) or base.get(CREATED) or UNREVISED,
        "PO-Revision-Date": base.get("PO-Revision-Date") or UNREVISED,
    }
    # The first format has no name.
    ours |= {migration.HEADER: str(migration.CURRENT)} if migration.CURRENT > 1 else {}
    left_out: dict[str, str | None] = dict.fromkeys(_editors_names())
    fields = base.replaced({**ours, **left_out})
    order = [name.lower() for name, _ in template.header.fields] + ["language", "plural-forms"]
    known = {name: place for place, name in enumerate(order)}
    fields = tuple(sorted(fields, key=lambda field: known.get(field[0].lower(), len(known))))
    comments = existing.header.comments if existing else ()
    if not comments:
        comments = (f"{language.english} translation of {PurePosixPath(template.path).stem}.",)
    flags = tuple(flag for flag in base.flags if flag != FUZZY)
    return Header(fields, comments, base.extracted, base.references, flags)


@cache
def _editors_names() -> tuple[str, ...]:
    table = data_table("catalog/clients.toml")
    return tuple(table["names-itself"])

"""Makes the header of an updated catalog, and checks its Language and Plural-Forms against the language.

The standard library's `gettext` reads the rule, a C expression of n: it takes no other name and no call.
"""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import PurePosixPath
from typing import Final

from pressroom.catalog import migration, whole
from pressroom.catalog.model import FUZZY, Catalog, Header
from pressroom.catalog.template import CREATED, UNREVISED
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH, Language, names_other_language


def updated_header(template: Catalog, existing: Catalog | None, language: Language) -> Header:
    """The header: the registry's Language and Plural-Forms, the translator's date and name, unknown fields kept.

    The known fields are in the template's order, because editors have different orders. Fields that only name the
    editor are left out.
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
        whole.HEADER: whole.END,
    }
    # The first format has no name.
    ours |= {migration.HEADER: str(migration.CURRENT)} if migration.CURRENT > 1 else {}
    left_out: dict[str, str | None] = dict.fromkeys(data_table("catalog/clients.toml")["names-itself"])
    fields = base.replaced({**ours, **left_out})
    order = [name.lower() for name, _ in template.header.fields] + ["language", "plural-forms"]
    known = {name: place for place, name in enumerate(order)}
    fields = tuple(sorted(fields, key=lambda field: known.get(field[0].lower(), len(known))))
    comments = existing.header.comments if existing else ()
    if not comments:
        comments = (f"{language.english} translation of {PurePosixPath(template.path).stem}.",)
    flags = tuple(flag for flag in base.flags if flag != FUZZY)
    return Header(fields, comments, base.extracted, base.references, flags)


_RULE: Final = re.compile(r"\s*nplurals\s*=\s*(?P<count>\d)\s*;\s*plural\s*=\s*(?P<rule>[^;]*?)\s*;?\s*")
_TEMPLATE: Final = re.compile(r"\s*nplurals\s*=\s*INTEGER\s*;.*")
_SAMPLES: Final = (*range(0, 131), 199, 200, 201, 211, 221, 1000, 1001, 1_000_000, 2_000_000)
_RULE_LIMIT: Final = 400


def language_problem(catalog: Catalog, language: Language) -> list[Diagnostic]:
    """A finding if the header names another language than that of the folder. English reads templates and all else."""
    written = catalog.header.get("Language") or ""
    if language.tag == ENGLISH or not names_other_language(written, language):
        return []
    message = f"the header says that this is {written.strip()}, not {language.tag} ({language.english})"
    hint = f"put the {language.english} catalog here; if this is it, write “Language: {language.posix}” in its header"
    return [diagnostic("catalog-language", Span(catalog.path, catalog.header.line), message, hint)]


def plural_problem(catalog: Catalog, language: Language) -> list[Diagnostic]:
    """What is wrong with the header, before another program reads it.

    An update corrects one that is not filled in (`nplurals=INTEGER`) and one that differs from the language's rule.
    One that is no rule at all is refused, because readers obey it: `nplurals=1000000000` took Babel 4.7 GB.
    """
    written = catalog.header.get("Plural-Forms")
    if written is None or not written.strip() or written == language.plural or _TEMPLATE.fullmatch(written):
        return []
    at = Span(catalog.path, catalog.header.line)
    if forms_by_number(written) is None:
        message, hint = f"Plural-Forms is not a rule: {written[:60]!r}", f"write {language.plural}"
        return [diagnostic("plural-header", at, message, hint)]
    if not same_rule(written, language.plural):
        message = f"Plural-Forms is not the rule of {language.tag}: {written[:80]!r}"
        return [diagnostic("plural-rule", at, message, f"`update` writes {language.plural}")]
    return []


def same_rule(rule: str, other: str) -> bool:
    """True if both rules have as many forms and choose the same one for every number."""
    return rule == other or (forms_by_number(rule) == forms_by_number(other) is not None)


@cache
def forms_by_number(header: str) -> tuple[int, ...] | None:
    """The number of forms, then the form for each sample number; None if the header is not a rule."""
    match = _RULE.fullmatch(header) if len(header) <= _RULE_LIMIT else None
    if match is None:
        return None
    count = int(match["count"])
    try:
        choose = gettext.c2py(match["rule"])
        forms = tuple(int(choose(number)) for number in _SAMPLES)
    except (ValueError, ZeroDivisionError, SyntaxError):
        # Python's gettext makes a program of the rule, and lets `n !=!1` through.
        return None
    return (count, *forms) if count and all(0 <= form < count for form in forms) else None

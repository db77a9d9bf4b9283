"""The catalogs of the interface's own words: finds the words in templates and code, and brings the catalogs up to date.

`python -m pressroom.pages.catalogs` writes them. What it adds has no translation yet; what no page says any more is
removed. A draft of a machine is fuzzy, and pages show it; a person who reads it removes the flag.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from pressroom.pages.words import LANGUAGES, catalog_file

_ENGINE: Final = Path(__file__).parents[1]
# Where pages get words from, below the engine's folder.
_FOLDERS: Final = ("pages", "web", "commands")
_METHODS: Final = [("**.html", "jinja2"), ("**.py", "python")]
_OPTIONS: Final[Mapping[str, dict[str, str]]] = {"**.html": {"trimmed": "true"}}
_KEYWORDS: Final = {**DEFAULT_KEYWORDS, "marked": None}
_WIDTH: Final = 120
_HEADER: Final = r"""# The words of pressroom's own pages. A fuzzy entry is a machine draft that no person has read yet.
msgid ""
msgstr ""
"Language: {tag}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural}\n"

"""


def words_of_pages() -> Catalog:
    """Every word that a page can show, with the files that it is in."""
    template = Catalog(project="pressroom", charset="utf-8")
    for folder in _FOLDERS:
        for path, _, words, notes, context in extract_from_dir(
            _ENGINE / folder, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            place = (Path(folder) / path).as_posix()
            template.add(words, None, [(place, 0)], auto_comments=notes, context=context)
    return template


def read_words(tag: str) -> Catalog:
    """The catalog of a language of the interface; an empty one if there is none yet."""
    path = catalog_file(tag)
    if not path.is_file():
        return Catalog(locale=tag, project="pressroom", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=tag)


def updated(tag: str, template: Catalog) -> bytes:
    """The bytes of a language's catalog with exactly the template's words, and the translations that it has."""
    now, before = Catalog(locale=tag, project="pressroom", charset="utf-8"), read_words(tag)
    for message in _in_order(template):
        old = before.get(_key(message), message.context)
        # A word that has become countable, or the other way round, is translated again.
        kept = old if old is not None and old.pluralizable == message.pluralizable else None
        now.add(
            message.id,
            kept.string if kept is not None else None,
            sorted({(place, 0) for place, _ in message.locations}),
            kept.flags if kept is not None else (),
            message.auto_comments,
            kept.user_comments if kept is not None else (),
            context=message.context,
        )
    data = io.BytesIO()
    write_po(data, now, width=_WIDTH, include_lineno=False, omit_header=True)
    # Babel's own header has the day: here the same words give the same bytes.
    return _HEADER.format(tag=tag, plural=now.plural_forms).encode() + data.getvalue()


def _in_order(template: Catalog) -> Iterator[Message]:
    yield from sorted((message for message in template if message.id), key=lambda one: (one.locations[0], _key(one)))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def main() -> None:
    """Write the catalog of each language, and say how many words have no translation."""
    template = words_of_pages()
    for tag in LANGUAGES[1:]:
        path = catalog_file(tag)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(tag, template))
        missing = [message for message in read_words(tag) if message.id and not _is_translated(message)]
        sys.stdout.write(f"{path}: {len(template)} words, {len(missing)} without a translation\n")


def _is_translated(message: Message) -> bool:
    return bool(message.string) if isinstance(message.string, str) else all(message.string or ())


if __name__ == "__main__":
    main()

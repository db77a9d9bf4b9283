"""Catalogs that a translator's tool, a lost connection or an attacker could leave."""

from __future__ import annotations

import polib

_ENTRY = '\nmsgid "{}"\nmsgstr "{}"\n'


def cut(share: str, there: bytes) -> bytes:
    """The first part of the file, as a broken copy leaves it."""
    return there[: int(len(there) * float(share))]


def cut_lines(count: str, there: bytes) -> bytes:
    """The file without its last lines."""
    return b"\n".join(there.split(b"\n")[: -int(count)]) + b"\n"


def recoded(encoding: str, there: bytes) -> bytes:
    """The file in another encoding; its header still says UTF-8."""
    return there.decode().encode(encoding, "replace")


def mo(_: str, there: bytes) -> bytes:
    """The compiled catalog, under the name of the .po."""
    return polib.pofile(there.decode()).to_binary()


def without_header(_: str, there: bytes) -> bytes:
    """The file from its first message on."""
    return there[there.index(b"\n#. title") :]


def many_entries(count: str, there: bytes) -> bytes:
    """So many messages more."""
    return _before_end(there, "".join(_ENTRY.format(f"m{n}", f"m{n}") for n in range(int(count))))


def many_obsolete(count: str, there: bytes) -> bytes:
    """So many messages more that are no longer in the English."""
    return _before_end(there, "".join(f'\n#~ msgid "m{n}"\n#~ msgstr "m{n}"\n' for n in range(int(count))))


def many_lines(count: str, there: bytes) -> bytes:
    """One message of so many lines."""
    return _before_end(there, '\nmsgid "m"\nmsgstr ""\n' + '"a"\n' * int(count))


def many_comments(count: str, there: bytes) -> bytes:
    """So many comments above one message."""
    return _before_end(there, "\n" + "#\n" * int(count) + 'msgid "m"\nmsgstr "m"\n')


def many_faults(count: str, there: bytes) -> bytes:
    """So many lines that are no line of a catalog."""
    return there + b"\nthis is no line\n" * int(count)


def long_line(length: str, there: bytes) -> bytes:
    """A message of one long line."""
    return _before_end(there, _ENTRY.format("m", "a" * int(length)))


def long_run(argument: str, there: bytes) -> bytes:
    """A line of so many of one sign where a message was."""
    count, sign = argument.split(" ", 1)
    return _before_end(there, f'\nmsgid "m"\nmsgstr "{sign * int(count)}\n')


def said(argument: str, there: bytes) -> bytes:
    """So many times a text, as the translation of the first message of the document."""
    count, text = argument.split(" ", 1)
    return there.replace("Después de su visita".encode(), text.encode() * int(count), 1)


def plural_header(rule: str, there: bytes) -> bytes:
    """The header with another rule of plural forms."""
    return there.replace(b"nplurals=2; plural=(n != 1);", rule.encode())


def many_header_lines(count: str, there: bytes) -> bytes:
    """A header of so many fields."""
    return there.replace(b'"Language: es\\n"\n', b'"Language: es\\n"\n' + b'"X-A: b\\n"\n' * int(count), 1)


def other_language(_: str, there: bytes) -> bytes:
    """The Spanish header over French words."""
    words = {
        "Después de su visita": "Après votre visite",
        "Llame al {phone} si la fiebre continúa.": "Appelez le {phone} si la fièvre continue.",
        "Lávese las manos con **jabón** durante 20 segundos.": "Lavez-vous les mains avec du **savon** 20 secondes.",
        "Dé 10–20 mL cada 5 minutos.": "Donnez 10–20 mL toutes les 5 minutes.",
        "En una emergencia llame al {emergency}.": "En cas d’urgence, appelez le {emergency}.",
        "Vea [nuestro sitio]{1}.": "Voyez [notre site]{1}.",
        "Una hoja": "Une feuille",
        "Una rama": "Une branche",
        "No tome aspirina.": "Ne prenez pas d’aspirine.",
        "Descanse al menos 8 horas.": "Reposez-vous au moins 8 heures.",
    }
    for spanish, french in words.items():
        there = there.replace(spanish.encode(), french.encode())
    return there


def _before_end(there: bytes, text: str) -> bytes:
    head, mark, end = there.rpartition(b"\n#~ msgid")
    return head + text.encode() + mark + end

"""TOML that would keep a reader busy, or that Python can't hold."""

from __future__ import annotations


def big_number(argument: str, there: bytes) -> bytes:
    """A key whose number has so many digits: `KEY DIGITS`; the key that is there is replaced."""
    key, digits = argument.split(" ")
    lines = there.decode().split("\n")
    at = next((n for n, line in enumerate(lines) if line.partition("=")[0].strip() == key), len(lines))
    return "\n".join([*lines[:at], f"{key} = {'9' * int(digits)}", *lines[at + 1 :]]).encode()


def deep_array(levels: str, there: bytes) -> bytes:
    """An array in an array, and so on, above what is there."""
    return b"deep = " + b"[" * int(levels) + b"]" * int(levels) + b"\n" + there


def deep_inline(levels: str, there: bytes) -> bytes:
    """An inline table in an inline table, and so on."""
    return b"deep = " + b"{a=" * int(levels) + b"1" + b"}" * int(levels) + b"\n" + there


def deep_key(levels: str, there: bytes) -> bytes:
    """A key of so many parts."""
    return b".".join([b"a"] * int(levels)) + b" = 1\n" + there


def many_tables(count: str, there: bytes) -> bytes:
    """So many empty tables more."""
    return there + b"".join(b"\n[t%d]\n" % n for n in range(int(count)))


def long_text(argument: str, there: bytes) -> bytes:
    """A key whose text has so many letters: `KEY LETTERS`; the key that is there is replaced."""
    key, letters = argument.split(" ")
    lines = there.decode().split("\n")
    at = next((n for n, line in enumerate(lines) if line.partition("=")[0].strip() == key), len(lines))
    return "\n".join([*lines[:at], f'{key} = "{"a" * int(letters)}"', *lines[at + 1 :]]).encode()


def large(size: str, there: bytes) -> bytes:
    """So many bytes of comment more."""
    return there + b"# " + b"a" * int(size) + b"\n"


def long_url(letters: str, there: bytes) -> bytes:
    """A web address of so many letters."""
    return there + f'url = "https://clinic.example/{"a" * int(letters)}"\n'.encode()


def long_digits(count: str, there: bytes) -> bytes:
    """A telephone number of so many digits, as a text."""
    return there.replace(b"801-555-0142", b"8" * int(count))


def long_list(lines: str, there: bytes) -> bytes:
    """An address of so many lines."""
    return there.replace(b'"1 Meadow Lane"', b'"1 Meadow Lane", ' * int(lines))

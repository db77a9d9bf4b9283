"""Sources: Markdown and front matter that would keep a parser busy."""

from __future__ import annotations

_RULE = b"---\n"


def body(argument: str, there: bytes) -> bytes:
    """So many times a text, at the end of the document."""
    count, text = argument.split(" ", 1)
    return there + b"\n" + text.encode() * int(count) + b"\n"


def nested(argument: str, there: bytes) -> bytes:
    """A list of so many levels."""
    return there + b"\n" + b"".join(b"  " * level + b"- a\n" for level in range(int(argument)))


def backtick_runs(argument: str, there: bytes) -> bytes:
    """Runs of one backtick, two, three and so on, none of which ends another."""
    return there + b"\n" + b" a ".join(b"`" * length for length in range(1, int(argument))) + b"\n"


def table(argument: str, there: bytes) -> bytes:
    """A table of rows × columns."""
    rows, columns = map(int, argument.split("x"))
    line = "|" + " a |" * columns + "\n"
    return there + ("\n" + line + "|" + "---|" * columns + "\n" + line * rows).encode()


def references(argument: str, there: bytes) -> bytes:
    """A link by reference, and so many definitions of it."""
    return there + b"\nsee [a]\n\n" + b"".join(b"[a%d]: https://a.example\n" % n for n in range(int(argument)))


def sized(argument: str, there: bytes) -> bytes:
    """The document with so many bytes of comment."""
    return there + b"\n<!-- " + b"a" * int(argument) + b" -->\n"


def aliases(levels: str, there: bytes) -> bytes:
    """Front matter in which each key repeats the one before nine times."""
    lines = ["a0: &a0 [a, a]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, int(levels))]
    return _front("\n".join(lines), there)


def deep_front(levels: str, there: bytes) -> bytes:
    """Front matter that is a list in a list, and so on."""
    return _front(f"extra: {'[' * int(levels)}{']' * int(levels)}", there)


def many_keys(count: str, there: bytes) -> bytes:
    """Front matter of so many keys."""
    return _front("\n".join(f"k{n}: a" for n in range(int(count))), there)


def front(text: str, there: bytes) -> bytes:
    """A line more in the front matter."""
    return _front(text, there)


def _front(text: str, there: bytes) -> bytes:
    return there.replace(_RULE, _RULE + text.encode() + b"\n", 1)

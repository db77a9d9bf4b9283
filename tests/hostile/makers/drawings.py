"""SVG, styles and templates that draw without end, or more than they show."""

from __future__ import annotations

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
_PATH = '<path d="M0 0H9V9Z"/>'


def svg(inside: str, _: bytes) -> bytes:
    """A drawing of these elements."""
    return _SVG.format(inside).encode()


def svg_many(argument: str, _: bytes) -> bytes:
    """A drawing of so many times these elements."""
    count, inside = argument.split(" ", 1)
    return _SVG.format(inside * int(count)).encode()


def svg_nested(levels: str, _: bytes) -> bytes:
    """A drawing in which groups are nested."""
    return _SVG.format("<g>" * int(levels) + _PATH + "</g>" * int(levels)).encode()


def svg_uses(levels: str, _: bytes) -> bytes:
    """A drawing whose every group uses the one before ten times."""
    groups = [f'<g id="g0">{_PATH}</g>']
    for level in range(1, int(levels)):
        groups.append(f'<g id="g{level}">' + f'<use href="#g{level - 1}"/>' * 10 + "</g>")
    return _SVG.format("<defs>" + "".join(groups) + f'</defs><use href="#g{int(levels) - 1}"/>').encode()


def svg_path(count: str, _: bytes) -> bytes:
    """A drawing of one path with so many lines."""
    return _SVG.format(f'<path d="M0 0{"L1 1" * int(count)}"/>').encode()


def svg_entities(levels: str, _: bytes) -> bytes:
    """A drawing whose entities grow tenfold with each level."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, int(levels)))
    text = f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    return (text + _SVG.format(f"<text>&e{int(levels) - 1};</text>")).encode()


def style(rule: str, there: bytes) -> bytes:
    """A rule more in the style."""
    return there + f"\n.frame-text {{ {rule} }}\n".encode()


def style_many(argument: str, there: bytes) -> bytes:
    """So many times a text at the end of the style."""
    count, text = argument.split(" ", 1)
    return there + b"\n" + text.encode() * int(count) + b"\n"


def template(text: str, there: bytes) -> bytes:
    """A text more in the macro of the frame."""
    return there.replace(b"{% endmacro %}", text.encode() + b"{% endmacro %}", 1)


def template_many(argument: str, there: bytes) -> bytes:
    """So many times a text in the macro of the frame."""
    count, text = argument.split(" ", 1)
    return template(text * int(count), there)

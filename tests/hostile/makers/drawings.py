"""SVG, styles and templates that draw without end, or more than they show."""

from __future__ import annotations

from gzip import compress

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


def svg_marked(count: str, _: bytes) -> bytes:
    """A drawing of a line with so many corners, each with a marker."""
    marker = f'<marker id="m" markerWidth="1" markerHeight="1">{_PATH}</marker>'
    line = "M0 0" + "L1 1" * int(count)
    return _SVG.format(f'{marker}<path d="{line}" marker-mid="url(#m)"/>').encode()


def svg_stops(count: str, _: bytes) -> bytes:
    """A drawing with a gradient of so many colours."""
    stops = '<stop offset="0.5" stop-color="red"/>' * int(count)
    return _SVG.format(f'<linearGradient id="a">{stops}</linearGradient><path d="M0 0H9V9Z" fill="url(#a)"/>').encode()


def svg_selectors(count: str, _: bytes) -> bytes:
    """A drawing of so many elements, and a style of as many rules."""
    rules = "".join(f"g path.a{n}{{fill:red}}" for n in range(int(count)))
    shapes = '<path class="b" d="M0 0H1"/>' * int(count)
    return _SVG.format(f"<style>{rules}</style><g>{shapes}</g>").encode()


def svg_turned(count: str, _: bytes) -> bytes:
    """A drawing of one shape that is turned so many times."""
    turns = "rotate(1)" * int(count)
    return _SVG.format(f'<path d="M0 0H9V9Z" transform="{turns}"/>').encode()


def svg_attributes(count: str, _: bytes) -> bytes:
    """A drawing whose one element has so many attributes."""
    attributes = " ".join(f'a{n}="b"' for n in range(int(count)))
    return _SVG.format(f"<g {attributes}/>").encode()


def svg_long_name(letters: str, _: bytes) -> bytes:
    """A drawing with an element of a long name."""
    return _SVG.format("<" + "a" * int(letters) + "/>").encode()


def svg_comment(letters: str, _: bytes) -> bytes:
    """A drawing with a long comment."""
    return _SVG.format("<!--" + "a" * int(letters) + f"-->{_PATH}").encode()


def svg_nested_svg(levels: str, _: bytes) -> bytes:
    """A drawing in a drawing, and so on, each a hundred times as large."""
    inner = '<svg viewBox="0 0 0.09 0.09">' * int(levels) + _PATH + "</svg>" * int(levels)
    return _SVG.format(inner).encode()


def gzip(_: str, there: bytes) -> bytes:
    """The file, packed."""
    return compress(there)

"""What a web page shows, and which styles could show something else on its release, or later."""

from __future__ import annotations

import pytest

from pressroom.drawing import DrawingError
from pressroom.drawing.web import web_drawing

PAGE = """<html><head><meta name="dated" content="2026-11"><style>p { margin: 0 }
STYLE</style></head><body>
DRAFT<main><p>Call 911</p></main>
<footer><p>Clinic</p><p class="control">LINE</p></footer></body></html>"""
MARK = '<header class="draft"><p>DRAFT</p></header>'


def page(style: str = "", draft: str = "", line: str = "1.0", text: str = "Call 911") -> str:
    """A finished page."""
    made = PAGE.replace("STYLE", style).replace("DRAFT", draft).replace("LINE", line)
    return made.replace("Call 911", text)


def passages(line: str = "1.0", *, draft: bool = False) -> dict[str, str]:
    """What no signature covers."""
    control = {f'<p class="control">{line}</p>': '<p class="control">CRD-001</p>'}
    return control | ({MARK: ""} if draft else {})


def test_a_proof_and_its_release_are_the_same_drawing() -> None:
    """The marks of a draft and the words of a control line are left out, where they are exactly the engine's."""
    proof = web_drawing(page(draft=MARK, line="PROOF"), passages("PROOF", draft=True)).hashes
    assert proof.known
    assert web_drawing(page(), passages()).hashes == proof
    assert web_drawing(page(line="1.1"), passages("1.1")).hashes == proof


@pytest.mark.parametrize(
    "html",
    [
        page(text="No, call 911"),
        page(style="p { color: red }"),
        page(draft=MARK),
        page(draft="<header><p>DRAFT</p></header>"),
        page(line="No 1.0"),
        page(text="Call 911 # and nobody else"),
    ],
)
def test_anything_else_is_another_drawing(html: str) -> None:
    """Words, styles, marks that a release must not have, and a control line that says more."""
    assert web_drawing(html, passages()).hashes != web_drawing(page(), passages()).hashes


@pytest.mark.parametrize(
    "style",
    [
        'html:has(meta[content^="2026-12"]) p::before { content: "No " }',
        "main:first-child p { color: red }",
        "body:not(:has(.draft)) p { color: red }",
        ".draft + main p { color: red }",
        ".draft ~ main p { color: red }",
        ".panel:not(.draft ~ main *) { color: red }",
        ".control:empty { color: red }",
        ".control + p { color: red }",
        "footer p:last-child { color: red }",
        "[content] { color: red }",
        "p { animation: late 1s 30d }",
        "p { transition: color 30d }",
        "@keyframes late { to { color: red } }",
        "@import 'x'; p { color: red }",
        "@supports (display: grid) { p { color: red } }",
        "@media (prefers-color-scheme: dark) { p { color: red } }",
        "@media screen and (prefers-color-scheme: dark) { p { color: #ffffff } }",
        "@media screen and (prefers-color-scheme: dark) { :root { --colour-ink: #ffffff; font-size: 1px } }",
        "@media screen and (prefers-color-scheme: dark) { :root { --size: #ffffff } }",
        "@media screen and (prefers-color-scheme: dark) { :root { --colour-ink: 0 } }",
        ".top:empty + main { color: red }",
        ".emergency-first:first-child { color: red }",
        "@media (device-width: 400px) { p { color: red } }",
        """p { --a: "/*" } p:hover { color: red } p { --b: "*/" }""",
        "p:hover { color: red }",
        "p:target { color: red }",
        ".dr\\61 ft + p { color: red }",
        "</style><style media=print>p { color: red }",
    ],
)
def test_a_style_must_not_depend_on_what_is_not_signed(style: str) -> None:
    """A style that waits for a date, for a mark to be gone or for another device is refused."""
    with pytest.raises(DrawingError):
        web_drawing(page(style=style), passages())


@pytest.mark.parametrize(
    "style",
    [
        ".panel + .panel { margin: 0 }",
        ".panel > :is(h2, h3):first-child { margin: 0 }",
        ".panel:has(+ .panel-act) > h2:first-child { margin: 0 }",
        "[lang=ur] :is(h1, h2) { margin: 0 }",
        "[dir=rtl] :is(address, footer) [dir=ltr] { margin: 0 }",
        "@media (min-width: 40rem) { .places { display: flex } }",
        "@media print { header.draft { position: static } .panel-act { margin: 0 } }",
        ".draft, .draft b { margin: 0 }",
        "@media screen and (prefers-color-scheme: dark) {\n  :root { --colour-ink: var(--dark-ink, #e9eef0); }\n}",
        "a:focus-visible { margin: 0 }",
    ],
)
def test_a_style_may_depend_on_the_text(style: str) -> None:
    """What surrounds an element in the text is the same on a proof and its release."""
    assert web_drawing(page(style=style), passages()).hashes.known

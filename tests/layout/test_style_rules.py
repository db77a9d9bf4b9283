from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.layout import LayoutError, read_layout
from pressroom.layout.style_rules import style_problems
from pressroom.project import Files

ROOT = Path(__file__).parents[2]

# Styles that lie, by the code that refuses them.
ADDS = [
    '.role-act p::before { content: "No " }',
    ".role-act p:before { content: 'No ' }",
    '.role-act p::after { content: "?" }',
    '.role-act p::before { content: "\\4e\\6f" }',
    '.role-act p::before { content: "−" }',
    '.role-act p::before { content: "5" }',
    "img::after { content: attr(alt) }",
    "p::before { content: attr(class) }",
    "p::before { content: url(no.svg) }",
    'p::before { content: url("data:image/svg+xml,<svg><text>No</text></svg>") }',
    "p::before { content: open-quote }",
    "p::before { content: leader('No ') }",
    "p::before { content: counter(page) }",
    "p::before { content: counter(step) }",
    "ul > li::before { content: counter(step) }",
    "ol > li::before { content: counter(step, upper-alpha) }",
    "ol > li::before { content: counter(step) ' No' }",
    "ol > li::before { content: counter(step, symbols('No')) }",
    "ol { counter-reset: step 910 }",
    "ol > li::before { counter-increment: step 911 }",
    "p { counter-reset: step }",
    "p { counter-increment: step }",
    ".role-act { content: 'No' }",
    "p { quotes: 'No ' '' }",
    "@counter-style no { system: cyclic; symbols: 'No' }",
    'li { list-style-type: "No " }',
    "li { list-style: '- ' }",
    "li { list-style: upper-alpha }",
    "li { list-style-image: url(no.png) }",
    "p { string-set: title 'No' }",
    "p { hyphenate-character: 'No' }",
    "p { bookmark-label: 'No' }",
    "p { text-emphasis: 'x' }",
    "@page { @top-left { content: 'No' } }",
    "@page { @top-left { content: string(other) } }",
    "@page { @top-left { content: string(title) '?' } }",
    "@page { @top-left { content: element(no) } }",
    "@page { @bottom-right { content: counter(page, upper-alpha) } }",
]  # fmt: skip
HIDES = [
    "p { opacity: 0.01 }",
    "p { visibility: hidden }",
    "p { display: none }",
    ".proof { display: none }",
    "p { font-size: 0 }",
    "p { font: 0 'Noto Sans' }",
    "p { color: transparent }",
    "p { color: #fff0 }",
    "p { color: rgb(0 0 0 / 1%) }",
    "p { background: linear-gradient(#fff, #fff) }",
    "p { background: url(white.png) }",
    "p { background-image: url(white.png) }",
    "p::after { z-index: 2 }",
    "p { clip-path: inset(50%) }",
    "p { mask: none }",
    "p { filter: blur(9px) }",
    "p { mix-blend-mode: difference }",
    "p { box-shadow: inset 0 0 0 9em #fff }",
    "p { text-shadow: 0 0 1px #fff, 3pt 0 #000 }",
    "p { overflow: hidden; max-height: 1em }",
    "p { text-overflow: 'No' }",
    "p { max-lines: 1 }",
    "p { block-ellipsis: 'No' }",
    "p { text-indent: -99em }",
    "p { position: fixed }",
    "p { position: running(no) }",
    "p { white-space: pre }",
    ".end { margin-top: -9pt }",
    ".flagged { color: #000 }",
    "p { color: #000 !important }",
    ".sheet { --fs-signs: 3 }",
    ".sheet { --line-height: 0.2 }",
]
TURNS = [
    "p { text-decoration: line-through }",
    "p { text-decoration: underline overline }",
    "p { text-decoration-line: line-through }",
    "p { text-decoration: underline; text-underline-offset: -0.4em }",
    "p { transform: rotate(180deg) }",
    "p { transform: scale(0.1) }",
    "p { rotate: 180deg }",
    "p { scale: -1 1 }",
    "ul { flex-direction: column-reverse }",
    "li { order: -1 }",
    "ul { columns: 2 }",
    "ul { column-count: 2 }",
    "ul { grid-template-areas: 'b' 'a' }",
    "b { float: right }",
    "p { direction: rtl }",
    "p { unicode-bidi: bidi-override }",
    "p { writing-mode: vertical-rl }",
    "p { text-transform: uppercase }",
    "p { font-variant: small-caps }",
    "p { font-feature-settings: 'sups' }",
    "p { letter-spacing: -1em }",
    "p { word-spacing: -1em }",
    "p { font-stretch: condensed }",
]
DEPENDS = [
    'html:has(meta[content^="2026-12"]) p { color: #fff }',
    "p:has(b) { color: #fff }",
    '[content="x"] { color: #fff }',
    'a[href^="https"] { color: #fff }',
    "meta ~ p { color: #fff }",
    "head + body p { color: #fff }",
    ":is(title) + p { color: #fff }",
    ":not([title]) { color: #fff }",
    "p:hover { color: #fff }",
    "p:target { color: #fff }",
    "p::first-letter { color: #fff }",
    "p::selection { color: #fff }",
    '@import "other.css";',
    "@font-face { font-family: 'Noto Sans'; src: url(no.woff) }",
    "@media (min-width: 1px) { p { color: #fff } }",
    "@supports (color: red) { p { color: #fff } }",
    "@layer a { p { color: #fff } }",
    "@container (width > 1px) { p { color: #fff } }",
]
UNKNOWN = [
    "p { colr: #000 }",
    "p { all: initial }",
    "p { margin: -3pt }",
    "p { margin-top: -3pt }",
    "p { image-orientation: 180deg; new-property: 1 }",
    "p { object-fit: cover }",
    "p { --no: 'No' }",
    "p { --no: url(no.svg) }",
    "p { --no: line-through }",
    "p { width: attr(data-width) }",
    "p { width: env(no) }",
    "p { font-family: var(--no, 'x' url(y)) }",
    ".a { .b { color: #fff } }",
    ".a { & { color: #fff } }",
    "p { color #fff }",
    "@page { margin: 0 }",
    "@page { size: 1mm }",
]
BY_CODE = {"adds": ADDS, "hides": HIDES, "turns": TURNS, "depends": DEPENDS, "unknown": UNKNOWN}
LIES = [(code, style) for code, styles in BY_CODE.items() for style in styles]


@pytest.mark.parametrize(("code", "style"), LIES)
def test_a_style_that_lies(code: str, style: str) -> None:
    """A style that adds, hides or turns words, or depends on what nobody signs, is refused at its line."""
    problems = style_problems("layouts/a/style.css", f"p {{ margin: 0 }}\n\n{style}\n")
    assert f"look-{code}" in {problem.code for problem in problems}
    assert {problem.span.line for problem in problems} == {3}
    assert all(problem.hint and problem.bars == "proof" for problem in problems)


@pytest.mark.parametrize(
    "style",
    [
        "p { text-decoration: var(--line) } :root { --line: line-through }",
        "p { display: var(--no) }",
        "p { content: var(--no) }",
        "p { position: var(--no) }",
    ],
)
def test_a_custom_property_smuggles_nothing(style: str) -> None:
    """A keyword, a string or an address can't come through var()."""
    assert style_problems("a.css", style)


@pytest.mark.parametrize(
    "style",
    [
        "ul.items > li::before { content: ''; position: absolute; width: 4pt; height: 4pt; background: currentColor }",
        "ol { counter-reset: step } ol > li::before { counter-increment: step; content: counter(step) '.' }",
        ".code img { top: -6.8pt; inset-inline-start: -6.8pt }",
        "ol > li::before { margin-inline-start: -18pt }",
        "p { font: bold calc(var(--fs-a) * 1pt)/1.2 'Noto Sans'; margin: calc(var(--lead) / 2) auto }",
        "@page ltr { @bottom-right { content: counter(page) ' / ' counter(pages); padding-top: 9pt } }",
        "@page rtl { @bottom-left { content: string(title); direction: rtl } }",
        ".sheet[dir=rtl] .a:not([lang]) > h2:first-child, li:nth-last-child(2) { color: var(--colour-flow) }",
        ".row { display: flex; column-gap: 12pt } .row address { flex: 1 }",
        ".proof .head-edge { display: none } .proof .label { background: #000; color: #fff }",
        "/* a comment with content: 'No' */ a { text-decoration: underline }",
    ],
)
def test_an_honest_style(style: str) -> None:
    """Lists, grids of lines, page numbers, other scripts: what layouts need is in the list."""
    assert style_problems("a.css", style) == ()


def test_a_web_page_may_ask_for_its_width() -> None:
    """Only a web page's style may depend on the screen's width, or on print."""
    style = "@media (min-width: 40rem) { p { margin: 0 } } @media print { p { margin: 0 } }"
    assert style_problems("a.css", style, screen=True) == ()
    assert {p.code for p in style_problems("a.css", style)} == {"look-depends"}
    assert style_problems("a.css", "@media (prefers-color-scheme: dark) { p { margin: 0 } }", screen=True)


@pytest.mark.parametrize(
    "style",
    [
        "li { font-size: 3px }",
        "li { font: 0.1rem 'Noto Sans' }",
        "li { font-size: 10% }",
        "li { line-height: 0.1 }",
        "li { margin-top: calc(0px - 2em) }",
    ],
)
def test_a_web_page_is_not_measured(style: str) -> None:
    """So its style has no small type, no lines on each other and no differences of lengths."""
    assert {problem.code for problem in style_problems("a.css", style, screen=True)} == {"look-hides"}


def test_the_layout_is_not_read(minimal: Path) -> None:
    """A layout with such a style is refused with the style's path and line; one in a shared folder too."""
    shared = minimal / "layouts" / "shared"
    shared.mkdir()
    (shared / "more.css").write_text("p {}\np { opacity: 0 }", encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        read_layout(Files(minimal), "slip")
    assert [(p.code, str(p.span)) for p in caught.value.problems] == [("look-hides", "layouts/shared/more.css:2")]


def test_the_layouts_of_the_project() -> None:
    """All of this project's layouts are read."""
    folders = sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.toml"))
    assert [read_layout(Files(ROOT), name).name for name in folders] == folders

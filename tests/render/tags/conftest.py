"""A page with everything that is ever tagged, drawn once, and a way to read a tree of tags aloud."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from pressroom.compose import HtmlPage

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><title>صفحة</title>
<meta name="dcterms.created" content="2026-11"></head><body>
<p aria-hidden="true">ornament <b>inside</b></p>
<h1>رقعة الدم <span lang="th">ไทยน้ำตก</span></h1>
<div></div>
<ol><li>أولاً <ul><li>داخل</li></ul></li><li>ثانيًا</li></ol>
<p>قبل <span lang="en" dir="ltr">(DVT)</span> بعد</p>
<p lang="en" dir="ltr" style="width: 1in">words that stand on several lines
<a href="https://clinic.invalid/"><b>our page</b></a></p>
<p lang="en" dir="ltr"><img src="dot.png" alt="A dot" style="width: 20pt"></p>
<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><th scope="row">c</th><td></td></tr></tbody></table>
</body></html>"""
STYLE = """html { font-family: "Noto Naskh Arabic", "Noto Sans Thai", "Noto Sans" } ol, ul { list-style: none }
ol > li::before { content: "1" }"""
Lines = list[str]


@pytest.fixture(scope="session")
def engine_of(fonts) -> Callable[[str, str], object]:
    """Makes an engine of HTML and CSS."""
    from pressroom.layout import Stylesheet
    from pressroom.render.engine import Engine

    def make(html: str, css: str) -> object:
        return Engine(HtmlPage(html, (Stylesheet("test.css", css),), {"dot.png": _dot()}), "test.md")

    return make


@pytest.fixture(scope="session")
def page(engine_of) -> bytes:
    """The page with everything on it, finished."""
    engine = engine_of(PAGE, STYLE)
    return engine.write(engine.lay_out(""))


@pytest.fixture
def page_again(engine_of) -> bytes:
    """The same page by another engine."""
    engine = engine_of(PAGE, STYLE)
    return engine.write(engine.lay_out(""))


def _dot() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#0f4c5c").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def tree(page) -> Lines:
    """The page's tags, one a line and indented: role, and what it tells."""
    with pikepdf.open(io.BytesIO(page)) as pdf:
        return list(_lines(pdf.Root.StructTreeRoot.K[0], 0))


def _lines(element: pikepdf.Object, depth: int) -> Iterator[str]:
    told = [f"{key[1:].lower()}={element[key]}" for key in ("/Lang", "/ActualText", "/Alt") if key in element]
    attributes = element.get("/A", {})
    told += [str(attributes[key])[1:] for key in ("/Scope", "/ListNumbering") if key in attributes]
    yield "  " * depth + " ".join([str(element.S)[1:], *told])
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _lines(kid, depth + 1)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
            yield "  " * (depth + 1) + "(link)"

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from pressroom.compose import ComposeError, Piece, Spill, compose
from pressroom.compose.template import engine_style
from pressroom.language import find_language
from pressroom.layout.words import read_words
from pressroom.units import ZERO, mm
from tests.conftest import ROOT, translation

GOLDEN = Path(__file__).parents[1] / "golden"
MakePiece = Callable[..., Piece]
BODY = """
<!-- panel: visit -->

# Your visit

<!-- pending: clinician -->
Call {phone} or **{emergency}**, & not later.

1. Drink 10–20 mL
2. Ask
   - why
   - when
"""
SAID = {
    "Your visit": "زيارتك",
    "Call {phone} or **{emergency}**, & not later.": "اتصل على {phone} أو **{emergency}**، <b>الآن</b>.",
    "Drink 10–20 mL": "اشرب 10–20 mL",
    "Ask": "اسأل",
    "why": "~لماذا",
    "Draft: not for patients": "مسودة: ليست للمرضى",
}


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_golden(tag: str, make_piece: MakePiece, request: pytest.FixtureRequest) -> None:
    """A small document becomes this very HTML; `--update-golden` writes it anew, to be looked at."""
    html = compose(make_piece(BODY, tag, None if tag == "en" else SAID)).html
    path = GOLDEN / f"visit.{tag}.html"
    if request.config.getoption("--update-golden"):
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


BLOCKS = """
<!-- panel: visit -->

# Your visit

| Day | Place |
|---|---|
| Monday | **Here** |
| | |

> [!NOTE]
> Bring a friend.

> [!IMPORTANT]
>
> ## Call if …
>
> - it hurts

> [!WARNING]
> Call {emergency}
>
> At once.

> [!FACT]
> **10 mL** of blood

- [ ] shoes

On {date}: {line}

{line}
"""
BLOCKS_SAID = {
    "Your visit": "زيارتك",
    "Day": "اليوم",
    "Place": "المكان",
    "**Here**": "**هنا**",
    "Bring a friend.": "أحضر صديقًا.",
    "Call if …": "اتصل إذا …",
    "Call {emergency}": "اتصل على {emergency}",
    "**10 mL** of blood": "**10 mL** من الدم",
    "On {date}: {line}": "في {date}: {line}",
    "Good to know": "معلومة مفيدة",
    "Box to tick": "مربع لوضع علامة",
}


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_golden_blocks(tag: str, make_piece: MakePiece, request: pytest.FixtureRequest) -> None:
    """Every kind of block becomes this very HTML; what is not translated says in which language it is."""
    said = None if tag == "en" else BLOCKS_SAID
    html = compose(_with_words(make_piece(BLOCKS, tag, said), tag, said)).html
    path = GOLDEN / f"blocks.{tag}.html"
    if request.config.getoption("--update-golden"):
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


SLOTS = """
<!-- panel: visit -->

# Your visit

> [!WARNING]
> Call {emergency}
>
> <!-- slot: clinician -->

- Shoes
- <!-- slot: clinician -->
"""


def _with_words(piece: Piece, tag: str, said: dict[str, str] | None) -> Piece:
    words, _ = read_words((ROOT / "layouts" / "words.toml").read_text(encoding="utf-8"), "layouts/words.toml")
    return replace(piece, words=words, layout_translation=translation(tuple(words.values()), tag, said))


def test_slots(make_piece: MakePiece) -> None:
    """A proof shows who is awaited, in the reader's language where it has the words, and the room."""
    said = {"Your visit": "زيارتك", "awaiting a clinician": "بانتظار طبيب", "Emergency": "حالة طارئة"}
    english = compose(_with_words(make_piece(SLOTS), "en", None)).html
    arabic = compose(_with_words(make_piece(SLOTS, "ar", said), "ar", said)).html
    assert english.count("[awaiting a clinician]") == 2
    assert arabic.count("بانتظار طبيب") == 2
    assert english.count('<div class="room"></div>') == 4


def test_no_slot_in_a_release(make_piece: MakePiece) -> None:
    """A release is never composed with an empty place, whatever the commands let through."""
    piece = replace(_with_words(make_piece(SLOTS), "en", None), marking="release")
    with pytest.raises(ComposeError) as refused:
        compose(piece)
    assert [d.code for d in refused.value.problems] == ["release-slot"]


def test_a_slot_that_a_layout_leaves_out(make_piece: MakePiece) -> None:
    """A template that writes no slots is told of each, as of a message."""
    piece = _with_words(make_piece(SLOTS), "en", None)
    with pytest.raises(ComposeError) as refused:
        compose(with_template(piece, TEXT.replace("].blocks", "].blocks[:2]") + CONTROL))
    assert ("text-unset", "leaves out this slot") in [(d.code, d.message[5:]) for d in refused.value.problems]


def test_every_panel_is_marked(make_piece: MakePiece) -> None:
    """Whatever a layout's template does, every panel of a proof says twice that it is not for patients."""
    piece = make_piece("\n<!-- panel: a -->\n\nText.\n")
    assert compose(piece).html.count("DRAFT: NOT FOR PATIENTS") == 2 * len(piece.layout.panels)
    assert "DRAFT" not in compose(replace(piece, marking="release")).html


@pytest.mark.parametrize("form", ["whole", "unseen", "empty", "absent"])
def test_documents_of_the_same_texts_are_the_same(form: str, make_piece: MakePiece) -> None:
    """What a document is made of differs wherever the document does."""
    one = compose(make_piece(BODY))
    sheet = one.sheets[0]
    first, second, *rest = sheet.parts
    parts = [(second, first, *rest), (first, *rest), (replace(first, attributes=Markup("id=x")), second, *rest)]
    parts += [tuple(replace(part, html="x") for part in sheet.parts), (replace(first, frame="x"), second, *rest)]
    sheets = [replace(sheet, parts=part) for part in parts] + [
        replace(sheet, name="x"),
        replace(sheet, direction="rtl"),
    ]
    others = [replace(one, sheets=(other, *one.sheets[1:])) for other in sheets]
    others += [replace(one, language="x"), replace(one, direction="rtl"), replace(one, body_class="x")]
    seen = list(one.texts(lambda _: form)), one.written(lambda _: form, None)
    for other in others:
        texts, html = list(other.texts(lambda _: form)), other.written(lambda _: form, None)
        assert texts != seen[0] or html == seen[1]


def test_which_message_stands_where(make_piece: MakePiece) -> None:
    """A frame knows its messages and the document's panel, for what is said of text that does not fit."""
    frames = {frame.name: frame for frame in compose(make_piece(BODY)).frames}
    assert [message.msgid for message in frames["text"].messages][:2] == [
        "Your visit",
        "Call {phone} or **{emergency}**, & not later.",
    ]
    assert (frames["text"].panel, frames["control"].panel) == ("visit", "control")


def test_right_to_left_is_mirrored(make_piece: MakePiece) -> None:
    """For right-to-left readers the frames stand mirrored on the sheet."""
    layout = make_piece(BODY).layout
    shifted = replace(layout, frames=tuple(replace(f, box=replace(f.box, left=mm(3))) for f in layout.frames))
    english = compose(replace(make_piece(BODY), layout=shifted)).frames[0]
    arabic = compose(replace(make_piece(BODY, "ar", SAID), layout=shifted)).frames[0]
    assert english.box.left.mm == pytest.approx(3)
    assert arabic.box.left.mm == pytest.approx(90 - 3 - 78)


def test_overset_is_shown(make_piece: MakePiece) -> None:
    """An overset frame is edged and says by how much, on paper large enough to hold what runs over."""
    made = compose(make_piece(BODY), {"text": "overset by 4.2 mm"}, Spill(bottom=mm(10)))
    assert '<div class="overset frame-text">\n<p lang="en" dir="ltr">overset by 4.2 mm</p>\n</div>' in made.html
    assert f"size: {mm(90).css()} {mm(70).css()}" in made.stylesheets[-1].text


TEXT = "{% macro text(panels, blocks) %}{{ blocks(panels[0].blocks) }}{% endmacro %}\n"
CONTROL = "{% macro control(control) %}{{ control[0] }}{% endmacro %}\n"


def with_template(piece: Piece, text: str) -> Piece:
    """The piece with another template."""
    return replace(piece, layout=replace(piece.layout, templates={"template.html": text}))


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        (f"{TEXT}{{% macro control(control) %}}{{{{ unknown }}}}{{% endmacro %}}", 2, "'unknown' is undefined"),
        (f"{CONTROL}{{% macro text(panels) %}}\n{{% if %}}", 3, "TemplateSyntaxError"),
        (f"{CONTROL}{{% macro text(panels) %}}\n{{% set a, b = panels[0].blocks %}}{{% endmacro %}}", 3, "ValueError"),
        (f"{CONTROL}\n{{% macro text(word_phne) %}}{{% endmacro %}}", 3, "no word 'phne'"),
        (f"{CONTROL}{TEXT}{{% from '../../clinics.toml' import a %}}", 3, "TemplateNotFound"),
        (f"{CONTROL}{{% macro text(panels) %}}{{{{ ''.__class__.__mro__ }}}}{{% endmacro %}}", 2, "SecurityError"),
        (f"{CONTROL}{{% macro text(panels) %}}{{{{ 1 // 0 }}}}{{% endmacro %}}", 2, "ZeroDivisionError"),
        (f"{CONTROL}{TEXT}<p>Take two</p>", 1, "text outside the macros"),
        (TEXT, 0, "no macro for the role 'control'"),
    ],
)
def test_wrong_template(template: str, line: int, message: str, make_piece: MakePiece) -> None:
    """A template that is wrong is reported with its file and line, and nothing is made."""
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), template))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert (problem.span.path, problem.span.line) == ("layouts/slip/template.html", line)


FOREIGN = ["proof", "marking", "version", "date", "control.dated", "clinic", "piece", "document", "layout", "address"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_frame_sees_its_own_text_alone(name: str, make_piece: MakePiece) -> None:
    """A macro that uses a name it has not is refused at its line, and told which names it has."""
    macro = f"{{% macro text(panels, blocks) %}}\n{{% if {name} %}}Take 5{{% endif %}}{{% endmacro %}}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{macro}\n{CONTROL}"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.path, problem.span.line) == ("template", "layouts/slip/template.html", 2)
    assert "panels, blocks" in problem.hint


@pytest.mark.parametrize("name", ["proof", "version", "language", "piece", "document", "inputs", "panels=1"])
def test_a_macro_cannot_ask_for_more(name: str, make_piece: MakePiece) -> None:
    """A parameter that no frame has is refused at the macro's line, and the hint lists what there is."""
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{CONTROL}\n{{% macro text(panels, {name}) %}}{{% endmacro %}}"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.line) == ("template", 3)
    assert f"no frame has {name!r}" in problem.message
    assert "panels, title, say" in problem.hint


@pytest.mark.parametrize(
    "condition",
    [
        "control.dated",
        "control.version",
        "clinic.id",
        "clinic.emergency",
        "clinic.notices",
    ],
)
def test_a_frame_of_values_sees_no_others(condition: str, make_piece: MakePiece) -> None:
    """Frames for staff have the control lines, those of a clinic its name, address and numbers, and nothing more."""
    macro = f"{{% macro control(control, clinic) %}}{{{{ {condition} }}}}{{% endmacro %}}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{TEXT}{macro}"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.line) == ("template", 2)


@pytest.mark.parametrize(
    "way", ["say.__self__", "blocks.__closure__", "blocks.args", "items.__globals__", "panels.piece"]
)
def test_no_way_leads_out_of_a_frame(way: str, make_piece: MakePiece) -> None:
    """The functions that a macro is given do not show what they are made of."""
    macro = f"{{% macro text(panels, say, blocks, items) %}}{{{{ {way} }}}}{{% endmacro %}}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{CONTROL}{macro}"))
    assert (caught.value.problems[0].code, caught.value.problems[0].span.line) == ("template", 2)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("\n</div><div>Take two", "closes </div>, which it did not open"),
        ("<p>\n<b>Take two</p></b>", "closes </p> where <b> is open"),
        ("\n<div>Take two", "opens <div> and does not close it"),
        ("\n<div/>", "opens <div> and does not close it"),
        ('\n<p title="Take two></p>', "writes a tag that has no end"),
        ("\n<!-- <p>", "an HTML comment"),
        ("\n<!-- Take two", "an HTML comment"),
        ("\n<!-- Take two -->", "HTML comment"),
        ("\n<![CDATA[x]]>", "a declaration"),
        ("\n<style>.proof { display: none }</style>", "<style>, which can't be in a frame"),
        ("\n<body class='x'></body>", "<body>, which can't be in a frame"),
        ("\n<ul><li><div><li></li></div></li></ul>", "<li> outside its list or table"),
        ("\n<table><tr><div></div></tr></table>", "<div> directly in <tr>"),
        ("\n<h1><b><div></div></b></h1>", "<div> in <b>, which holds only text"),
    ],
)
def test_a_macro_stays_inside_its_frame(html: str, message: str, make_piece: MakePiece) -> None:
    """HTML that would reach beyond its frame's element is refused at its line."""
    macro = f"{{% macro text(panels, blocks) %}}{{{{ blocks(panels[0].blocks) }}}}{html}{{% endmacro %}}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{CONTROL}{macro}"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.path, problem.span.line) == ("template", "layouts/slip/template.html", 3)
    assert message in problem.message
    assert "inside its own frame" in problem.hint


def test_a_fault_of_a_helper_macro_is_the_role_s(make_piece: MakePiece) -> None:
    """HTML that a helper macro leaves open is refused at the line of the role's macro."""
    helper = "{% macro helper() %}{% if true %}</div>{% endif %}{% endmacro %}\n"
    macro = "{% macro text(panels, blocks) %}\n{{ blocks(panels[0].blocks) }}{{ helper() }}{% endmacro %}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{CONTROL}{helper}{macro}"))
    assert caught.value.problems[0].span.line == 3


@pytest.mark.parametrize(
    "expression",
    [
        "panels[0].blocks[0].message.msgid",
        "panels[0].blocks[0].message['msgid']",
        "panels[0].blocks[0].message",
        "panels[0].blocks[0].message|string",
        "panels[0].blocks[0].message ~ ''",
        "'%r'|format(panels[0].blocks[0].message)",
        "panels[0].blocks[0].message._message",
        "panels|map(attribute='blocks')|first|map(attribute='message.msgid')|join",
        "panels[0].blocks",
        "panels|pprint",
        "say('Take two')",
        "plain(panels[0])",
    ],
)
def test_a_message_is_printed_by_say_alone(expression: str, make_piece: MakePiece) -> None:
    """A macro can't print a message in English beside its translation, unmarked in a proof and signed by no one."""
    macro = f"{{% macro text(panels, say, plain) %}}\n{{{{ {expression} }}}}{{% endmacro %}}"
    with pytest.raises(ComposeError) as caught:
        compose(with_template(make_piece(BODY), f"{CONTROL}{macro}"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.path, problem.span.line) == ("template", "layouts/slip/template.html", 3)
    assert "Your visit" not in problem.message


@pytest.mark.parametrize("expression", ["panels[0].blocks[0].message", "panels[0].blocks[0].message.msgid"])
def test_the_hint_says_how_a_message_is_printed(expression: str, make_piece: MakePiece) -> None:
    """A macro that prints a message raw gets the expression that sets it."""
    with pytest.raises(ComposeError) as caught:
        compose(
            with_template(
                make_piece(BODY), f"{CONTROL}{{% macro text(panels) %}}{{{{ {expression} }}}}{{% endmacro %}}"
            )
        )
    assert "{{ say(block.message) }}" in caught.value.problems[0].hint


def test_a_control_line_cannot_be_read(make_piece: MakePiece) -> None:
    """A macro that looks into a control line finds the same on a proof and on its release: it only places the line."""
    look = """{% set line %}{{ control[0] }}{% endset %}
<p class="{{ 'PROOF' in line }} has-{{ line|length }}">{{ line }}</p>"""
    piece = with_template(make_piece(BODY), f"{TEXT}{{% macro control(control) %}}{look}{{% endmacro %}}")
    release = replace(piece, marking="release", control=replace(piece.control, version="1.0", inputs="0"))
    proof, released = (
        next(part.html for part in compose(one).parts if part.frame == "control") for one in (piece, release)
    )
    assert "False" in proof
    assert proof.replace("PROOF", "1.0").replace("0123abcd", "0") == released


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_release_has_the_frames_of_its_proof(tag: str, make_piece: MakePiece) -> None:
    """Without what only a proof has (marks, PROOF and its hash) both say the same, in the same places."""
    piece = make_piece("\n<!-- panel: a -->\n\n# Call {phone}\n\nNow.\n", tag, SAID_SHORT if tag == "ar" else None)
    release = replace(piece, marking="release", control=replace(piece.control, version="1.0", inputs="fedcba98"))
    proof, released = compose(piece), compose(release)
    assert proof.frames == released.frames
    one, other = ({part.frame: part.html for part in made.parts} for made in (proof, released))
    assert one.pop("control") != other.pop("control")
    assert one == other


SAID_SHORT = {"Call {phone}": "اتصل على {phone}", "Now.": "الآن."}


def test_text_is_never_left_out(make_piece: MakePiece) -> None:
    """A template that leaves a message out is refused."""
    piece = make_piece(BODY)
    with pytest.raises(ComposeError) as caught:
        compose(with_template(piece, TEXT.replace("].blocks", "].blocks[1:]") + CONTROL))
    assert [problem.code for problem in caught.value.problems] == ["text-unset"]
    assert "leaves out this heading 1" in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("body", "sources"),
    [
        ("Text.", {"text": "document", "control": "staff"}),
        ("Call {emergency}.", {"text": "document", "control": "staff"}),
        ("Call {phone}.", {"text": "clinic", "control": "staff"}),
    ],
)
def test_whose_content_a_frame_is(body: str, sources: dict[str, str], make_piece: MakePiece) -> None:
    """A frame is the clinic's if its macro has the clinic's values, or its text a placeholder with one of them."""
    made = compose(make_piece(f"\n<!-- panel: a -->\n\n{body}\n"))
    assert {part.frame: part.source for part in made.parts} == sources


def test_a_frame_without_content_is_left_out(make_piece: MakePiece) -> None:
    """A frame in which nothing is written is neither on the page nor measured."""
    piece = make_piece("\n<!-- panel: a -->\n\nText.\n")
    made = compose(with_template(piece, TEXT + "{% macro control(logo) %}{% if logo %}x{% endif %}{% endmacro %}"))
    assert [frame.name for frame in made.frames] == [part.frame for part in made.parts] == ["text"]


def test_a_template_is_compiled_once(make_piece: MakePiece, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout's templates are compiled for its first piece and not again."""
    piece = make_piece("\n<!-- panel: a -->\n\nOne.\n")
    compose(piece)
    monkeypatch.setattr(Environment, "_generate", None)
    assert "One." in compose(piece).html


@pytest.mark.parametrize(("layout", "divided"), [("trifold", True), ("large-print", False), ("wallet-card", False)])
def test_only_brochures_divide_words(layout: str, divided: bool) -> None:
    """Words of a brochure may be divided; those of a card and of large print never are."""
    from pressroom.compose.geometry import geometry_css
    from pressroom.workspace.workspace import Workspace

    found = Workspace.open(ROOT).layout(layout)
    css = geometry_css(found, lambda _: find_language("de"), {}, {}, ZERO, Spill())
    assert ("hyphens: auto" in css) is divided


@pytest.mark.parametrize(
    ("tag", "rule"), [("ja", "line-break: strict; word-break: auto-phrase;"), ("ko", "word-break: keep-all;")]
)
def test_a_web_page_breaks_lines_as_paper_does(tag: str, rule: str) -> None:
    """A browser is told where no line of Japanese or Korean ends, for the page has no signs that say so."""
    assert f":lang({tag}) {{ {rule} }}" in engine_style("web.css").text

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.compose import ComposeError, Piece, compose
from pressroom.compose.signed_values import FrameRules, TokenStore, unsigned_fault

MakePiece = Callable[..., Piece]
BODY = "\n<!-- panel: a -->\n\n# Blood clot\n\nCall {phone}.\n\n- Swelling\n- Pain\n"
SAID = {
    "Blood clot": "جلطة", "Call {phone}.": "اتصل {phone}.", "Swelling": "تورم", "Pain": "ألم",
    "Draft: not for patients": "مسودة",
}  # fmt: skip
CONTROL = "{% macro control(control) %}{{ control[0] }}{% endmacro %}\n"
ALL = "{{ blocks(panels[0].blocks) }}"


def _composed(make_piece: MakePiece, macro: str, tag: str = "en") -> str:
    piece = make_piece(BODY, tag, None if tag == "en" else SAID)
    return compose(replace(piece, layout=replace(piece.layout, templates={"template.html": CONTROL + macro}))).html


def _macro(html: str, *names: str) -> str:
    return f"{{% macro text({', '.join(('panels', 'blocks', *names))}) %}}\n{html}{{% endmacro %}}"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (f"<p>Not</p>{ALL}", "look-adds"),
        (f"<p>&#78;ot</p>{ALL}", "look-adds"),
        (f"<p>✗</p>{ALL}", "look-adds"),
        (f"{{{{ 'No' }}}}{ALL}", "look-adds"),
        (f"{{{{ 9 }}}}{ALL}", "look-adds"),
        (f"{{{{ 'N' ~ 'o' }}}}{ALL}", "look-adds"),
        (f"{{{{ panels[0].name }}}}{ALL}", "look-adds"),
        (f"{{% for b in panels[0].blocks %}}{{{{ loop.index }}}}{{% endfor %}}{ALL}", "look-adds"),
        (f"{{% filter upper %}}no{{% endfilter %}}{ALL}", "look-adds"),
        (f'<p title="Not"></p>{ALL}', "look-hides"),
        (f'<img src="" alt="Not">{ALL}', "look-adds"),
        (f'<div style="opacity: 0">{ALL}</div>', "look-hides"),
        (f"<div hidden>{ALL}</div>", "look-hides"),
        (f'<ol start="911"></ol>{ALL}', "look-hides"),
        (f"<ol reversed></ol>{ALL}", "look-hides"),
        (f'<div class="proof">{ALL}</div>', "look-hides"),
        (f'<div class="running-title">{ALL}</div>', "look-hides"),
        (f'<div class="end" id="end-text"></div>{ALL}', "look-hides"),
        (f"<s>{ALL}</s>", "template"),
        (f'<bdo dir="rtl">{ALL}</bdo>', "template"),
        (f"<q></q>{ALL}", "template"),
        (f'<div dir="rtl">{ALL}</div>', "look-turns"),
        (f'<div lang="fr">{ALL}</div>', "look-turns"),
        ("{% for b in panels[0].blocks|reverse %}{{ blocks([b]) }}{% endfor %}", "look-turns"),
        (f"{ALL}{{{{ blocks(panels[0].blocks[:1]) }}}}", "look-turns"),
        ("{{ blocks(panels[0].blocks)|reverse }}", "look-adds"),
        ("{% set lost = blocks(panels[0].blocks) %}", "text-unset"),
        ("{% if blocks(panels[0].blocks) %}{% endif %}", "text-unset"),
    ],
)
def test_a_template_that_lies(html: str, code: str, make_piece: MakePiece) -> None:
    """A template prints no word of its own, and no message twice, in parts or in another order."""
    with pytest.raises(ComposeError) as caught:
        _composed(make_piece, _macro(html))
    (problem,) = caught.value.problems
    assert (problem.code, problem.span.path) == (code, "layouts/slip/template.html")
    assert problem.span.line in (2, 3)
    assert problem.hint


@pytest.mark.parametrize(
    "expression",
    [
        "say(panels[0].blocks[1].message)[:3]",
        "say(panels[0].blocks[1].message)|replace('0', '1')",
        "say(panels[0].blocks[1].message)|truncate(2, True, '')",
        "say(panels[0].blocks[1].message)|list|first",
        "clinic.phone|reverse",
        "clinic.name[1:]",
        "clinic.address|join(' not ')",
    ],
)
def test_a_signed_text_is_placed_whole(expression: str, make_piece: MakePiece) -> None:
    """A template can't cut or change a message or a clinic's number: it never has the text."""
    with pytest.raises(ComposeError) as caught:
        _composed(make_piece, _macro(f"{{{{ {expression} }}}}{ALL}", "say", "clinic"))
    assert caught.value.problems[0].code in ("look-turns", "look-adds", "text-unset")


@pytest.mark.parametrize(
    "condition",
    [
        "clinic.phone == '801-555-0142'",
        "'801' in clinic.phone",
        "clinic.phone|replace('801', '911') != clinic.phone",
        "say(panels[0].blocks[0].message)|length > 30",
    ],
)
def test_a_template_does_not_know_what_a_text_says(condition: str, make_piece: MakePiece) -> None:
    """A condition on the content of a text never holds."""
    html = f'{ALL}{{% if {condition} %}}<p class="odd"></p>{{% endif %}}'
    if "say(" in condition:
        with pytest.raises(ComposeError):
            _composed(make_piece, _macro(html, "say", "clinic"))
    else:
        assert "odd" not in _composed(make_piece, _macro(html, "say", "clinic"))


def test_words_keep_the_direction_of_their_frame(make_piece: MakePiece) -> None:
    """Arabic words are not set from the left, while a clinic's name in Latin letters is."""
    latin = '<p lang="en" dir="ltr">{{ clinic.name }}</p>'
    assert "Larkspur" in _composed(make_piece, _macro(f"{latin}{ALL}", "clinic"), "ar")
    with pytest.raises(ComposeError) as caught:
        _composed(make_piece, _macro(f'<div dir="ltr">{ALL}</div>'), "ar")
    assert caught.value.problems[0].code == "look-turns"


def test_what_a_template_may_write(make_piece: MakePiece) -> None:
    """Values, words, separators, a condition on whether the clinic has a number, and a line of its address."""
    html = (
        "<p>{{ clinic.address|join(', ') }} · {% if clinic.phone %}{{ clinic.phone }}{% endif %}</p>"
        '<p><a href="{{ clinic.phone|phone_link }}">{{ clinic.address[0]|address_line }}</a> ({{ frame.autonym }})</p>'
    )
    made = _composed(make_piece, _macro(html + ALL, "clinic", "frame"))
    assert "1 Meadow Lane, Larkspur · 801-555-0142" in made
    assert 'href="tel:8015550142"' in made
    assert "(English)" in made


def test_the_same_html_is_judged_by_its_own_texts() -> None:
    """A token is of words or of a number, has a direction, and may be one of two, whatever it was in another frame."""
    found = []
    for spoken, count, direction in ((0, 1, "ltr"), (1, 1, "rtl"), (1, 1, "ltr"), (0, 1, "rtl"), (0, 2, "ltr")):
        tokens = TokenStore()
        tokens.spoken |= {f"\ufdd0{number}\ufdd1" for number in range(spoken)}
        tokens.messages |= {f"\ufdd0{number}\ufdd1": (None, f"text {number}") for number in range(count)}
        rules = FrameRules("en", direction, frozenset(), ((None, "text 0"), (None, "text 1")))
        fault = unsigned_fault('<p dir="ltr">\ufdd00\ufdd1</p>', tokens, rules)
        found.append(fault and fault.code)
    assert found == [None, "look-turns", None, None, "text-unset"]

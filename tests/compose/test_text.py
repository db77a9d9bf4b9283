from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pressroom.catalog import Translation
from pressroom.catalog.translation import Status, Translated
from pressroom.compose.text import Shown, TextSetter, address_line, leads_to
from pressroom.content import Message
from pressroom.content.inline import TOKEN, parse_inline
from pressroom.diagnostics import Span
from pressroom.language import find_language

VALUES = {"phone": "801-555-0142", "emergency": "911", "clinic": "A & B <Clinic>", "url": ""}


def _set(msgid: str, text: str | None = None, tag: str = "en", *, marks: bool = True, **more: object) -> str:
    message = Message(msgid, Span("a.md", 1), **more)
    status = "translated" if text is not None or tag == "en" else "untranslated"
    if text is not None and text.startswith("~"):
        status, text = "fuzzy", msgid
    translated = Translated(msgid if text is None else text, status, Span("a.po", 1))
    translation = Translation(tag, "a.po", {message.key: translated})
    return str(TextSetter(find_language(tag), translation, VALUES, marks).set(message))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<span style="display: none">Call</span>',
        "&lt;b&gt; &amp; <b>",
        "{{ clinic }} {% raw %}",
        "<!-- x --> ]]> <img src=x>",
    ],
)
def test_html_is_text(text: str) -> None:
    """HTML or template syntax in a translation is printed as it stands."""
    html = _set("a", text, "es")
    assert not re.search(r"<(?!/?(?:span|b|i|br|a)\b)", html)
    assert "style" not in re.sub(r">[^<]*<", "", f">{html}<")
    bare = re.sub(r"<[^>]*>", "", html)
    assert "<" not in bare


@given(st.text(max_size=60))
def test_no_tag_but_our_own(text: str) -> None:
    """Whatever a translator writes, the tags of the HTML are the setter's own."""
    # An unknown placeholder or link is refused long before (`placeholder-unknown`, `link-token`).
    assume(not any(token["placeholder"] or token["link"] for token in TOKEN.finditer(text)))
    tags = re.findall(r"<[^>]*>", _set("a", text, "es")) if text.strip() else []
    ours = re.compile(r'</?(?:b|i|br|span)>|<span class="[a-z -]+"(?: dir="ltr")?>|<span class="flagged".*>')
    assert [tag for tag in tags if not ours.fullmatch(tag)] == []


def test_markup() -> None:
    """Bold, italic, hard breaks and links are what there is."""
    html = _set("**a** *b*\n[c]{1}", links=("https://a.example/?x",))
    address = '<span class="keep">a.example/?x</span>'
    assert html == f'<b>a</b> <i>b</i><br><a href="https://a.example/?x">c ({address})</a>'


def test_placeholders() -> None:
    """A placeholder prints the clinic's value, escaped, left to right whatever surrounds it."""
    html = _set("{clinic}: {emergency}", "{emergency} اتصل {clinic}", "ar")
    assert '<span class="value value-emergency" dir="ltr"><a href="tel:911">911</a></span>' in html
    assert '<span class="value value-clinic" dir="ltr">A &amp; B &lt;Clinic&gt;</span>' in html


def test_line_to_write_on() -> None:
    """A value that is not known is a line to write it on: none is invented."""
    assert _set("{url}") == '<span class="write-on"></span>'


def test_right_to_left() -> None:
    """In right-to-left text a Latin word and a number typed by hand are isolated as well."""
    html = _set("a", "اختبار CSF 10–20 mL", "ar")
    assert re.findall(r'dir="ltr">([^<]*)<', html)
    assert "".join(re.findall(r'dir="ltr">([^<]*)<', html)).replace("\u00a0", " ") == "CSF 10–20 mL"


@pytest.mark.parametrize(("text", "said"), [(None, "NOT TRANSLATED"), ("~vieja", "FUZZY: CHECK")])
def test_doubtful(text: str | None, said: str) -> None:
    """An untranslated or fuzzy message is printed in English and says so; fuzzy text never is."""
    html = _set("Call now", text, "ar")
    assert said in html
    assert 'lang="en" dir="ltr"' in html
    assert "Call now" in re.sub(r"<[^>]*>", "", html)
    assert "vieja" not in html
    assert said not in _set("Call now", text, "ar", marks=False)


@pytest.mark.parametrize(("status", "said"), [("untranslated", "EN"), ("fuzzy", "CHECK")])
def test_doubtful_on_a_card(status: Status, said: str) -> None:
    """A card has room for one short word."""
    message = Message("Call now", Span("a.md", 1))
    known = {message.key: Translated("Call now", status, Span("a.po", 1))}
    setter = TextSetter(find_language("pl"), Translation("pl", "a.po", known), VALUES, True, brief=True)
    assert f'<span class="tag">{said}</span>' in setter.set(message)


def test_plain() -> None:
    """Where there is no markup a message is its words alone, without the signs that hold a line together."""
    message = Message("a **b** {emergency}", Span("a.md", 1))
    known = {message.key: Translated("硬膜外**血贴** {emergency}", "translated", Span("a.po", 1))}
    setter = TextSetter(find_language("zh-Hans"), Translation("zh-Hans", "a.po", known), VALUES, True)
    assert setter.plain(message) == "硬膜外血贴 911"
    assert setter.plain(Message("Not *said*", Span("a.md", 1))) == "Not said"


def test_pending() -> None:
    """Words that wait for a clinician are marked in a proof."""
    assert _set("Run", pending="clinician") == '<span class="pending">Run</span>'
    assert _set("Run", pending="clinician", marks=False) == "Run"


def test_english_terms_are_told() -> None:
    """An English term in another script is marked as English for who hears it; a number or an address is not."""
    html = _set("a", "اختبار (CSF) اختبار 10 https://a.example/b", "ar")
    assert '<span class="keep latin" lang="en" dir="ltr">(CSF)' in html
    assert html.count('lang="en"') == 1


def test_spaces_stand_apart() -> None:
    """On paper the space before an element is in one of its own, or WeasyPrint ends lines too soon."""
    assert _set("Call {emergency} now", "Call {emergency} now").startswith(
        'Call<span> </span><span class="value value-emergency" dir="ltr"><a href="tel:911">'
    )
    message = Message("Call {emergency} now", Span("a.md", 1))
    english = Translation("en", "a.po", {message.key: Translated(message.msgid, "translated", message.span)})
    assert "<span> </span>" not in TextSetter(find_language("en"), english, VALUES, False, links=True).set(message)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("(801) 555-0142", "tel:8015550142"),
        ("+49 30 23125 017", "tel:+493023125017"),
        ("801-555-0142 x21", "tel:8015550142;ext=21"),
    ],
)
def test_a_number_is_called(value: str, address: str) -> None:
    """Pressing a number calls it, and its extension after it."""
    assert leads_to("phone", value) == address


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("650 East Street, Suite 100", '650 East Street,<span> </span><span class="keep">Suite 100</span>'),
        ("Salt Lake City, UT 84107", 'Salt Lake City,<span> </span><span class="keep">UT 84107</span>'),
        ("1 Meadow & Brook Lane", "1 Meadow &amp; Brook Lane"),
        ("Haus <4> 12b", 'Haus<span> </span><span class="keep">&lt;4&gt; 12b</span>'),
        ("", ""),
    ],
)
def test_numbers_stay_with_their_word(line: str, html: str) -> None:
    """A line of an address ends neither before a suite's number nor before a state's code, and is escaped."""
    assert address_line(line) == html


def test_a_text_shown_as_it_is_keeps_its_signs() -> None:
    """On a review sheet too, a sign stays with its number; nothing is bound, and mark-up is text."""
    shown = Shown(find_language("ar"))
    assert shown("يحتاج 65+ <b>") == 'يحتاج <span dir="ltr">65+ &lt;b&gt;</span>'
    assert Shown(find_language("en"))("Age 65+") == "Age 65+"
    together = [group.together for group in shown.groups(parse_inline("يحتاج **65**+ الآن").runs)]
    assert together == [False, True, False]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("تناول **5** µg كل", "5 µg"),
        ("هدفك **65**+ الآن", "65+"),
        ("هو **Dr.** Jane Smith هنا", "Dr. Jane Smith"),
        ("من 10–**20** mL كل", "10–20 mL"),
        ("هو *E.* coli هنا", "E. coli"),
        ("انظر [CT]{1} 5 مرات", "CT (a.example) 5"),
    ],
)
def test_a_sign_in_another_run_stays_with_its_number(text: str, together: str) -> None:
    """Bold or a link ends within a quantity: all of it is in one element that runs left to right."""
    html = _set("a", text, "ar", marks=False, links=("https://a.example",)).replace("\u00a0", " ")
    start = html.index('<span class="keep" dir="ltr">')
    depth, end = 0, start
    for tag in re.finditer(r"<(/?)span", html[start:]):
        depth += -1 if tag[1] else 1
        if not depth:
            end = start + tag.end()
            break
    assert re.sub(r"<[^>]*>?", "", html[start:end]) == together


def test_a_hyphen_after_a_word_in_bold_is_no_minus() -> None:
    """What is beside a run counts: in a message the hyphen joins the bold word and the number."""
    assert '</b>-<span class="keep latin" dir="ltr">19</span>' in _set("a", "**كوفيد**-19 مرض", "ar", marks=False)


@pytest.mark.parametrize("text", ["اتصل {phone} (CSF) الآن", "**CT** و MRI", "[انظر 5]{1} mg", "هدفك 65+ الآن"])
def test_runs_that_are_apart_stay_apart(text: str) -> None:
    """A placeholder's value, words between and half a link are in no common element."""
    assert '<span class="keep" dir="ltr">' not in _set("a", text, "ar", marks=False, links=("https://a.example",))

from __future__ import annotations

import re

import pytest

from pressroom.catalog import Translation
from pressroom.catalog.translation import Translated
from pressroom.compose.text import TextSetter
from pressroom.compose.web_addresses import address_parts, printed_address
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

VALUES = {"phone": "801-555-0142", "emergency": "911", "clinic": "C", "address": "1 Road", "url": "https://c.example/a"}
LINK = "https://clinic.example/find?lang=es&region=ut"


def _setter(msgid: str, text: str, tag: str, *, screen: bool, links: tuple[str, ...]) -> tuple[TextSetter, Message]:
    message = Message(msgid, Span("a.md", 1), links=links)
    known = {message.key: Translated(text, "translated", Span("a.po", 1))}
    return TextSetter(find_language(tag), Translation(tag, "a.po", known), VALUES, False, screen), message


def _set(text: str, tag: str = "en", *, screen: bool = False, links: tuple[str, ...] = (LINK,)) -> str:
    setter, message = _setter(text, text, tag, screen=screen, links=links)
    return str(setter.set(message))


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).translate({0x200B: None, 0x2060: None, 0xA0: " "})


def test_in_brackets() -> None:
    """On paper the address of a link is behind its words, as it is written, and leads to where the words do."""
    html = _set("Go to [our map]{1} now.")
    assert _words(html) == "Go to our map (clinic.example/find?lang=es&amp;region=ut) now."
    assert html.count("<a ") == 1
    assert 'href="https://clinic.example/find?lang=es&amp;region=ut"' in html


def test_below() -> None:
    """A text that is one link has its address on a line of its own, in bold."""
    html = _set("[Read more]{1}:")
    assert _words(html.partition("<br>")[0]) == "Read more:"
    assert re.search(r'<br><a href="[^"]*"><b><span', html)
    setter, message = _setter("[Read more]{1}:", "[Read more]{1}:", "en", screen=False, links=(LINK,))
    assert setter.leads(message)
    setter, message = _setter("See [us]{1}", "See [us]{1}", "en", screen=False, links=(LINK,))
    assert not setter.leads(message)


def test_on_a_screen() -> None:
    """On a screen one presses the words: the address is marked as what only a printer shows."""
    html = _set("Go to [our map]{1} now.", screen=True)
    shown = re.sub(r'<span class="behind">.*?</span>\)</span>', "", html)
    assert _words(shown) == "Go to our map now."
    assert _words(html) == "Go to our map (clinic.example/find?lang=es&amp;region=ut) now."


@pytest.mark.parametrize(
    ("text", "link", "words"),
    [
        ("See [clinic.example]{1}.", "https://clinic.example/", "See clinic.example."),
        ("Write to [us]{1}.", "mailto:help@clinic.example", "Write to us (help@clinic.example)."),
        ("Ring [us]{1}.", "tel:+18015550142", "Ring us."),
        ("See [us]{1}.", "https://clinic.example/", "See us (clinic.example)."),
    ],
)
def test_what_is_printed(text: str, link: str, words: str) -> None:
    """No address is printed twice; a mail address is printed bare, and a telephone number is in the words."""
    assert _words(_set(text, links=(link,))) == words


@pytest.mark.parametrize(("tag", "brackets"), [("es", " ()"), ("zh-Hans", "（）"), ("ja", "（）"), ("ar", " ()")])
def test_brackets_of_a_script(tag: str, brackets: str) -> None:
    """The brackets are the script's own; in right-to-left text the address runs left to right."""
    html = _set("[血贴]{1} 血贴", tag)
    assert _words(html) == f"血贴{brackets[:-1]}clinic.example/find?lang=es&amp;region=ut{brackets[-1]} 血贴"
    assert ('dir="ltr">clinic' in html) == (tag == "ar")


@pytest.mark.parametrize("tag", ["en", "de", "th", "km", "zh-Hans", "ar", "ur"])
def test_parts(tag: str) -> None:
    """A long address may be broken after / . - @ and nowhere else, and has no hyphen but its own."""
    address = "www.clinic.example.org/patients/blood-clots/what-to-do-next.html"
    html = _set(f"See {address} now", tag, links=())
    shown = re.search(r"www[^<]*", html)
    assert shown is not None
    assert shown[0].replace("\u200b", "") == address
    assert set(re.findall("(.)\u200b", shown[0])) == {"/", ".", "-"}
    assert "web-address" in html
    assert address_parts("a.b@c-d.patients.example") == ["a.", "b@", "c-", "d.", "patients.", "example"]
    assert address_parts("a.b@c-d.example") == ["a.b@c-d.example"]


def test_short_address() -> None:
    """An address that fits on every line is not broken at all."""
    assert '<span class="keep">www.clinic.example.org</span>' in _set("See www.clinic.example.org.", links=())


def test_address_of_a_clinic() -> None:
    """The clinic's own address can be broken too, and is a link on paper as well."""
    html = _set("{url}", links=())
    assert html.startswith('<span class="value value-url" dir="ltr"><a href="https://c.example/a"><span class="keep')


def test_telephone_numbers_lead_somewhere() -> None:
    """On paper and on screens a number is a link that a telephone can dial."""
    for screen in (True, False):
        assert 'href="tel:8015550142"' in _set("Call {phone}", screen=screen, links=())


@pytest.mark.parametrize(
    ("target", "printed"),
    [
        ("https://a.example/", "a.example"),
        ("https://a.example/b/?c=1", "a.example/b/?c=1"),
        ("http://a.example/", "http://a.example"),
        ("mailto:b@a.example", "b@a.example"),
    ],
)
def test_printed(target: str, printed: str) -> None:
    """What is printed is what a reader types to get there."""
    assert printed_address(target) == printed

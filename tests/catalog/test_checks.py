"""The rules, each with what it finds and what it lets pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pressroom.catalog import UNBUILDABLE, UNWAIVABLE, Catalog, check_catalog
from pressroom.catalog.checks import RULES
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, documented_codes
from pressroom.language import find_language

Check = Callable[..., list[Diagnostic]]

FOUND = [
    ("Call {phone}", "Llame", "es", ["placeholder-lost"]),
    ("Call {phone}", "Llame al {phone} o {phone}", "es", ["placeholder-doubled"]),
    ("Call {phone}", "Llame al {phone} o {clinic}", "es", ["placeholder-unknown"]),
    ("Call {phone}", "Llame al {telefono}", "es", ["placeholder-lost", "placeholder-unknown"]),
    ("Call {phone}", "Llame al { phone }", "es", ["placeholder-lost", "markup-broken"]),
    ("Call {phone}", "呼叫｛phone｝", "zh-Hans", ["placeholder-lost"]),
    ("See [our guide]{1}", "Vea nuestra guía", "es", ["link-token"]),
    ("See [our guide]{1}", "Vea [nuestra guía]{2}", "es", ["link-token", "link-token"]),
    ("See [our guide]{1}", "Vea [nuestra guía](http://x.example)", "es", ["link-token", "link-token"]),
    ("See our guide", "Vea www.example.com", "es", ["link-token"]),
    ("**Swelling** of a leg", "**Hinchazón de una pierna", "es", ["markup-broken"]),
    ("**Swelling** of a leg", "Hinchazón de una pierna", "es", ["bold-changed"]),
    ("Swelling of a leg", "*Hinchazón* de una pierna", "es", ["italic-added"]),
    ("Swelling", "<b>Hinchazón</b>", "es", ["translation-html"]),
    ("Swelling", "Hinchazón&nbsp;", "es", ["translation-html"]),
    ("Swelling", "Hinchazón <!-- no -->", "es", ["translation-html"]),
    ("Swelling", "{{ 7 }}", "es", ["template-syntax", "markup-broken", "number-changed"]),
    ("Swelling", "Hinchazón {% raw %}", "es", ["template-syntax", "markup-broken"]),
    ("Call 112", "Llame al \u202e211", "es", ["bidi-control", "number-changed", "phone-typed"]),
    ("Call 112", "Llame al &#x202e;112", "es", ["bidi-control", "translation-html", "number-changed"]),
    ("Swelling", "Hinchazón\x07", "es", ["control-character"]),
    ("Swelling", "Hinchazón\u2028", "es", ["control-character"]),
    ("Swelling", "Hinchazón\ue000", "es", ["control-character"]),
    ("Swelling", "Hin\u200bchazón", "es", ["zero-width"]),
    ("Take 10 mg", "۱\u200c۰ میلی‌گرم", "fa", ["zero-width", "number-changed"]),
    ("Take 5 mg", "Tome 50 mg", "es", ["number-changed"]),
    ("Take 5 mg", "Tome cinco mg", "es", ["number-changed"]),
    ("Take 1.5 mg", "Nehmen Sie 15 mg", "de", ["number-changed"]),
    ("Take 10–20 mL", "Tome 10 mL", "es", ["number-changed"]),
    ("Call 112", "Llame al 911", "es", ["number-changed", "phone-typed"]),
    ("Call {emergency}", "Llame al {emergency} (911)", "es", ["number-changed", "phone-typed"]),
    ("Call {emergency}", "呼叫{emergency}（１２０）", "zh-Hans", ["number-changed", "phone-typed"]),
    ("Call {phone}", "Llame al {phone}, 801-555-0100", "es", ["number-changed", "phone-typed"]),
]

PASSED = [
    ("Call {phone} or {emergency}", "Llame al {emergency} o al {phone}", "es"),
    ("**Swelling** and **pain** in *one* leg", "一条腿**疼痛**和**肿胀**", "zh-Hans"),
    ("**Chest pain:** sharp", "**胸痛（尖锐）**可能", "zh-Hans"),
    ("Take 10 mg twice a day", "每天 2 次，每次 10 毫克", "zh-Hans"),
    ("Take 10 mg", "تناول ١٠ ملغ", "ar"),
    ("Take 10 mg", "१० मिलीग्राम लिनुहोस्", "ne"),
    ("Take 1.5 mg", "Nehmen Sie 1,5 mg", "de"),
    ("Take 1.5 mg", "Tome 1.5 mg", "es"),
    ("Take 1.5 mg", "۱٫۵ میلی‌گرم", "fa"),
    ("Drink 1,500 mL", "Trinken Sie 1.500 ml", "de"),
    ("Drink 1,500 mL", "Buvez 1 500 ml", "fr"),
    ("Drink 1,500 mL", "Buvez 1\u202f500 ml", "fr"),
    ("Drink 1,500 mL", "Пейте 1500 мл", "ru"),
    ("Half, ½ tablet", "Media, 1/2 tableta", "es"),
    ("10–20 mL", "20–10 مل", "ar"),
    ("Once in July", "7月に1回", "ja"),
    ("650 East 4500 South", "650 East 4500 South", "ar"),
    ("See [our guide]{1}.", "请参阅[我们的指南]{1}。", "zh-Hans"),
    ("Pain < 3 days & fever", "Dolor < 3 días & fiebre", "es"),
    ("Price \\* tax", "Precio \\* impuesto", "es"),
    ("Leg", "می‌تواند", "fa"),
    ("Leg", "ជើង\u200bម្ខាង", "km"),
    ("Leg\nArm", "Pierna\nBrazo", "es"),
]


@pytest.mark.parametrize(("english", "translation", "tag", "codes"), FOUND)
def test_a_breach_is_found(english: str, translation: str, tag: str, codes: list[str], check: Check) -> None:
    """Each breach is told by its code, at the msgstr's own line, with a next move and the English's place."""
    problems = check(english, translation, tag)
    assert sorted(problem.code for problem in problems) == sorted(codes)
    for problem in problems:
        assert problem.span == Span(f"locales/{find_language(tag).posix}/LC_MESSAGES/card.po", 41)
        assert problem.hint.endswith("; the English is source/cards/dvt-pe.md:10")


@pytest.mark.parametrize(("english", "translation", "tag"), PASSED)
def test_an_honest_translation_passes(english: str, translation: str, tag: str, check: Check) -> None:
    """Order, digits, decimal signs, punctuation and joiners of the language are no findings."""
    assert check(english, translation, tag) == []


def test_the_message_names_what_is_lost(check: Check) -> None:
    """A translator reads what is wrong and what to do."""
    (problem,) = check("Call {phone}", "Llame")
    assert str(problem.message) == 'translation of "Call {phone}" drops {phone}'
    assert problem.hint == "put {phone} where its value belongs; the English is source/cards/dvt-pe.md:10"


def test_what_is_not_printed_is_not_judged(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """Fuzzy, untranslated and obsolete entries are counted by others, and are no findings."""
    body = '#, fuzzy\nmsgid "Call {phone}"\nmsgstr "Llame"\n\nmsgid "Two"\nmsgstr ""\n\n#~ msgid "3"\n#~ msgstr "4"\n'
    assert check_catalog(messages("Call {phone}", "Two", "3"), catalog(body), find_language("es")) == []


def test_a_text_met_twice_is_judged_once(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """The finding points at the first place of the English."""
    problems = check_catalog(messages("5 mg", "5 mg"), catalog('msgid "5 mg"\nmsgstr "6 mg"\n'), find_language("es"))
    assert [problem.hint[-2:] for problem in problems] == ["10"]


def test_nothing_is_built_from_what_could_print_what_nobody_wrote() -> None:
    """The codes that bar even a proof are documented errors, and none of them can be waived."""
    assert UNBUILDABLE < UNWAIVABLE
    assert all(documented_codes()[code].severity == "error" for code in UNWAIVABLE)
    assert {"placeholder-lost", "translation-html", "bidi-control", "markup-broken"} <= UNBUILDABLE


def test_the_rules_can_be_read_aloud() -> None:
    """Every rule has a sentence for a name, and none stands twice."""
    names = [name for name, _ in RULES]
    assert len(set(names)) == len(names)
    assert all(" " in name for name in names)

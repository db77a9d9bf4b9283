"""The rules, each with what it finds and what it lets pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.checks import RULES, check_catalog
from pressroom.catalog.checks.pair import Pair
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, Subject, documented_codes
from pressroom.language import find_language, languages

Check = Callable[..., list[Diagnostic]]

FOUND = [
    ("Call {phone}", "Llame", "es", ["placeholder-lost"]),
    ("Call {phone}", "Llame al {phone} o {phone}", "es", ["placeholder-doubled"]),
    ("Call {phone}", "Llame al {phone} o {clinic}", "es", ["placeholder-unknown"]),
    ("Call {phone}", "Llame al {telefono}", "es", ["placeholder-lost", "placeholder-unknown"]),
    ("Call {phone}", "Llame al { phone }", "es", ["placeholder-lost", "markup-broken"]),
    ("Call {phone}", "呼叫｛phone｝", "zh-Hans", ["placeholder-lost"]),
    ("In an emergency call {emergency}", "En una emergencia llame al 1{emergency}", "es", ["phone-altered"]),
    ("In an emergency call {emergency}", "في حالة الطوارئ اتصل على ١ {emergency}", "ar", ["phone-altered"]),
    (
        "In an emergency call {emergency}",
        "En una emergencia llame al **1**{emergency}",
        "es",
        ["phone-altered", "bold-changed"],
    ),
    ("After your visit", "D7spués de su visita", "es", ["number-changed"]),
    ("Wait for 20 seconds", "Espere 20 segundo9s", "es", ["number-changed"]),
    ("Within 2 hours call {phone}", "Llame al {phone} 2 en dos horas", "es", ["phone-altered"]),
    ("Call {phone}", "Llame al +{phone}", "es", ["phone-altered"]),
    ("24 hours a day, call {phone}", "Llame al {phone}-24 horas al día", "es", ["phone-altered", "sign-changed"]),
    ("24 hours a day, call {phone}", "Llame al {phone}24 horas al día", "es", ["phone-altered"]),
    ("24 hours, {phone} or {emergency}", "{phone} 24 horas, {emergency}-1", "es", ["phone-altered", "number-changed"]),
    ("Call {phone}", "Llame al {phone} 24 horas al día", "es", ["phone-altered", "number-changed"]),
    ("See [our guide]{1}", "Vea nuestra guía", "es", ["link-token"]),
    ("See [our guide]{1}", "Vea [nuestra guía]{2}", "es", ["link-token", "link-token"]),
    ("See [our guide]{1}", "Vea [nuestra guía](http://x.example)", "es", ["link-token", "link-token"]),
    ("See our guide", "Vea www.example.com", "es", ["link-token"]),
    ("**Swelling** of a leg", "**Hinchazón de una pierna", "es", ["markup-broken"]),
    ("**Swelling** of a leg", "Hinchazón de una pierna", "es", ["bold-changed"]),
    ("Swelling of a leg", "- Hinchazón de una `pierna`", "es", ["markup-literal"]),
    ("Take 1 tablet once a day.", "Tome 1 tableta once a day.", "es", ["english-left"]),
    (
        "Do not drive for 24 hours after it.",
        "No conduzca for 24 hours after it.",
        "es",
        ["english-left", "unit-changed"],
    ),
    ("Rest and keep it dry.", "استرح and keep it dry.", "ar", ["english-left"]),
    ("Keep it dry", "Halten Sie es trocken and keep it dry", "de", ["english-left"]),
    ("A minimally-invasive patch", "- Un parche mínimo", "es", ["markup-literal"]),
    ("Swelling of a leg", "~~Dolor~~ Hinchazón de una pierna", "es", ["markup-literal"]),
    ("Swelling of a leg", "==Schwellung== eines Beins[^a]", "de", ["markup-literal"]),
    ("Swelling of a leg", "Schwellung {.rot} eines Beins", "de", ["markup-broken", "markup-literal"]),
    ("See [our site]{1}.", "Vea [s]{1}\n\n# NEW\n\n- item\n\n---\n", "es", ["markup-literal", "line-breaks", "ending"]),
    ("Wash your hands", "1. Lávese las manos", "es", ["markup-literal", "number-changed"]),
    ("Wash your hands", "> Lávese las manos", "es", ["markup-literal"]),
    ("Swelling of a leg", "*Hinchazón* de una pierna", "es", ["italic-added"]),
    ("Swelling", "<b>Hinchazón</b>", "es", ["translation-html"]),
    ("Swelling", "Hinchazón&nbsp;", "es", ["translation-html"]),
    ("Swelling", "Hinchazón <!-- no -->", "es", ["translation-html", "negation-changed"]),
    ("Swelling", "{{ 7 }}", "es", ["template-syntax", "markup-broken", "number-changed"]),
    ("Swelling", "Hinchazón {% raw %}", "es", ["template-syntax", "markup-broken"]),
    ("Call 112", "Llame al \u202e211", "es", ["bidi-control", "number-changed", "phone-typed"]),
    ("Call 112", "Llame al &#x202e;112", "es", ["bidi-control", "translation-html"]),
    ("Swelling", "Hinchazón\x07", "es", ["control-character"]),
    ("Swelling", "Hinchazón\u2028", "es", ["control-character"]),
    ("Swelling", "Hinchazón\ue000", "es", ["control-character"]),
    ("Swelling", "Hin\u200bchazón", "es", ["zero-width"]),
    ("Take 10 mg", "۱\u200c۰ میلی‌گرم", "fa", ["zero-width"]),
    ("Take 5 mg", "Tome 50 mg", "es", ["number-changed"]),
    ("Take 1.5 mg", "Nehmen Sie 15 mg", "de", ["number-changed"]),
    ("Take 10–20 mL", "Tome 10 mL", "es", ["number-changed"]),
    ("Call 112", "Llame al 911", "es", ["number-changed", "phone-typed"]),
    ("Call {emergency}", "Llame al {emergency} (911)", "es", ["number-changed", "phone-typed"]),
    ("Call {emergency}", "呼叫{emergency}（１２０）", "zh-Hans", ["number-changed", "phone-typed"]),
    ("Call {phone}", "Llame al {phone}, 801-555-0100", "es", ["number-changed", "phone-typed"]),
    ("Call {emergency}", "Llame al {emergency}, uno uno dos", "es", ["phone-typed", "word-twice"]),
    ("Call {emergency}", "请拨打{emergency}，一二〇", "zh-Hans", ["phone-typed"]),
    ("Call {emergency}", "โทร {emergency} เก้าหนึ่งหนึ่ง", "th", ["phone-typed"]),
    ("Call {phone}", "Wac {phone}, nine-one-one", "so", ["phone-typed"]),
    ("Take 5 mg", "Tome 5 mL", "es", ["unit-changed"]),
    ("Take 5 mg", "Примите 5 мкг", "ru", ["unit-changed"]),
    ("Take 5 mL", "服用5毫克", "zh-Hans", ["unit-changed"]),
    ("Fever over 38 °C", "Fiebre de más de 38 °F", "es", ["unit-changed"]),
    ("For 24 hours", "Por 24 días", "es", ["unit-changed"]),
    ("Take 5 mg", "Qaado 5 qiyaas", "so", ["unit-unknown"]),
    ("Take 10 mg", "Tome 1O mg", "es", ["look-alike", "number-changed"]),
    ("Swelling", "Hinсhazón", "es", ["look-alike", "wrong-script"]),
    ("Swelling", "Отeк", "ru", ["look-alike"]),
    ("Swelling", "ورم در پا براي شما", "fa", ["neighbour-letter"]),
    ("Swelling", "Hinchazón отек", "es", ["wrong-script"]),
    ("I, we", "ကၽြန္ေတာ္", "my", ["zawgyi"]),
    ("Swelling", "NiÃ±o", "es", ["mojibake"]),
    ("The patient’s leg", "La pierna del paciente â€™", "es", ["mojibake"]),
    ("Swelling", "Отек \ufffd", "ru", ["mojibake"]),
    ("Swelling of the leg", "???? ????", "ru", ["mojibake"]),
    ("Our services", "Các d?ch v? c?a chúng tôi", "vi", ["mojibake"]),
    ("Water", "?gua", "pt-BR", ["mojibake"]),
    ("Doctor", "Faka'uta", "to", ["apostrophe"]),
    ("Doctor", "‘uma", "sm", ["apostrophe"]),
    ("Doctor", "Azee’ííł’íní", "nv", ["apostrophe"]),
    ("Swelling of the leg", "Swelling of the leg", "es", ["untranslated-copy"]),
    (
        "Swelling, usually in one leg or arm, that does not go away by itself.",
        "Hinchazón.",
        "es",
        ["length-odd", "negation-changed"],
    ),
    ("One\nTwo", "Uno, dos", "es", ["line-breaks"]),
    ("Swelling", "Hinchazón ", "es", ["spaces"]),
    ("Take 5\u00a0mg", "Tome 5 mg", "es", ["no-break-lost"]),
    ("A “clot”", 'Un "coágulo"', "es", ["quotation-marks"]),
    ("A “clot”", "Un „coágulo“", "es", ["quotation-marks"]),
    ("A “clot”", "Un “coágulo", "es", ["quotation-marks"]),
    ("Leg, arm", "腿,手臂", "zh-Hans", ["local-sign"]),
    ("Leg?", "ساق?", "ar", ["local-sign"]),
    ("Signs:", "Signes :", "fr", ["french-space"]),
    ("Signs:", "Signes:", "fr", ["french-space"]),
    ("A “clot”", "Un « caillot »", "fr", ["french-space"]),
    ("Pain?", "Dolor?", "es", ["spanish-opening"]),
    ("Take 5 mg", "۵ ملغ", "ar", ["digits"]),
    ("Take 5 mg", "५ மி.கி.", "ta", ["digits"]),
]

PASSED = [
    ("Steps 1, 2, 3", "Pasos uno, dos, tres", "es"),
    ("Call {phone} 24 hours a day", "Llame al {phone} 24 horas al día", "es"),
    ("In an hour call {phone}", "Llame al {phone}. 1 hora después", "es"),
    ("Your A1C is 7%", "Su A1c es 7%", "es"),
    ("First visit", "1. Besuch", "de"),
    ("On 2026-11-23 at 19:00", "19:00 2026-11-23", "ar"),
    ("Sharp – very sharp", "Fuerte - muy fuerte", "es"),
    ("Themed", "«\u00a0thémé\u00a0»", "fr"),
    ("It must close", "aus\u00adschließ\u00adlich", "de"),
    ("Less than 20 mg/100 ml", "20mg／100ml未満", "ja"),
    ("Store it for 6 months in a safe", "6 in Worten: sechs Monate, in einem Tresor", "de"),
    (
        "  Restore\n  the page that was deleted by mistake, in the morning  ",
        "  Restaurer\n  la page supprimée par erreur  ",
        "fr",
    ),
    ("Call {phone} or {emergency}", "Llame al {emergency} o al {phone}", "es"),
    ("**Swelling** and **pain** in *one* leg", "一条腿**疼痛**和**肿胀**", "zh-Hans"),
    ("**Chest pain:** sharp", "**胸痛（尖锐）**可能", "zh-Hans"),
    ("Take 10 mg twice a day", "每天 2 次，每次 10 毫克", "zh-Hans"),
    ("Take 5 mg", "Tome cinco mg", "es"),
    ("Take 10 mg", "تناول ١٠ ملغ", "ar"),
    ("Take 10 mg", "௧௦ மி.கி.", "ta"),
    ("10 milligrams", "10 மில்லி கிராம்கள்", "ta"),
    ("10 milligrams", "10 మిల్లీగ్రాములు", "te"),
    ("10 milligrams", "10 മില്ലിഗ്രാം", "ml"),
    ("Call us today.", "Զանգահարեք այսօր։", "hy"),
    ("Call us today.", "Զանգահարեք այսօր:", "hy"),
    ("How are you?", "Ինչպե՞ս եք։", "hy"),
    ("How are you?", "Τι κάνετε;", "el"),
    ("10 milligrams", "10 միլիգրամ", "hy"),
    ("10 milligrams", "10 მილიგრამი", "ka"),
    ("10 milligrams", "10 χιλιοστόγραμμα", "el"),
    ("10 milligrams", "10 מיליגרם", "he"),
    ("10 milligrams", "මිලිග්‍රෑම් 10", "si"),
    ("Take 10 mg", "१० मिलीग्राम लिनुहोस्", "ne"),
    ("Take 1.5 mg", "Nehmen Sie 1,5 mg", "de"),
    ("Take 1.5 mg", "Tome 1.5 mg", "es"),
    ("Take 1.5 mg", "۱٫۵ میلی‌گرم", "fa"),
    ("Drink 1,500 mL", "Trinken Sie 1.500 ml", "de"),
    ("Drink 1,500 mL", "Buvez 1 500 ml", "fr"),
    ("Drink 1,500 mL", "Buvez 1\u202f500 ml", "fr"),
    ("Drink 1,500 mL", "Пейте 1500 мл", "ru"),
    ("The first visit", "1. Besuch", "de"),
    ("Ask at Guide to Health", "Pregunte en Guide to Health", "es"),
    ("Shortness of breath", "Disnea (shortness of breath)", "es"),
    ("Write to help@out.example or to me", "Escriba a help@out.example o a mí", "es"),
    ("Use a Doppler and ask a nurse", "Use un Doppler y pregunte", "es"),
    ("At night, do not go out", "In der Nacht do also nicht", "de"),
    ("The add-on and the check-in", "El add-on y el check-in", "es"),
    ("Take 2 tablets", "2. Tablette", "de"),
    ("- 5 °C is cold", "- 5 °C es frío", "es"),
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
    ("Take 5 mL", "Примите 5 мл", "ru"),
    ("Take 5 mL", "服用5毫升", "zh-Hans"),
    ("Take 5 mL", "服用 5 mL。", "zh-Hans"),
    ("Take 5 mg", "تناول ٥ ملغ", "ar"),
    ("Take 10–20 mL", "خذ 10–20 مل", "ar"),
    ("Take 5 mg", "Tome cada 5 miligramos", "es"),
    ("For 24 hours", "24 小时", "zh-Hans"),
    ("For 24 hours", "لمدة 24 ساعة", "ar"),
    ("Take 5 mg every 8 hours", "Tome 5 mg cada 8 horas", "es"),
    ("650 East, in 2 days", "650 East, en 2 días", "es"),
    ("COVID-19 and H2O", "COVID-19 и H2O", "ru"),
    ("β-blocker", "β-блокатор", "ru"),
    ("Vitamin A", "Витамин A", "ru"),
    ("Doctor", "fakaʻuta", "to"),
    ("Doctor", "azeeʼííłʼíní", "nv"),
    ("Utah Vascular Clinic", "Utah Vascular Clinic", "es"),
    ("Total", "Total", "fr"),
    ("CAFÉ, “CAFÉ”", "CAFÉ, “CAFÉ”", "es"),
    ("A “clot”", "Un «coágulo»", "es"),
    ("A “clot”", "Un «\u202fcaillot\u202f»", "fr"),
    ("Signs: {clinic}", "Signes\u00a0: {clinic}", "fr"),
    ("Signs?", "Signes\u202f?", "fr"),
    ("At 10:30", "À 10:30", "fr"),
    ("Pain?", "¿Dolor?", "es"),
    ("{clinic}: leg, arm", "{clinic}: 腿，手臂", "zh-Hans"),
    ("Leg, arm", "ساق، ذراع", "ar"),
    ("I, we", "ကျွန်တော်", "my"),
    ("Is a “leg” swollen?", "¿Está hinchada una “pierna”?", "es"),
    ("Take 5\u00a0mg", "服用5毫克", "zh-Hans"),
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
    assert check_catalog(messages("Call {phone}", "3", "Two"), catalog(body), find_language("es")) == []


def test_a_text_met_twice_is_judged_once(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """The finding points at the first place of the English."""
    problems = check_catalog(messages("5 mg", "5 mg"), catalog('msgid "5 mg"\nmsgstr "6 mg"\n'), find_language("es"))
    assert [problem.hint[-2:] for problem in problems] == ["10"]


def test_nothing_is_built_from_what_could_print_what_nobody_wrote() -> None:
    """The codes that bar even a proof are documented errors, and none of them can be waived."""
    for name in ("placeholder-lost", "translation-html", "bidi-control", "markup-broken", "link-token"):
        code = documented_codes()[name]
        assert (code.severity, code.bars, code.waivable) == ("error", "proof", False)


def test_a_finding_knows_its_message(messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]) -> None:
    """Whoever needs the message of a finding need not search for its line."""
    problems = check_catalog(messages("5 mg"), catalog('msgid "5 mg"\nmsgstr "6 mg"\n'), find_language("es"))
    assert [problem.subject for problem in problems] == [Subject("message", "5 mg", "", "6 mg")]


def test_a_text_longer_than_its_space_is_told(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """The limit is read from the flag, or from the comment where a tool deleted the flag; every mark counts."""
    limits = (
        "#, max-length:5\n",
        "#. At most 5 characters, {placeholders} and ** counted as they are written: the space is fixed.\n",
    )
    for said in limits:
        for text, found in (("abcdef", ["too-long"]), ("abcde", []), ("กี่กี่", ["too-long"]), ("กี่ก", [])):
            made = catalog(f'{said}msgid "Leg"\nmsgstr "{text}"\n', tag="th")
            assert [
                p.code for p in check_catalog(messages("Leg"), made, find_language("th")) if p.code == "too-long"
            ] == found


_SIGNS = "*_`~#|\\{}[]()<>&=%@:;.,?!¿¡«»“”\"'-–+0٣½²µ$^ \n\u00a0\u202f\u202e\u200b\ufffdéяaX"
PIECES = [*_SIGNS, "{phone}", "[guide]{1}", "**a**", "5 mg", "&#8238;", "www.x.org", "TODO", "</b>", "\\x{..}"]


def _pass_unseen(english: str, translation: str, tag: str) -> list[str]:
    """The rules that would find something in a text that they are not asked about."""
    pair = Pair.of(Message(english, Span("a.md", 1)), Entry(english, translation), find_language(tag), "a.po")
    rules = [rule for rule in RULES if rule.concerns is None or rule.concerns(pair.language)]
    unseen = [rule for rule in rules if rule.signs is not None and rule.signs.isdisjoint(pair.signs)]
    return [rule.name for rule in unseen if list(rule.check(pair))]


@pytest.mark.parametrize(("english", "translation", "tag", "codes"), FOUND)
def test_no_defect_passes_because_a_rule_is_not_asked(
    english: str, translation: str, tag: str, codes: list[str]
) -> None:
    """A rule that does not look at a text without certain signs would find nothing in it."""
    assert codes
    assert not _pass_unseen(english, translation, tag)


@given(
    *[st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)] * 2, st.sampled_from(("es", "fr", "ar"))
)
def test_no_text_passes_because_a_rule_is_not_asked(english: str, translation: str, tag: str) -> None:
    """The same in texts of random signs."""
    assert not _pass_unseen(english, translation, tag)


def test_the_rules_can_be_read_aloud() -> None:
    """Every rule has a sentence for a name, and none stands twice."""
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(" " in name for name in names)


@pytest.mark.parametrize("tag", sorted(languages()))
def test_every_language_may_write_its_own_quotation_marks(tag: str, check: Check) -> None:
    """Those of the registry, outer and inner, are no finding in any language."""
    outer, outer_end, inner, inner_end = languages()[tag].quotes
    for one, two in ((outer, outer_end), (inner, inner_end)):
        found = check("a “{clinic}” b", f"{one}{{clinic}}{two}", tag)
        assert not [d.message for d in found if d.code in ("quotation-marks", "apostrophe")]

"""How the lines of paragraphs end on laid-out pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pressroom.catalog import Translated, Translation
from pressroom.compose import HtmlPage, Sample
from pressroom.compose.review_sheet import ReviewSheet, Row, compose_review_sheet
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import Language, find_language
from pressroom.layout import Stylesheet

if TYPE_CHECKING:
    from weasyprint import Document

    from pressroom.render.page_boxes import TextLine

pytestmark = pytest.mark.usefixtures("fonts")
# A piece of running text of each; what it says does not matter, where its lines end does.
TEXTS = {
    "en": "the blood may seal the leak and mass effect equalizes the pressure on both sides of the membrane in time",
    "de": "das Blut kann das Leck abdichten und die Menge gleicht den Druck auf beiden Seiten der harten Hirnhaut aus",
    "ar": "يتخثر الدم فيسد التسرب ويساوي حجم الدم الضغط على جانبي الأم الجافية مما يتيح للثقب وقتا كي ينغلق",
    "ko": "혈액이 응고되어 누출 부위를 막을 수 있고 부피가 경막 양쪽의 압력을 같게 하여 구멍이 닫힐 시간을 줍니다",
    "vi": "máu đông lại có thể bịt chỗ rò và khối máu làm cân bằng áp lực ở hai bên màng để lỗ có thời gian tự đóng",
    "th": "เลือดที่แข็งตัวอาจปิดรูรั่วและปริมาตรเลือดทำให้ความดันทั้งสองข้างของเยื่อดูราเท่ากันจึงมีเวลาให้รูปิดไปได้เอง",
    "km": "ឈាមកកអាចបិទកន្លែងលេចធ្លាយហើយបរិមាណឈាមធ្វើឱ្យសម្ពាធទាំងសងខាងស្មើគ្នាដែលផ្ដល់ពេលឱ្យរន្ធនោះបិទដោយខ្លួនឯង",
    "my": "သွေးခဲခြင်းသည်ယိုစိမ့်မှုကိုပိတ်နိုင်ပြီးသွေးပမာဏသည်အမြှေးပါးနှစ်ဖက်ရှိဖိအားကိုညီမျှစေသည်",
    "ja": "血液が固まって漏れをふさぎ血液の量が硬膜の両側の圧力を等しくして穴が自然にふさがるための時間ができます",
    "zh-Hans": "血液凝固可能封住漏口而血液的体积使硬膜两侧的压力相等让破孔有时间自行封闭。",
}
KOREAN = "어느 누구도 고문, 또는 잔혹하거나 비인도적이거나 굴욕적인 처우 또는 형벌을 받지 아니한다"
# A letter with its place and its size, in points.
Letter = tuple[str, float, float, float]
WIDTHS = range(130, 260, 4)
PAGE = """
@page { size: 300pt 30000pt; margin: 0 }
body { font: 10pt/15pt FAMILY } p { margin: 0 0 5pt } .keep, .value-phone { white-space: nowrap }
.half { font-feature-settings: "halt" } .mark { font-feature-settings: "halt" 0 }
"""


def _composition(text: str, language: Language) -> HtmlPage:
    """The text in columns of many widths, one below another."""
    message = Message(text, Span("a.md"))
    known = {message.key: Translated(text, "translated", message.span)}
    setter = TextSetter(language, Translation(language.tag, "a.po", known), {"phone": "801-555-0142"}, marks=False)
    html = setter.set(message)
    columns = "".join(f'<p style="width: {width}pt">{html}</p>\n' for width in WIDTHS)
    family = ", ".join(f"'{family}'" for family in language.stack)
    body = f'<html lang="{language.tag}" dir="{language.direction}"><body class="flow">{columns}</body></html>'
    return HtmlPage(body, (Stylesheet("(test)", PAGE.replace("FAMILY", family)),))


def _columns(html: str, language: Language, more: str = "") -> HtmlPage:
    """Text in columns of many widths, one below another."""
    columns = "".join(f'<p style="width: {width}pt">{html}</p>\n' for width in WIDTHS)
    family = ", ".join(f"'{family}'" for family in language.stack)
    body = f'<html lang="{language.tag}" dir="{language.direction}"><body class="flow">{columns}</body></html>'
    return HtmlPage(body, (Stylesheet("(test)", PAGE.replace("FAMILY", family) + more),))


def _lines(page: HtmlPage, *, composed: bool) -> list[list[TextLine]]:
    from pressroom.render.engine import Engine
    from pressroom.render.line_ends import lay_out_flowing
    from pressroom.render.page_boxes import lines_by_element

    engine = Engine(page, "a.md")
    said = "".join(engine.root.itertext())
    pages = lay_out_flowing(engine, "") if composed else engine.lay_out("")
    assert "".join(engine.root.itertext()) == said
    return list(lines_by_element(pages).values())


def _ends_in_one_word(lines: list[TextLine], language: Language) -> bool:
    from pressroom.render.line_breaks import words_in

    return words_in(lines[-1].text, language.tag) <= 1


@pytest.mark.parametrize("tag", TEXTS)
def test_text_is_composed_in_as_many_lines(tag: str) -> None:
    """In columns of any width a text ends in more than a word, in as many lines as before, and none is too wide."""
    language = find_language(tag)
    page = _composition(TEXTS[tag], language)
    before, after = (_lines(page, composed=composed) for composed in (False, True))
    assert [lines for lines in before if _ends_in_one_word(lines, language)]
    alone = [lines[-1] for lines in after if _ends_in_one_word(lines, language)]
    # A Burmese word has its particles with it, and may be as long as a line that ends well.
    assert not [line for line in alone if tag != "my" or line.width < 0.35 * line.column]
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert all(line.width <= line.column + 0.05 for lines in after for line in lines)
    letters = [["".join(line.text for line in lines).replace(" ", "") for lines in way] for way in (before, after)]
    assert letters[0] == letters[1]


@pytest.mark.parametrize("tag", TEXTS)
def test_a_last_line_is_long_enough(tag: str) -> None:
    """Fewer last lines are short, and no more lines leave a hole than lines were short before."""
    page = _composition(TEXTS[tag], find_language(tag))
    short: list[int] = []
    for composed in (False, True):
        shares = [[line.width / line.column for line in lines] for lines in _lines(page, composed=composed)]
        short.append(sum(share[-1] < 0.35 or min(share[:-1], default=1) < 0.6 for share in shares))
    assert short[1] < short[0] / 2


@pytest.mark.parametrize("more", ["p { word-spacing: 2pt }", "i { float: left; width: 30pt; height: 90pt }"])
def test_what_is_left_as_the_engine_breaks_it(more: str) -> None:
    """Text whose words are set apart, or beside which something floats, keeps its lines."""
    page = _columns(f"<i></i>{TEXTS['en']}", find_language("en"), more)
    before, after = ([[line.text for line in lines] for lines in _lines(page, composed=way)] for way in (False, True))
    assert after == before


def test_soft_hyphens() -> None:
    """A word may end a line at a soft hyphen; its hyphen has room, and the text takes as many lines as before."""
    text = (
        TEXTS["de"].replace("gleicht", "Gleich\u00adgewichts\u00adverhältnis").replace("abdichten", "ab\u00addichten")
    )
    page = _columns(text, find_language("de"))
    before, after = (_lines(page, composed=composed) for composed in (False, True))
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert all(line.width <= line.column + 0.05 for lines in after for line in lines)
    hyphens = [sum(line.text.endswith("\u2010") for lines in way for line in lines) for way in (before, after)]
    assert hyphens[1] < hyphens[0] / 2


MIXED = {
    "en": "A <b>bold phrase AVA</b> and <i>To Tj</i>, 10–20\u00a0mL, <span style='font-size: 0.8em'>tiny</span> ffl",
    "ar": "نص <b>غامق هنا</b> ثم <span class='latin' dir='ltr'>CT 10–20 mL</span> والرقم ١٢٣، (بين قوسين) لا",
    "ur": "خون <b>کے دونوں</b> طرف دباؤ <span class='latin' dir='ltr'>MRI</span> کو برابر کر دیتا ہے۔ نہیں",
    "hi": "रक्त की <b>मात्रा</b> झिल्ली के दोनों ओर MRI दबाव को बराबर कर देती है। १२३",
    "ja": "血液が「固まって」、漏れを（ふさぎ）<b>血液</b>の量がCTで10 mLになる。",
    "th": "เลือดที่<b>แข็งตัว</b>อาจปิดรูรั่ว MRI และ 10 มล.",
    "km": "ឈាមកកអាច<b>បិទកន្លែង</b>លេចធ្លាយ MRI ១០",
    "my": "သွေးခဲခြင်းသည် <b>ယိုစိမ့်မှုကို</b> ပိတ်နိုင်ပြီး MRI ၁၀ ဖြစ်\u200bနိုင်ခြေများသော နည်း\u200bလမ်း",
    "he": "הדם <b>נקרש</b> וסותם את הדליפה, <span class='latin' dir='ltr'>MRI</span>",
    "ko": "혈액이 <b>응고되어</b> 누출 부위를 막을 수 있고 MRI 10mL를",
    "ru": "Кровь <b>свернётся</b> и закроет место утечки – «за 10 мин»",
}
STYLES = ["", "p { letter-spacing: 0.3pt }", "p { font-feature-settings: 'halt', 'smcp' off, 'kern' 0 }"]


@pytest.mark.parametrize(
    ("tag", "more"), [*product(MIXED, STYLES[::2]), *product(["en", "ar", "ru", "ja", "ko"], STYLES[1:2])]
)
def test_widths_are_those_of_the_page(tag: str, more: str) -> None:
    """A line is as wide as HarfBuzz says, to two hundredths of a pixel, also in bold and in a Latin font of its own."""
    from weasyprint.formatting_structure import boxes

    from pressroom.render.engine import Engine
    from pressroom.render.line_breaks import cut
    from pressroom.render.paragraphs import Reader, blocks

    latin = ".latin { font-family: 'Noto Sans'; font-size: 0.88em }"
    engine = Engine(_columns(f"{MIXED[tag]} " * 4, find_language(tag), latin + more), "a.md")
    reader = Reader(engine.root)
    worst = 0.0
    for block in blocks(engine.lay_out("")):
        reader.read(block)
        ends = [*block.starts[1:], len(block.signs)]
        for line, start, end in zip(block.lines, block.starts, ends, strict=True):
            last = end - (block.signs[end - 1].text == " ")
            at_edges = cut(block.signs, start)[1] + cut(block.signs, last)[0]
            leaves = [leaf for leaf in line.descendants() if isinstance(leaf, boxes.TextBox) and leaf.width]
            found = sum(sign.width for sign in block.signs[start:last]) + at_edges
            worst = max(worst, abs(found - sum(leaf.width for leaf in leaves)))
    assert worst < 0.02


def test_a_line_ends_between_syllables_of_any_script() -> None:
    """A line is wider at a break by what its letters alone are wider, also behind a mark that joins its letter."""
    from weasyprint.text.line_break import get_log_attrs

    from pressroom.render.engine import Engine
    from pressroom.render.line_breaks import cut
    from pressroom.render.paragraphs import Reader, blocks
    from pressroom.render.shaping import shape

    text = "ရောဂါ\u200bလက္ခဏာများ သက်သာစေ\u200bပုံ\u200bမှာ ဖြစ်\u200bနိုင်ခြေများသော နှစ်\u200bမျိုး"
    engine = Engine(_columns(text, find_language("my"), ""), "a.md")
    block = next(iter(blocks(engine.lay_out(""))))
    Reader(engine.root).read(block)
    signs, said = block.signs, "".join(sign.text for sign in block.signs)
    attributes = get_log_attrs(said, "my")
    for at in (at for at in range(1, len(said)) if attributes[at].is_line_break):
        alone = sum(shape(said[:at], signs[0].style).advances)
        assert sum(sign.width for sign in signs[:at]) + cut(signs, at)[0] == pytest.approx(alone, abs=0.02)


def test_a_word_in_elements_of_its_own() -> None:
    """Lines end between elements too, and never within what is kept together."""
    text = "Call the number that you know and say that you have had a **patch** or a needle at {phone}"
    page = _composition(text, find_language("en"))
    after = _lines(page, composed=True)
    assert not any(_ends_in_one_word(lines, find_language("en")) for lines in after)
    assert all("801-555-0142" in "\n".join(line.text for line in lines) for lines in after)


def test_few_words_are_hyphenated() -> None:
    """A hyphen is put in where the text would take a line more without it, leave a hole, or end in one word."""
    language = find_language("de")
    text = "Das Rechtsschutzversicherungsunternehmen bezahlt die Krankenhausbehandlung und auch die Nachuntersuchung"
    more = "p { hyphens: auto; hyphenate-limit-chars: 12 5 5; hyphenate-limit-zone: 14% }"
    before, composed = (_lines(_columns(text, language, more), composed=c) for c in (False, True))
    unparted = _lines(_columns(text, language), composed=True)
    needed = [
        len(lines) < len(free) or _has_hole(free) or _ends_in_one_word(free, language)
        for lines, free in zip(composed, unparted, strict=True)
    ]
    parted = [_hyphens(lines) for lines in composed]
    assert sum(parted) < sum(map(_hyphens, before))
    assert [number for number, one in enumerate(parted) if one and not needed[number]] == []
    assert any(parted)


def _hyphens(lines: list[TextLine]) -> int:
    return sum(line.text.endswith("\u2010") for line in lines)


def _has_hole(lines: list[TextLine]) -> bool:
    return any(line.width < 0.702 * line.column for line in lines[:-1])


def test_shorter_words_are_parted_for_a_hole() -> None:
    """Words of ten letters are parted too, which the engine leaves whole, and fewer lines leave a hole."""
    language = find_language("de")
    text = (
        "Die Behandlung kann die Beschwerden bei manchen Patienten nach einiger Zeit verringern, wie Forschungen zeigen"
    )
    more = "p { font-size: 16pt; hyphens: auto; hyphenate-limit-chars: 12 5 5; hyphenate-limit-zone: 14% }"
    before, after = (_lines(_columns(text, language, more), composed=c) for c in (False, True))
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert sum(map(_hyphens, before)) == 0 < sum(map(_hyphens, after))
    assert sum(map(_has_hole, after)) < sum(map(_has_hole, before))
    parts = [
        line.text.rstrip("\u2010").split()[-1] for lines in after for line in lines if line.text.endswith("\u2010")
    ]
    assert min(map(len, parts)) >= 4


def test_what_is_kept_together_is_never_parted() -> None:
    """No hyphen is put into a word that no line may end in, whatever hole it leaves."""
    text = (
        "Das Mittel, der sogenannte <span class='keep'>Röntgenfarbstoff</span>, wird langsam durch die Nadel gespritzt"
    )
    more = "p { font-size: 14pt; hyphens: auto; hyphenate-limit-chars: 12 5 5; hyphenate-limit-zone: 14% }"
    after = _lines(_columns(text, find_language("de"), more), composed=True)
    assert all("Röntgenfarbstoff" in "\n".join(line.text for line in lines) for lines in after)


def test_korean_words_are_parted_for_a_hole() -> None:
    """A word ends a line in its midst, without a hyphen, where the lines would else leave a hole."""
    language, text = (
        find_language("ko"),
        "어느 누구도 고문, 또는 잔혹하거나 비인도적이거나 굴욕적인 처우 또는 형벌을 받지 아니한다",
    )
    before, after = (_lines(_composition(text, language), composed=composed) for composed in (False, True))
    words = frozenset(text.split())
    parted = [_has_part(lines, words) for lines in after]
    assert not any(_has_part(lines, words) for lines in before)
    assert 0 < sum(parted) < len(parted) / 3
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert sum(map(_has_hole, after)) <= sum(map(_has_hole, before))
    assert not any(_ends_in_one_word(lines, language) for lines in after)


def _has_part(lines: list[TextLine], words: frozenset[str]) -> bool:
    return not words.issuperset(word for line in lines for word in line.text.replace("\u2060", "").split())


def test_labels_of_drawings_are_balanced() -> None:
    """A label beside a drawing has lines of about one length, also where a text would rather have a word alone."""
    page = _columns("clots can break off", find_language("en"), "p { font-size: 22pt }")
    labels = HtmlPage(page.html.replace("<p style", '<p class="name name-1" style'), page.stylesheets)
    said = [[line.text for line in lines] for lines in _lines(labels, composed=True) if len(lines) == 2]
    assert said
    assert {tuple(lines) for lines in said} == {("clots can", "break off")}
    assert ["clots can break", "off"] in [[line.text for line in lines] for lines in _lines(labels, composed=False)]


def test_columns_keep_their_widths() -> None:
    """Lines end sooner in a cell, in a box beside another and in one in a line, and these are as wide as before."""
    words = [f"{TEXTS['en']} at the {at}" for at in ("end of all weeks", "hospital", "door or in the house")]
    row = "".join(f"<td>{text}</td>" for text in words)
    beside = f'<div style="display: flex"><p>{words[0]}</p><p style="flex: none">{words[1][-30:]}</p></div>'
    box = f'<p>Call <span style="display: inline-block; max-width: 150pt">{words[2]}</span></p>'
    body = f'<html lang="en"><body class="flow"><table>{row}</table>{beside}{box}</body></html>'
    page = HtmlPage(body, (Stylesheet("(test)", PAGE.replace("FAMILY", "'Noto Sans'")),))
    before, after = (_lines(page, composed=composed) for composed in (False, True))
    assert [[line.column for line in lines] for lines in after] == [
        [pytest.approx(line.column, abs=0.01) for line in lines] for lines in before
    ]
    changed = [one != other for one, other in zip(before, after, strict=True)]
    assert sum(changed) > 2


def test_a_line_ends_behind_one_to_write_on() -> None:
    """A line of text may end behind a line to write on, which has no letters: the space there goes."""
    on = '<span style="display: inline-block; width: 62pt"></span>'
    page = _columns(f"My first evening in the kitchen is on {on} at {on}", find_language("en"))
    before, after = (_lines(page, composed=composed) for composed in (False, True))
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert before != after


def test_what_a_line_ends_with_is_read_as_before() -> None:
    """Copied text has a space between the words at a line's end, and an automatic hyphen where one is printed."""
    said = _said(TEXTS["en"], "en")
    assert " ".join(said.split()) == " ".join([TEXTS["en"]] * len(WIDTHS))


def test_a_parted_word_is_read_as_one() -> None:
    """Copied text has no space within a Korean word that a line ends in."""
    parted = re.sub("(?<= )[\r\n]+", "", _said(KOREAN, "ko").replace("\u2060", ""))
    lines = parted.splitlines()
    assert len(lines) > len(WIDTHS)
    assert "".join(lines).replace(" ", "") == KOREAN.replace(" ", "") * len(WIDTHS)
    assert {*" ".join(lines).split()} - {*KOREAN.split()}
    assert {*"".join(lines).split()} <= {*KOREAN.split(), KOREAN.split()[-1] + KOREAN.split()[0]}


def _said(text: str, tag: str) -> str:
    """What is copied from the PDF of a text in columns of many widths."""
    from pressroom.render.engine import Engine
    from pressroom.render.line_ends import END, lay_out_flowing

    engine = Engine(_composition(text, find_language(tag)), "a.md")
    pdf = engine.write(lay_out_flowing(engine, ""))
    with pypdfium2.PdfDocument(pdf) as document:
        said = document[0].get_textpage().get_text_range()
    assert END not in said
    return said


def test_a_specimen_shows_it() -> None:
    """The narrow column of a specimen ends as paper does: in more than a word."""
    from pressroom.render.proof import render_specimen

    language = find_language("en")
    said = f"{TEXTS['en']} or as long as it takes in all"
    for words in (said.split()[:count] for count in range(16, 24)):
        pdf, _ = render_specimen(Sample(language, (), " ".join(words), ("a",), ()))
        assert pdf is not None
        with pypdfium2.PdfDocument(pdf) as document:
            lines = document[0].get_textpage().get_text_range().splitlines()
        assert [line for line in lines if line.strip() == words[-1]] == []


def test_review_sheets_are_composed() -> None:
    """The paragraphs in the table of a review sheet do not end in one word either."""
    from pressroom.render.proof import render_paper

    words = TEXTS["en"].split() * 2
    notes = tuple(f"{' '.join(words[start:])} eventually" for start in range(20))
    sheet = ReviewSheet("T", find_language("de"), (), (Row(1, "a", (), (), notes=notes),), (), (), (), (), ())
    with pypdfium2.PdfDocument(render_paper(compose_review_sheet(sheet, {}), "review.html")) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    assert sum(line.endswith("eventually") for line in lines) == len(notes)
    assert "eventually" not in lines


RUNNING = {
    "ja": (
        "血液が固まって漏れをふさぎ、血液の量が硬膜の両側の圧力を等しくして、穴が自然にふさがるための時間ができます。"
        "この処置は、腰椎穿刺のあとの頭痛をやわらげるために行われます。造影剤を入れて針の位置を確かめます。"
    ),
    "zh-Hans": (
        "血液凝固可能封住漏口，而血液的体积使硬膜两侧的压力相等，让破孔有时间自行封闭。"
        "硬膜外血液贴片是一种微创手术，用患者自己的血液封闭硬脑膜上的一个或多个破孔。"
    ),
    "zh-Hant": "血液凝固可能封住漏口，而血液的體積使硬膜兩側的壓力相等，讓破孔有時間自行封閉。接著採用無菌操作。",
}


@pytest.mark.parametrize("tag", RUNNING)
def test_words_cost_no_line(tag: str) -> None:
    """Running text takes as many lines as if a line could end after any sign; few lines end within a word.

    Japanese may take one more, for no line ends within the end of a predicate.
    """
    from pressroom.compose.line_break import line_signs
    from pressroom.compose.weak_ends import weak_ends

    language, text = find_language(tag), RUNNING[tag]
    words = frozenset(at for at, kind in weak_ends(text, language).items() if kind != "unknown")
    firm = frozenset(line_signs(text, language, ()))
    plain, after = _lines(_columns(text, language), composed=False), _lines(_composition(text, language), composed=True)
    more = [len(lines) - len(before) for lines, before in zip(after, plain, strict=True)]
    assert set(more) <= ({0, 1} if firm else {0})
    assert [_parted(lines, firm) for lines in after] == [0] * len(after)
    parted = [_parted(lines, words) for lines in (*plain, *after)]
    assert sum(parted[len(plain) :]) < sum(parted[: len(plain)]) * 0.4


def _parted(lines: list[TextLine], words: frozenset[int]) -> int:
    """How many lines end within a word."""
    ends, at = 0, 0
    for line in lines[:-1]:
        at += len(line.text.replace("\u2060", ""))
        ends += at in words
    return ends


TERM = "Deep Vein Thrombosis (DVT)"
TERMS = {
    "ar": "قد تتكون جلطة في الوريد العميق Deep Vein Thrombosis (DVT) في الساق أو الذراع فتسبب تورما وألما شديدا",
    "th": "ลิ่มเลือดในหลอดเลือดดำส่วนลึก Deep Vein Thrombosis (DVT) เกิดที่ขาหรือแขนและอาจทำให้บวมและปวดอย่างมาก",
    "zh-Hans": "深静脉血栓Deep Vein Thrombosis (DVT)可能发生在腿部或手臂，引起肿胀和疼痛，应当尽快就医检查。",
    "my": "သွေးခဲခြင်းသည် Deep Vein Thrombosis (DVT) ခြေထောက်တွင်ဖြစ်ပေါ်နိုင်ပြီးဖောင်းခြင်းနှင့်နာခြင်းဖြစ်စေသည်",
}


@pytest.mark.parametrize("tag", TERMS)
def test_terms_in_latin_letters_are_parted_less_often(tag: str) -> None:
    """Fewer lines end within a long English term in text of another script, and none leaves a hole for it."""
    language = find_language(tag)
    before, after = TERMS[tag].split(TERM)
    page = _composition(f"{before}{TERM}{after}{before}{after}{before}{TERM}{after}{before}", language)
    parted = []
    for composed in (False, True):
        lines = [line for lines in _lines(page, composed=composed) for line in lines[:-1]]
        parted.append(sum(line.text.rstrip().endswith(("Deep", "Vein", "Thrombosis")) for line in lines))
    assert parted[1] < parted[0] * 0.95
    assert min(line.width / line.column for line in lines) > 0.55


@pytest.mark.parametrize("tag", TERMS)
def test_short_terms_in_latin_letters_are_never_parted(tag: str) -> None:
    """A term of up to twenty letters is on one line in columns of any width."""
    language = find_language(tag)
    text = TERMS[tag].replace(TERM, "Utah Vascular Clinic")
    for lines in _lines(_composition(text, language), composed=True):
        assert any("Utah Vascular Clinic" in line.text.replace("\u00a0", " ") for line in lines)


MARKS = {
    "zh-Hans": "注入造影剂（也叫“X光显影剂”），以确认针的位置准确。（请看《说明》。）用注射器抽取血液，并通过针注入。",
    "ja": "造影剤（「X線用の色素」とも）を、針の位置の「確認」のために入れます。（「説明」。）血液を「採り」ます。",
}
# Neighbours, and how far the second is from the first, in em.
NEIGHBOURS = {
    "zh-Hans": {"”）": 0.5, "），": 0.5, "。（": 0.5, "》。": 0.5, "。）": 0.5, "剂”": 1},
    "ja": {"（「": 0.5, "」。": 0.5},
}


@pytest.mark.parametrize("tag", MARKS)
def test_marks_side_by_side_share_their_blank(tag: str, letters: Callable[..., Iterator[Letter]]) -> None:
    """Of two full-width marks one is half as wide, on the drawn page; what is beside an ideograph is not."""
    language = find_language(tag)
    drawn = [letter for letter in letters(_pdf(_composition(MARKS[tag], language))) if letter[0].strip("\u2060")]
    found: dict[str, set[float]] = {}
    for (one, x, y, _), (other, right, below, _) in pairwise(drawn):
        if abs(y - below) < 1:
            # The type is of 10 pt.
            found.setdefault(one + other, set()).add(round((right - x) / 10, 1))
    for pair, distance in NEIGHBOURS[tag].items():
        assert found[pair] == {distance}, pair


@pytest.mark.parametrize("tag", MARKS)
def test_marks_at_the_edges_of_lines_are_narrow(tag: str) -> None:
    """A line begins flush with a bracket; it may be full but for the blank of the mark it ends with; none begins so."""
    from pressroom.render.engine import Engine
    from pressroom.render.line_ends import lay_out_flowing
    from pressroom.render.page_boxes import lines_by_element

    language = find_language(tag)
    engine = Engine(_composition(MARKS[tag], language), "a.md")
    plain, pages = engine.lay_out(""), lay_out_flowing(engine, "")
    for document in (plain, pages):
        for lines in lines_by_element(document).values():
            assert not [line for line in lines if line.text.lstrip("\u2060")[0] in "）」》”，、。"]
    assert all(line.width <= line.column + 0.05 for lines in lines_by_element(pages).values() for line in lines)
    begins, ends = _edges(pages)
    assert {begins[mark] for mark in begins if mark in "（「《“"} == {0.5}
    # The last line of a paragraph, and one that no composer ended, keep the blank that nobody sees.
    assert sum(ends) / len(ends) < 0.6


def _edges(pages: Document) -> tuple[dict[str, float], list[float]]:
    """How wide the marks are, in em, that lines begin with, and those that lines but the last end with."""
    from weasyprint.formatting_structure import boxes

    begins: dict[str, float] = {}
    ends: list[float] = []
    for page in pages.pages:
        blocks = [box for box in page._page_box.descendants() if isinstance(box, boxes.BlockBox)]
        for block in blocks:
            lines = [box for box in block.children if isinstance(box, boxes.LineBox)]
            for number, line in enumerate(lines):
                texts = [leaf for leaf in line.descendants() if isinstance(leaf, boxes.TextBox) and leaf.text.strip()]
                first, last = texts[0], texts[-1]
                if len(first.text) == 1:
                    begins[first.text] = round(first.width / first.style["font_size"], 2)
                if number + 1 < len(lines) and last.text.strip("\u2029") in {*"）」》”，、。"}:
                    ends.append(round(last.width / last.style["font_size"], 2))
    return begins, ends


def _pdf(page: HtmlPage) -> bytes:
    from pressroom.render.engine import Engine
    from pressroom.render.line_ends import lay_out_flowing

    return bytes(lay_out_flowing(Engine(page, "a.md"), "").write_pdf())

"""How paragraphs and headings end: with more than one word, where that is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pressroom.catalog import Translated, Translation
from pressroom.compose import HtmlPage, Sample
from pressroom.compose.line_break import is_one_word, joined
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import Language, find_language
from pressroom.layout import Stylesheet

if TYPE_CHECKING:
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
WIDTHS = range(130, 260, 4)
PAGE = """
@page { size: 300pt 30000pt; margin: 0 }
body { font: 10pt/15pt FAMILY } p { margin: 0 0 5pt } .keep, .value-phone { white-space: nowrap }
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


def _lines(text: str, language: Language, *, mended: bool) -> list[list[TextLine]]:
    from pressroom.render.engine import Engine
    from pressroom.render.page_boxes import lines_by_element
    from pressroom.render.runts import lay_out_flowing

    engine = Engine(_composition(text, language), "a.md")
    said = "".join(engine.root.itertext())
    pages = lay_out_flowing(engine, "", language) if mended else engine.lay_out("")
    assert "".join(engine.root.itertext()) == said
    return list(lines_by_element(pages).values())


def _ends_in_one_word(lines: list[TextLine], language: Language) -> bool:
    text = lines[-1].text
    # Where words are written without spaces, what holds two of them together stands between them.
    words = text.replace(joined(language), " ") if language.breaking in {"built-in", "dictionary"} else text
    return is_one_word(words, language)


@pytest.mark.parametrize("tag", TEXTS)
def test_text_ends_in_more_than_one_word(tag: str) -> None:
    """In columns of any width a text ends in more than a word, in as many lines as before, and none is too wide."""
    language = find_language(tag)
    before, after = (_lines(TEXTS[tag], language, mended=mended) for mended in (False, True))
    assert [lines for lines in before if _ends_in_one_word(lines, language)]
    assert not [lines for lines in after if _ends_in_one_word(lines, language)]
    assert [len(lines) for lines in after] == [len(lines) for lines in before]
    assert all(line.width <= line.column + 0.5 for lines in after for line in lines)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Das ist eine Blutpatchbehandlung"),
        ("de", "So epiduraler Blutpatch, Donaudampfschifffahrtsgesellschaft"),
        ("en", "Thromboembolism extraordinarily"),
    ],
)
def test_no_line_becomes_shorter_than_the_last_was(tag: str, text: str) -> None:
    """A heading's last word stays alone where the line before would be left shorter, or both have no room in one."""
    language = find_language(tag)
    before, after = (_lines(text, language, mended=mended) for mended in (False, True))
    for was, now in zip(before, after, strict=True):
        assert len(now) == len(was)
        assert min(line.width for line in now[-2:]) >= min(line.width for line in was[-2:])
        assert all(line.width <= max(line.column, max(one.width for one in was)) + 0.5 for line in now)
    assert any(_ends_in_one_word(lines, language) for lines in after if len(lines) > 1)


def test_a_word_in_elements_of_its_own() -> None:
    """Where the last word begins or ends an element, or is one that is never broken, the word before comes down too."""
    text = "Call the number that you know and say that you have had a **patch** or a needle at {phone}"
    language = find_language("en")
    before, after = (_lines(text, language, mended=mended) for mended in (False, True))
    assert any(_ends_in_one_word(lines, language) for lines in before)
    assert not any(_ends_in_one_word(lines, language) for lines in after)


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

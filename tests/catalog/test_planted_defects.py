"""Seventy-four planted defects, 35 that translators' tools look for and 39 that harm patients: each is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pressroom.diagnostics import Diagnostic

Check = Callable[..., list[Diagnostic]]

# An English text, a translation, its language, and the code of the finding.
OF_TOOLS = [
    ("Call {phone} today.", "Rufen Sie heute an.", "de", "placeholder-lost"),
    ("Visit {clinic} or call {phone}.", "{clinic}を訪れるか、{clinic}に電話してください。", "ja", "placeholder-lost"),
    ("Ask your nurse.", "Pregunte a su {nurse}.", "es", "placeholder-unknown"),
    ("Read [our guide]{1} first.", "Lisez d’abord notre guide.", "fr", "link-token"),
    ("Read the leaflet.", "Прочитайте https://example.org/list.", "ru", "link-token"),
    ("**Stop** if it hurts.", "Hören Sie auf, wenn es wehtut.", "de", "bold-changed"),
    ("**Stop** if it hurts.", "**Dừng lại nếu đau.", "vi", "markup-broken"),
    ("Wash your hands.", "<b>손을 씻으십시오.</b>", "ko", "translation-html"),
    ("Wash your hands.", "Lávese las manos&nbsp;bien.", "es", "translation-html"),
    ("Wash your hands.", "اغسل يديك %(name)s.", "ar", "template-syntax"),
    ("Wash your hands.", "# Lavez-vous les mains.", "fr", "markup-literal"),
    ("Wash your hands before you eat.", "Wash your hands before you eat.", "de", "untranslated-copy"),
    ("Wash your hands.", "Lávese las  manos.", "es", "spaces"),
    ("Wash your hands.", " Lavez-vous les mains.", "fr", "spaces"),
    ("First line\nSecond line", "Première ligne, deuxième ligne", "fr", "line-breaks"),
    ("Wash your hands.", "Lávese\u200b las manos.", "es", "zero-width"),
    ("Wash your hands.", "Мойтe руки.", "ru", "look-alike"),
    ("Wash your hands.", "LÃ¡vese las manos.", "es", "mojibake"),
    ("Wash your hands.", "Вымойте руки \ufffd.", "ru", "mojibake"),
    ("Wash your hands.", "\u202eاغسل يديك.", "ar", "bidi-control"),
    ("Wash your hands.", "دست‌هايتان را بشوييد.", "fa", "neighbour-letter"),
    ("Wash your hands, please.", "请洗手,谢谢。", "zh-Hans", "local-sign"),
    ("Are you in pain?", "Tiene dolor?", "es", "spanish-opening"),
    ("Are you in pain?", "Vous avez mal?", "fr", "french-space"),
    ("A “stent” is a small tube.", 'Ein "Stent" ist ein kleines Rohr.', "de", "quotation-marks"),
    ("A “stent” is a small tube.", "Стент — это маленькая трубка.", "ru", "quotes-lost"),
    ("A small tube (a stent) is left in.", "Se deja un tubo pequeño (stent.", "es", "brackets"),
    ("A small tube (a stent) is left in.", "细管支架会留在体内。", "zh-Hans", "brackets"),
    ("Are you in pain?", "Sie haben Schmerzen.", "de", "question"),
    ("You may be in pain.", "통증이 있습니까?", "ko", "question"),
    ("Write to help@example.org.", "Schreiben Sie an hilfe@example.org.", "de", "address-changed"),
    ("See example.org for more.", "Voir exemple.org pour en savoir plus.", "fr", "address-changed"),
    ("Rest for a day.", "TODO: Ruhen Sie sich einen Tag aus.", "de", "note-left"),
    ("Rest at home.", "Descanse en en casa.", "es", "word-twice"),
    ("Bring the following:", "携带以下物品。", "zh-Hans", "ending"),
]

OF_SAFETY = [
    # A dose, swapped or changed.
    ("Take 2 tablets every 6 hours.", "Tome 6 tabletas cada 2 horas.", "es", "unit-changed"),
    ("Take 2 tablets every 6 hours.", "每2小时服用6片。", "zh-Hans", "unit-changed"),
    ("Take two tablets every six hours.", "Prenez six comprimés toutes les deux heures.", "fr", "unit-changed"),
    ("Give 10–20 mL every 5 minutes.", "Geben Sie alle 10 Minuten 5–20 ml.", "de", "unit-changed"),
    ("Take 5 mg once a day.", "Примите 50 мг один раз в день.", "ru", "number-changed"),
    ("Take 0.5 mg.", "Nehmen Sie 5 mg.", "de", "number-changed"),
    ("Take 1½ tablets.", "1錠服用してください。", "ja", "number-changed"),
    ("Take two tablets.", "Tome tres tabletas.", "es", "number-changed"),
    ("Take 2 capsules.", "캡슐 3개를 복용하십시오.", "ko", "number-changed"),
    # A unit.
    ("Inject 10 units under the skin.", "Inyecte 10 ml debajo de la piel.", "es", "unit-changed"),
    ("Take 5 mL of syrup.", "Uống 5 mg xi-rô.", "vi", "unit-changed"),
    ("Take 100 mcg.", "Примите 100 мг.", "ru", "unit-changed"),
    ("Take 1 teaspoon.", "Prenez 1 cuillère à soupe.", "fr", "unit-changed"),
    ("Use 2 drops in each eye.", "ضع 2 مل في كل عين.", "ar", "unit-changed"),
    ("Call if your fever is over 38 °C.", "Llame si tiene más de 38 °F de fiebre.", "es", "unit-changed"),
    ("About 20% of people have pain.", "Etwa 20 von Menschen haben Schmerzen.", "de", "unit-changed"),
    ("Give 5 mg/kg.", "Administre 5 mg.", "es", "unit-changed"),
    # How long and how often.
    ("Wait 24 hours.", "Espere 24 días.", "es", "unit-changed"),
    ("Do it 3 times a day.", "每周3次。", "zh-Hans", "unit-changed"),
    ("Take it twice a day.", "Nehmen Sie es dreimal täglich.", "de", "number-changed"),
    ("Take it once a week.", "Prenez-le une fois par jour.", "fr", "unit-changed"),
    ("Come back in 2 weeks.", "۲ روز دیگر برگردید.", "fa", "unit-changed"),
    # A separator, a sign, a limit.
    ("Take 1,000 mg.", "Nehmen Sie 1,000 mg.", "de", "number-separator"),
    ("Take 1,000 mg.", "Примите 1,000 мг.", "ru", "number-separator"),
    ("Keep it at −5 °C.", "Conserver à 5 °C.", "fr", "sign-changed"),
    ("Only for a weight ≥ 50 kg.", "الوزن ≤ 50 كغ فقط.", "ar", "comparison-changed"),
    ("Only for a weight > 50 kg.", "Nur bei einem Gewicht von 50 kg.", "de", "comparison-changed"),
    ("Rest for at least 8 hours.", "Descanse como máximo 8 horas.", "es", "comparison-changed"),
    ("Take up to 4 tablets a day.", "少なくとも1日4錠服用してください。", "ja", "comparison-changed"),
    # A time or a date.
    ("Come at 8 p.m.", "Kommen Sie um 8 Uhr.", "de", "time-changed"),
    ("Come at 2:30 p.m. today.", "今天上午2:30来。", "zh-Hans", "time-changed"),
    ("Stop eating at 8 p.m.", "Ngừng ăn lúc 8 giờ sáng.", "vi", "time-changed"),
    ("Open from 8 a.m. to 4 p.m.", "Ouvert de 8 h à 4 h.", "fr", "time-changed"),
    ("Your visit is on 07/04/2026.", "Ihr Termin ist am 07.04.2026.", "de", "date-changed"),
    ("Your visit is on March 4, 2026.", "Ваш визит 4 мая 2026 г.", "ru", "date-changed"),
    # Whom to call, and what is forbidden.
    ("Call {emergency}.", "{emergency} (119)に電話してください。", "ja", "phone-typed"),
    ("Call {phone}.", "{phone} 또는 801-555-0100으로 전화하십시오.", "ko", "phone-typed"),
    ("Do not take aspirin.", "Tome aspirina.", "es", "negation-changed"),
    ("Take aspirin with food.", "لا تتناول الأسبرين مع الطعام.", "ar", "negation-changed"),
]  # fmt: skip


def test_there_are_as_many_as_agreed() -> None:
    """Thirty-five and thirty-nine, in at least ten languages."""
    assert (len(OF_TOOLS), len(OF_SAFETY)) == (35, 39)
    assert len({tag for _, _, tag, _ in OF_TOOLS + OF_SAFETY}) >= 10


@pytest.mark.parametrize(("english", "translation", "tag", "code"), OF_TOOLS + OF_SAFETY)
def test_a_planted_defect_is_reported(english: str, translation: str, tag: str, code: str, check: Check) -> None:
    """By the code that says what is wrong."""
    assert code in {problem.code for problem in check(english, translation, tag)}


SWAPPED = [
    ("es", "Tome 6 tabletas cada 2 horas."),
    ("zh-Hans", "每2小时服用6片。"),
    ("zh-Hant", "每2小時服用6錠。"),
    ("vi", "Uống 6 viên mỗi 2 giờ."),
    ("ko", "2시간마다 6정을 복용하십시오."),
    ("ne", "हरेक 2 घण्टामा 6 ट्याब्लेट लिनुहोस्।"),
    ("bs", "Uzmite 6 tableta svaka 2 sata."),
    ("tl", "Uminom ng 6 na tableta tuwing 2 oras."),
    ("de", "Nehmen Sie alle 2 Stunden 6 Tabletten."),
    ("ru", "Принимайте по 6 таблеток каждые 2 часа."),
    ("ar", "تناول 6 أقراص كل 2 ساعة."),
    ("km", "លេប 6 គ្រាប់ រៀងរាល់ 2 ម៉ោង។"),
    ("fr", "Prenez 6 comprimés toutes les 2 heures."),
    ("ja", "2時間ごとに6錠服用してください。"),
    ("fa", "هر ۲ ساعت ۶ قرص مصرف کنید."),
    ("ur", "ہر 2 گھنٹے بعد 6 گولیاں لیں۔"),
    ("uk", "Приймайте по 6 таблеток кожні 2 години."),
    ("pt-BR", "Tome 6 comprimidos a cada 2 horas."),
    ("th", "รับประทานครั้งละ 6 เม็ด ทุก 2 ชั่วโมง"),
    ("my", "၂ နာရီတိုင်း ၆ ပြား သောက်ပါ။"),
]


@pytest.mark.parametrize(("tag", "swapped"), SWAPPED)
def test_swapped_numbers_are_an_error_in_every_language_built(tag: str, swapped: str, check: Check) -> None:
    """And the same words with each number in its place are right."""
    english = "Take 2 tablets every 6 hours."
    assert "unit-changed" in {problem.code for problem in check(english, swapped, tag)}
    right = swapped.translate(str.maketrans("2626۲۶၂၆", "6262۶۲၆၂"))
    assert [str(p.message) for p in check(english, right, tag) if p.severity != "note"] == []

"""Right translations, many of which a rule that counts digits refuses: none is found fault with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pressroom.diagnostics import Diagnostic, Severity

Check = Callable[..., list[Diagnostic]]

RIGHT = {
    "Call {phone} at any time, 24 hours a day.": [
        ("es", "Llame al {phone} 24 horas al día."),
        ("fr", "Appelez le {phone} 24 heures par jour."),
        ("de", "Rufen Sie jederzeit an: {phone} 24 Stunden am Tag."),
        ("ru", "Звоните по телефону {phone} 24 часа в сутки."),
        ("ar", "اتصل بالرقم {phone} ٢٤ ساعة في اليوم."),
    ],
    "Take 2 tablets every 6 hours.": [
        ("es", "Tome dos tabletas cada seis horas."),
        ("de", "Nehmen Sie alle 6 Stunden zwei Tabletten."),
        ("fr", "Prenez 2 comprimés toutes les 6 heures."),
        ("zh-Hans", "每六小时服用两片。"),
        ("ja", "６時間ごとに２錠を服用してください。"),
        ("ko", "6시간마다 두 알을 복용하십시오."),
        ("ar", "تناول قرصين كل ٦ ساعات."),
        ("vi", "Cứ 6 giờ uống 2 viên."),
    ],
    "Take 1 tablet twice a day.": [
        ("es", "Tome una tableta dos veces al día."),
        ("de", "Nehmen Sie zweimal täglich eine Tablette."),
        ("zh-Hant", "每天2次，每次1錠。"),
        ("ja", "1日2回、1錠ずつ服用してください。"),
        ("th", "รับประทานครั้งละ 1 เม็ด วันละ 2 ครั้ง"),
        ("ru", "Принимайте по одной таблетке 2 раза в день."),
        ("fa", "روزی دو بار یک قرص مصرف کنید."),
        ("km", "លេប ១ គ្រាប់ ២ ដងក្នុងមួយថ្ងៃ។"),
    ],
    "Drink 5 mL to 10 mL of syrup.": [
        ("es", "Beba de 5 a 10 ml de jarabe."),
        ("fr", "Buvez de 5 à 10 ml de sirop."),
        ("ru", "Выпейте от 5 до 10 мл сиропа."),
        ("pt-BR", "Beba de 5 a 10 mL de xarope."),
        ("zh-Hans", "服用5至10毫升糖浆。"),
    ],
    "Wait 1 hour to 2 hours.": [
        ("es", "Espere de 1 a 2 horas."),
        ("uk", "Зачекайте від 1 до 2 годин."),
        ("vi", "Chờ từ 1 đến 2 giờ."),
        ("ko", "1시간에서 2시간 정도 기다리십시오."),
    ],
    "About one in one hundred people have pain.": [
        ("es", "Cerca de 1 de cada 100 personas tiene dolor."),
        ("de", "Etwa einer von hundert Menschen hat Schmerzen."),
        ("zh-Hans", "大约每100人中有1人感到疼痛。"),
        ("ar", "يشعر نحو شخص واحد من كل مئة شخص بالألم."),
    ],
    "More than 10,000 people come each year.": [
        ("zh-Hans", "每年有超过1万人前来。"),
        ("ja", "毎年1万人以上が来院します。"),
        ("de", "Jedes Jahr kommen mehr als 10.000 Menschen."),
        ("fr", "Plus de 10 000 personnes viennent chaque année."),
        ("ko", "매년 1만 명 이상이 찾아옵니다."),
        ("es", "Más de 10 mil personas vienen cada año."),
    ],
    "Take 1,000 mg with food.": [
        ("de", "Nehmen Sie 1.000 mg zum Essen."),
        ("fr", "Prenez 1\u202f000 mg avec un repas."),
        ("es", "Tome 1,000 mg con la comida."),
        ("ru", "Принимайте 1000 мг во время еды."),
        ("hi", "खाने के साथ 1,000 मिग्रा लें।"),
        ("ar", "تناول ١٬٠٠٠ ملغ مع الطعام."),
    ],
    "Give .5 mL.": [
        ("de", "Geben Sie 0,5 ml."),
        ("es", "Administre 0.5 ml."),
        ("fr", "Donnez 0,5 ml."),
        ("fa", "۰٫۵ میلی‌لیتر بدهید."),
        ("vi", "Cho uống 0,5 ml."),
    ],
    "Take 1.5 tablets now.": [
        ("de", "Nehmen Sie jetzt 1½ Tabletten."),
        ("fr", "Prenez maintenant 1,5 comprimé."),
        ("es", "Tome ahora 1 1/2 tabletas."),
        ("ja", "今、1錠半を服用してください。"),
        ("th", "รับประทาน 1 เม็ดครึ่งทันที"),
        ("ru", "Примите сейчас полторы таблетки."),
    ],
    "Take half a tablet.": [
        ("es", "Tome media tableta."),
        ("zh-Hans", "服用半片。"),
        ("de", "Nehmen Sie 1/2 Tablette."),
        ("ar", "تناول نصف قرص."),
    ],
    "Come at 8 p.m. today.": [
        ("de", "Kommen Sie heute um 20 Uhr."),
        ("fr", "Venez aujourd’hui à 20 h."),
        ("zh-Hans", "请今天20点来。"),
        ("zh-Hant", "請今天晚上8點來。"),
        ("es", "Venga hoy a las 8 de la noche."),
        ("pt-BR", "Venha hoje às 20h."),
        ("ru", "Приходите сегодня в 8 вечера."),
        ("vi", "Hãy đến lúc 8 giờ tối hôm nay."),
        ("th", "มาวันนี้เวลา 2 ทุ่ม"),
        ("ar", "تعال اليوم الساعة 8 مساءً."),
    ],
    "Open from 8 a.m. to 5 p.m.": [
        ("de", "Geöffnet von 8 bis 17 Uhr."),
        ("es", "Abierto de 8:00 a 17:00."),
        ("ja", "午前8時から午後5時まで。"),
        ("fr", "Ouvert de 8 h à 17 h."),
        ("ko", "오전 8시부터 오후 5시까지."),
        ("tl", "Bukas mula 8 ng umaga hanggang 5 ng hapon."),
        ("ne", "बिहान ८ बजेदेखि बेलुका ५ बजेसम्म खुला।"),
    ],
    "Come at 2:30 p.m. on Monday.": [
        ("de", "Kommen Sie am Montag um 14.30 Uhr."),
        ("zh-Hans", "星期一下午2点半来。"),
        ("fa", "دوشنبه ساعت ۲:۳۰ بعدازظهر بیایید."),
        ("uk", "Приходьте в понеділок о 14:30."),
        ("ur", "پیر کو دوپہر 2:30 بجے آئیں۔"),
    ],
    "Your visit is on 03/04/2026.": [
        ("de", "Ihr Termin ist am 04.03.2026."),
        ("fr", "Votre rendez-vous est le 4 mars 2026."),
        ("ja", "ご来院日は2026年3月4日です。"),
        ("vi", "Lịch hẹn của quý vị là ngày 4 tháng 3 năm 2026."),
        ("th", "วันนัดของคุณคือ 4 มีนาคม 2569"),
        ("ru", "Ваш визит 04.03.2026."),
    ],
    "Come on July 4, 2026.": [
        ("de", "Kommen Sie am 4. Juli 2026."),
        ("zh-Hans", "请于2026年7月4日前来。"),
        ("ko", "2026년 7월 4일에 오십시오."),
        ("ar", "تعال في 4 يوليو 2026."),
    ],
    "Keep it between −5 and 10 °C.": [
        ("de", "Zwischen −5 und 10 °C lagern."),
        ("zh-Hans", "保存在零下5度至10 °C之间。"),
        ("fr", "Conservez-le entre -5 et 10 °C."),
        ("ru", "Храните при температуре от −5 до 10 °C."),
    ],
    "Only for people of 50 kg or more.": [
        ("de", "Nur für Menschen ab 50 kg."),
        ("ja", "体重50kg以上の方のみ。"),
        ("zh-Hans", "仅限体重≥50公斤者。"),
    ],
    "Take no more than 4 tablets a day.": [
        ("es", "No tome más de 4 tabletas al día."),
        ("de", "Nehmen Sie höchstens 4 Tabletten pro Tag."),
        ("fr", "Ne prenez pas plus de 4 comprimés par jour."),
        ("ja", "1日4錠までにしてください。"),
        ("ru", "Принимайте не более 4 таблеток в день."),
    ],
    "Rest for at least 24 hours.": [
        ("es", "Descanse por lo menos 24 horas."),
        ("de", "Ruhen Sie sich mindestens einen Tag (24 Stunden) aus."),
        ("zh-Hans", "至少休息24小时。"),
        ("my", "အနည်းဆုံး ၂၄ နာရီ အနားယူပါ။"),
    ],
    "About 20% of people have pain.": [
        ("es", "Cerca del 20 por ciento de las personas tiene dolor."),
        ("fr", "Environ 20\u00a0% des personnes ont mal."),
        ("zh-Hans", "大约百分之二十的人感到疼痛。"),
        ("fa", "حدود ۲۰٪ افراد درد دارند."),
        ("tr", "İnsanların yaklaşık %20’sinde ağrı olur."),
    ],
    "Inject 10 units once a week.": [
        ("es", "Inyecte 10 unidades una vez a la semana."),
        ("de", "Spritzen Sie einmal pro Woche 10 Einheiten."),
        ("bs", "Ubrizgajte 10 jedinica jednom sedmično."),
        ("pt-BR", "Injete 10 UI uma vez por semana."),
    ],
    "Article 3 has 15 lines.": [
        ("zh-Hans", "第三条有15行。"),
        ("zh-Hant", "第三條有十五行。"),
        ("ja", "第3条は15行です。"),
    ],
    "Children under 2 and people over 65 are at risk.": [
        ("es", "Los niños menores de 2 años y las personas mayores de 65 años corren riesgo."),
        ("de", "Kinder unter 2 Jahren und Menschen über 65 sind gefährdet."),
        ("zh-Hans", "2岁以下的儿童和65岁以上的人有风险。"),
        ("ru", "В группе риска дети младше 2 лет и люди старше 65 лет."),
    ],
    "Use 2 sprays in each nostril for 7 days.": [
        ("es", "Aplique 2 pulverizaciones en cada fosa nasal durante 7 días."),
        ("de", "Sprühen Sie 7 Tage lang je 2 Sprühstöße in jedes Nasenloch."),
    ],
    "Write to help@example.org (in English).": [
        ("de", "Schreiben Sie (auf Englisch) an help@example.org."),
        ("zh-Hans", "请（用英语）写信至help@example.org。"),
    ],
}
PAIRS = [(english, tag, text) for english, rows in RIGHT.items() for tag, text in rows]


def test_there_are_as_many_as_agreed() -> None:
    """A hundred and twenty, in at least ten languages."""
    assert len(PAIRS) >= 120
    assert len({tag for _, tag, _ in PAIRS}) >= 10


@pytest.mark.parametrize(("english", "tag", "text"), PAIRS)
def test_a_right_translation_is_not_found_fault_with(english: str, tag: str, text: str, check: Check) -> None:
    """No error and no warning."""
    assert [f"{p.code}: {p.message}" for p in check(english, text, tag) if p.severity is not Severity.NOTE] == []

"""A language as another tool writes it, beside one of the registry."""

from __future__ import annotations

import pytest

from pressroom.language import find_language, languages, names_other_language

SAME = [
    ("es_MX", "es"), ("es-419", "es"), ("spa", "es"), ("es_ES.UTF-8", "es"), ("ES", "es"), ("Spanish", "es"),
    ("zh", "zh-Hans"), ("zh_CN", "zh-Hans"), ("zh_SG", "zh-Hans"), ("cmn", "zh-Hans"), ("zh", "zh-Hant"),
    ("zh_HK", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("fil", "tl"), ("tl_PH", "tl"), ("pt", "pt-BR"), ("sh", "bs"),
    ("bs_Latn_BA", "bs"), ("sr@latin", "sr-Latn"), ("sr", "sr-Latn"), ("prs", "fa-AF"), ("fa", "fa-AF"),
    ("ku", "kmr"), ("ur_PK", "ur"), ("", "es"), ("ll_CC", "es"), ("LANGUAGE", "es"), ("an agency's own", "es"),
]  # fmt: skip
OTHER = [
    ("fr", "es"), ("es_MX", "pt-BR"), ("en", "es"), ("de_AT", "fr"), ("zh_TW", "zh-Hans"), ("zh_Hans", "zh-Hant"),
    ("zh_CN", "zh-Hant"), ("hr", "bs"), ("sr_RS", "sr-Latn"), ("uz_Cyrl", "de"), ("mr", "ne"), ("pa_PK", "pa-Guru"),
    ("Spanish", "fr"), ("Español", "fr"), ("ca", "es"), ("yue", "vi"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "tag"), SAME)
def test_a_region_is_no_other_language(written, tag):
    """A region, an older code, a longer code or nothing at all fits the language."""
    assert not names_other_language(written, find_language(tag))


@pytest.mark.parametrize(("written", "tag"), OTHER)
def test_another_language_or_script_is_told(written, tag):
    """Another language, or the same in another script, is not the language."""
    assert names_other_language(written, find_language(tag))


def test_every_language_knows_its_own_tags():
    """Every registered language is named by its tag, its folder and its aliases."""
    for language in languages().values():
        for written in (language.tag, language.posix, *language.aliases):
            assert not names_other_language(written, language), (written, language.tag)

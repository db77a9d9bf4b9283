"""A language as a person writes it on the command line."""

from __future__ import annotations

import pytest

from pressroom.language import UnknownLanguage, engine_registry, understand

REGISTRY = engine_registry()
MEANT = [
    ("Polish", "pl"), ("polski", "pl"), ("es_MX", "es"), ("Español", "es"), ("espanol", "es"), ("Hebrew", "he"),
    ("iw", "he"), ("עברית", "he"), ("de_AT.UTF-8", "de"), ("sr@latin", "sr-Latn"), ("sr_RS@latin", "sr-Latn"),
    ("zh_TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("pt_PT", "pt-PT"), ("pt_BR", "pt-BR"),
    ("pa_PK", "pa-Arab"), ("az_IR", "az-Arab"), ("uz@cyrillic", "uz-Cyrl"), ("Farsi", "fa"), ("Dari", "fa-AF"),
    ("Bangla", "bn"), ("Filipino", "tl"), ("Hindi", "hi"), ("Cantonese", "yue"), ("  Swiss   German ", "gsw"),
    ("en_GB", "en"), ("nb_NO", "nb"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "tag"), MEANT)
def test_understood(written, tag):
    """Tags of other tools, old codes, English and own names mean a language."""
    assert understand(REGISTRY, written).language.tag == tag


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("Chinese", {"zh-Hans", "zh-Hant"}), ("Portuguese", {"pt-BR", "pt-PT"}), ("Serbian", {"sr-Latn", "sr-Cyrl"}),
        ("Punjabi", {"pa-Guru", "pa-Arab"}), ("Kurdish", {"ckb", "kmr"}), ("Norwegian", {"nb", "nn"}),
    ],
)  # fmt: skip
def test_several(written, tags):
    """A name of several languages is refused with the tag of each."""
    with pytest.raises(UnknownLanguage) as caught:
        understand(REGISTRY, written)
    assert {tag for tag in caught.value.hint.replace("(", " ").split() if tag in REGISTRY} == tags


@pytest.mark.parametrize(
    ("written", "others"), [("pt", ["pt-PT"]), ("zh", ["zh-Hant"]), ("sr", ["sr-Latn"]), ("pl", [])]
)
def test_likeliest(written, others):
    """A code of several languages means the likeliest, and says what else it could mean."""
    assert [language.tag for language in understand(REGISTRY, written).others] == others


def test_region():
    """A region that makes no language of its own is handed back."""
    assert understand(REGISTRY, "es_MX").region == "MX"
    assert understand(REGISTRY, "pt_PT").region == ""


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Polsih", "pl (Polish)"),
        ("Haitian", "ht (Haitian Creole)"),
        ("Simplified Chinese", "zh-Hans"),
        ("Ukranian", "uk"),
    ],
)
def test_nearest(written, hint):
    """A misspelled or partial name is answered with the nearest."""
    with pytest.raises(UnknownLanguage) as caught:
        understand(REGISTRY, written)
    assert hint in caught.value.hint


@pytest.mark.parametrize("written", ["Divehi", "Dhivehi", "dv"])
def test_unset_script(written):
    """A language whose script can't be set is known by name, with the reason."""
    with pytest.raises(UnknownLanguage, match="Thaana"):
        understand(REGISTRY, written)


@pytest.mark.parametrize("written", ["", "../es", "klingon", "xx", "123"])
def test_nothing(written):
    """What means no language is refused, and no path is looked up."""
    with pytest.raises(UnknownLanguage):
        understand(REGISTRY, written)

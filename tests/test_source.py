"""The repository's own texts: the clinic's words are all there, and nothing clinical beyond them is unconfirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pressroom.content import Document, Message
from pressroom.content.inline import parse_inline
from pressroom.project import read_clinics
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]

# What was corrected in the clinic's text, as source/README.md has it.
CORRECTIONS = {
    "caused low pressure": "caused by low pressure",
    "10-20mL": "10–20 mL",
    "Chest pain-sharp": "Chest pain – sharp",
    "patient's": "patient’s",
    '"spinal headache"': "“spinal headache”",
    '"x-ray dye"': "“x-ray dye”",
    # There are no addresses of websites yet.
    "Refer to these websites for more information:": "",
}
# Headings and labels that say nothing clinical, and the card's own punctuation of a sign.
OWN_WORDS = {"Our services"}
ON_A_CARD = {"Chest pain: sharp": "Chest pain – sharp"}


def _clinic_text() -> str:
    text = (ROOT / "tests" / "facts" / "clinic-site.txt").read_text(encoding="utf-8")
    for wrong, right in CORRECTIONS.items():
        assert wrong in text
        text = text.replace(wrong, right)
    return text


def _sentences(text: str) -> list[str]:
    """The sentences of a text whose paragraphs stand between empty lines, an item after each bullet."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|•", text)]
    return [s for paragraph in paragraphs for s in re.split(r"(?<=[.?!])\s+", paragraph) if s]


def _documents() -> list[Document]:
    workspace = Workspace.open(ROOT)
    read = [workspace.document(path) for path in workspace.sources()]
    assert [problems for _, problems in read if problems] == []
    return [document for document, _ in read if document is not None]


def _words(message: Message) -> str:
    return parse_inline(message.msgid).plain


DOCUMENTS = _documents()
SAID = "\n".join(_words(message) for document in DOCUMENTS for message in document.messages)
PLACES = "\n".join(
    line
    for clinic in read_clinics((ROOT / "source" / "clinics.toml").read_text(encoding="utf-8"), "clinics.toml")[0]
    for line in (clinic.name, " ".join(clinic.address))
)
CONFIRMED = [(document, message) for document in DOCUMENTS for message in document.messages if not message.pending]


@pytest.mark.parametrize("sentence", _sentences(_clinic_text()))
def test_every_sentence_is_there(sentence: str) -> None:
    """Every sentence that the clinic gave stands in a document, but for the corrections listed."""
    assert sentence in SAID or sentence in PLACES


@pytest.mark.parametrize(
    "message", [message for _, message in CONFIRMED], ids=[f"{d.name}:{m.span.line}" for d, m in CONFIRMED]
)
def test_nothing_is_added(message: Message) -> None:
    """What does not wait for a clinician is the clinic's own sentence, or says nothing clinical."""
    theirs = " ".join(_clinic_text().split()).casefold()
    words = _words(message)
    for own, clinic_s in ON_A_CARD.items():
        words = words.replace(own, clinic_s)
    if message.msgid in OWN_WORDS:
        return
    if message.role == "title":
        words = " ".join(words.split(" and ")[:1])
    for sentence in _sentences(words):
        assert sentence.casefold() in theirs


def test_no_phone_is_invented() -> None:
    """The clinic gave no telephone number, and none stands in the sources."""
    clinics, _ = read_clinics((ROOT / "source" / "clinics.toml").read_text(encoding="utf-8"), "clinics.toml")
    assert {(clinic.phone, clinic.emergency) for clinic in clinics} == {("", "911")}
    assert re.findall(r"\d{3}[-. ]\d{4}", SAID) == []

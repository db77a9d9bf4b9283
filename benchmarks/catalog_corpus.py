"""The corpus that catalogs are timed on: a seed goes in, Markdown documents and edits of them come out."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

_SUBJECTS = (
    "the patient your doctor a nurse the clinic this procedure the catheter your leg the vein an artery the lung "
    "a blood clot the needle your family the pharmacist a small bandage the spinal fluid the tumor an x-ray"
)
_VERBS = (
    "swells hurts heals moves travels blocks carries relieves prevents improves measures explains checks removes "
    "closes opens warms cools causes needs supports replaces follows reports notices describes treats watches"
)
_OBJECTS = (
    "pressure pain swelling fever breath movement medicine aspirin bleeding headache infection walking sleep "
    "weight balance numbness redness tenderness dizziness symptoms discomfort treatment recovery appointment"
)
_REST = (
    "slowly quickly at home in the hospital within a few days for several weeks after the procedure before breakfast "
    "during the night in most people in rare cases without warning over time by itself under local anesthesia "
    "with a light dressing near the spine around the ankle behind the knee above the hip on both sides"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's name and its paragraphs, the first of them its heading."""

    name: str
    paragraphs: tuple[str, ...]

    @property
    def markdown(self) -> str:
        """The document as its source file."""
        head = f"---\nnumber: B-1\ntitle: {self.name}\nproducts: [trifold]\nversion: '1'\ndate: 2026-11\n"
        body = "\n\n".join(self.paragraphs)
        return f"{head}review-by: 2027-11\n---\n\n<!-- panel: text -->\n\n# {body}\n"

    @property
    def plain(self) -> str:
        """The same text for tools that know no front matter."""
        return "# " + "\n\n".join(self.paragraphs) + "\n"


def corpus(documents: int = 60, messages: int = 79, seed: int = 7) -> list[Document]:
    """So many documents of so many messages, about twelve words each: 60 and 79 are 66,600 words."""
    chance = random.Random(seed)
    return [
        Document(f"document-{number:04}", tuple(_sentence(chance) for _ in range(messages)))
        for number in range(1, documents + 1)
    ]


def edited(documents: list[Document], share: float, seed: int = 11) -> list[Document]:
    """The documents with one word changed in this share of their paragraphs, and a new one at the top of each."""
    chance = random.Random(seed)
    return [
        replace(d, paragraphs=(_sentence(chance), *(_edit(p, chance, share) for p in d.paragraphs))) for d in documents
    ]


def _edit(paragraph: str, chance: random.Random, share: float) -> str:
    if chance.random() >= share:
        return paragraph
    words = paragraph.split(" ")
    words[chance.randrange(len(words) - 1)] = chance.choice(_OBJECTS.split())
    return " ".join(words)


def _sentence(chance: random.Random) -> str:
    pick = [chance.choice(words.split()) for words in (_SUBJECTS, _VERBS, _OBJECTS)]
    rest = [chance.choice((_REST, _OBJECTS, _VERBS)[n % 3].split()) for n in range(chance.randrange(5, 14))]
    return " ".join(("When", *pick, "and", *rest)).capitalize() + "."

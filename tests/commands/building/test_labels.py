from __future__ import annotations

from dataclasses import replace

import pytest

from pressroom.approval import Label
from pressroom.commands.building.labels import label_of
from pressroom.layout import Product
from pressroom.planning.plan import Job, Request, make_plan
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import SPANISH, Bench, make_bench

CARDS = """
[cards]
layout = "slip"
description = "Cards"
paper = "US Letter, one side"
then = "cut"

[cards-press]
layout = "slip"
description = "Cards for a print shop"
inks = "gray"
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A project with Spanish and three products; nothing is built."""
    bench = make_bench(tmp_path_factory.mktemp("labels") / "project")
    with (bench.root / "layouts" / "products.toml").open("a", encoding="utf-8") as file:
        file.write(CARDS)
    return bench


def job(workspace: Workspace, locale: str) -> Job:
    """The document in a locale."""
    return next(j for j in make_plan(workspace, Request(("signs",))).jobs if j.language.tag == locale)


def label(job: Job, made_as: str, kind: str) -> Label:
    """The label of a job's file."""
    translation = job.workspace.text(job.document, job.language).translation
    assert translation is not None
    return label_of(job, translation, made_as, kind)


def test_the_names_of_a_file(bench):
    """A label has the language's names and direction, the title twice, the clinic and the product, as they are now."""
    spanish, english = (label(job(bench.workspace, tag), "", "pdf") for tag in ("es", "en"))
    assert (spanish.language, spanish.autonym, spanish.direction) == ("Spanish", "Español", "ltr")
    assert (spanish.title, spanish.own_title) == ("Warning signs", SPANISH["Warning signs"])
    assert (english.title, english.own_title) == ("Warning signs", "Warning signs")
    assert (spanish.clinic_name, spanish.printed_by) == ("Larkspur Clinic", "desk")


def test_a_title_that_is_not_translated_is_left_out(bench, tmp_path):
    """English is not passed for the title in the file's language."""
    other = make_bench(tmp_path / "project")
    other.edit(other.catalog, 'msgstr "Señales de alarma"', 'msgstr ""')
    assert label(job(other.workspace, "es"), "", "pdf").own_title == ""


def test_the_product_that_a_file_was_made_as(bench):
    """Where a text does not fit, the label is of the product that was made, with its paper and finish."""
    made = label(job(bench.workspace, "es"), "cards", "pdf")
    assert (made.what, made.paper, made.how, made.then) == ("Cards", "US Letter", "one side", "cut")


@pytest.mark.parametrize(
    ("made_as", "kind", "who"), [("cards", "pdf", "desk"), ("cards-press", "pdf", "print shop"), ("", "html", "screen")]
)
def test_who_prints_it(bench, made_as, kind, who):
    """A file with plates is a print shop's, and a web page nobody's."""
    named = label(job(bench.workspace, "en"), made_as, kind)
    assert named.printed_by == who
    assert (named.how == "read on a screen") == (kind == "html")


def test_a_product_that_is_gone(bench):
    """Without the product's table the job's own product names the file."""
    one = job(bench.workspace, "en")
    assert label(replace(one, product=Product("x", "slip", "Slips")), "x", "pdf").what == "Slips"

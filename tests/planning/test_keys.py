from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request, make_plan
from pressroom.workspace.workspace import Workspace


def _keys(root: Path) -> dict[tuple[str, ...], str]:
    return {job.id: job.key for job in make_plan(Workspace.open(root), Request()).jobs}


def test_dates_change_nothing(minimal: Path) -> None:
    """A file touched, or moved about in time, changes no key."""
    before = _keys(minimal)
    for path in minimal.rglob("*"):
        os.utime(path, (1, 1))
    assert _keys(minimal) == before
    assert len(before) == 2


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("source/visit.md", {"en", "es"}),
        ("source/clinics.toml", set()),  # what a clinic says changes its own pieces: test_imprint.py
        ("layouts/brand.toml", {"en", "es"}),
        ("layouts/words.toml", {"en", "es"}),
        ("layouts/slip/layout.toml", {"en", "es"}),
        ("layouts/slip/template.html", {"en", "es"}),
        ("layouts/slip/style.css", {"en", "es"}),
        ("layouts/shared/new.css", {"en", "es"}),
        ("source/new.PNG", {"en", "es"}),
        ("locales/es/LC_MESSAGES/visit.po", {"es"}),
        ("locales/es/LC_MESSAGES/layouts.po", {"es"}),
        ("locales/es/drafts/visit.txt", {"es"}),
        ("locales/es/drafts/layouts.txt", {"es"}),
        ("README.md", set()),
        ("locales/visit.pot", set()),
    ],
)
def test_a_byte_changes_a_key(name: str, changed: set[str], minimal: Path) -> None:
    """A byte more in a file changes the keys of what is made from it, and of nothing else."""
    before = _keys(minimal)
    path = minimal / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    after = _keys(minimal)
    assert {id[1] for id in before if before[id] != after[id]} == changed


@pytest.mark.parametrize(
    ("request_", "message", "hint"),
    [
        (Request(documents=("vist",)), "no document is called 'vist'", "visit"),
        (Request(locales=("fr",)), "no locale of this project is called 'fr'", "en, es"),
        (Request(clinics=("lark",)), "no clinic is called 'lark'", "larkspur-clinic"),
        (Request(products=("card",)), "no product is called 'card'", "slip"),
    ],
)
def test_unknown(request_: Request, message: str, hint: str, minimal: Path) -> None:
    """What a request names and the project has not is refused with what there is."""
    with pytest.raises(UsageError) as caught:
        make_plan(Workspace.open(minimal), request_)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_narrowed(other_clinic: Path) -> None:
    """A request narrows what is wanted; the rest is planned all the same, so that it is kept."""
    request = Request(locales=("fa",), clinics=("praxis-am-see",))
    jobs = make_plan(Workspace.open(other_clinic), request).jobs
    assert len(jobs) == 6
    assert [job.id for job in jobs if job.requested] == [("after-your-visit", "fa", "praxis-am-see", "leaflet")]


def test_press_files_together() -> None:
    """Asked for `press`, a project makes the press files that its documents can have, and no other product."""
    root = Path(__file__).parents[2]
    wanted = {
        (j.document, j.product.name)
        for j in make_plan(Workspace.open(root), Request(products=("press",))).jobs
        if j.requested
    }
    assert ("dvt-pe", "wallet-card-press") in wanted
    assert ("services", "trifold-press") in wanted
    assert ("services", "wallet-card-press") not in wanted
    assert all(product.endswith("-press") for _, product in wanted)


def test_the_stand_in_counts(other_clinic: Path, edit) -> None:
    """A change of the layout that takes a product's place where its text does not fit changes that product's key."""
    table = other_clinic / "layouts" / "products.toml"
    table.write_text(table.read_text(encoding="utf-8") + STAND_IN, encoding="utf-8")
    shutil.copytree(other_clinic / "layouts" / "leaflet", other_clinic / "layouts" / "roomy")
    front = next((other_clinic / "source").rglob("*.md"))
    edit(front, "products: [leaflet]", "products: [tight, leaflet]")
    before = _keys(other_clinic)
    edit(other_clinic / "layouts" / "roomy" / "layout.toml", "safe = ", "safe= ")
    after = _keys(other_clinic)
    assert {id[3] for id in before if before[id] != after[id]} == {"tight"}


STAND_IN = """
[roomy]
layout = "roomy"

[tight]
layout = "leaflet"
otherwise = "roomy"
"""

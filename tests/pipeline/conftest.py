"""The invented clinic with a web edition beside its leaflet, built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def with_web(folder: Path) -> Path:
    """A copy of the invented clinic's project, with this project's web layout among its own."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "other-clinic", folder / "clinic"))
    shutil.copytree(ROOT / "layouts" / "web-page", project / "layouts" / "web-page")
    products = project / "layouts" / "products.toml"
    products.write_text(products.read_text(encoding="utf-8") + '\n[web-page]\nlayout = "web-page"\n', encoding="utf-8")
    brand = project / "layouts" / "brand.toml"
    text = brand.read_text(encoding="utf-8").replace("[colour]", '[colour]\nalarm = "#a60010"')
    brand.write_text(text, encoding="utf-8")
    source = project / "source" / "leaflets" / "after-your-visit.md"
    text = source.read_text(encoding="utf-8").replace("[leaflet]", "[leaflet, web-page]")
    source.write_text(text, encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pieces of the invented clinic in English, German and Persian: the folder of the current generation."""
    from pressroom.pipeline.build import build
    from pressroom.pipeline.plan import Request
    from pressroom.project import find_project

    project = with_web(tmp_path_factory.mktemp("edition"))
    report = build(find_project(project), Request(), output=project / "output", jobs=2, progress=lambda *_: None)
    assert report.generation is not None
    return report.generation

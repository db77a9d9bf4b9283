"""Renders the engine's own pages: specimens of languages and review packets."""

from __future__ import annotations

from pressroom.compose import HtmlPage, Sample, compose_specimen
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.render.engine import Engine, RenderError
from pressroom.render.runts import lay_out_flowing

_TEMPLATES = "pressroom/compose/templates"


def render_specimen(sample: Sample) -> tuple[bytes | None, list[Diagnostic]]:
    """The PDF of a specimen, and its findings: a letter that no font has, or a second page."""
    source = f"{_TEMPLATES}/specimen.html"
    try:
        engine = Engine(compose_specimen(sample), source)
        document = lay_out_flowing(engine, "", sample.language)
        pdf = engine.write(document)
    except RenderError as error:
        return None, list(error.problems)
    if len(document.pages) != 1:
        message = f"the specimen of {sample.language.tag} takes {len(document.pages)} pages"
        return pdf, [diagnostic("specimen-long", Span(source), message, "show fewer letters in letters.toml")]
    return pdf, []


def render_packet(packet: HtmlPage) -> bytes:
    """A review packet as a tagged PDF.

    Raises:
        RenderError: WeasyPrint logged a problem.
    """
    engine = Engine(packet, f"{_TEMPLATES}/review.html")
    return engine.write(engine.lay_out(""))

"""A specimen rendered: a `Sample` goes in, a PDF of one page or the reasons why there is none come out."""

from __future__ import annotations

from pressroom.compose import Sample, compose_specimen
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.render.engine import Engine, RenderError
from pressroom.render.runts import lay_out_flowing

_SOURCE = "pressroom/compose/templates/specimen.html"


def render_specimen(sample: Sample) -> tuple[bytes | None, list[Diagnostic]]:
    """The PDF; a letter that no font has, or a second page, is told."""
    try:
        engine = Engine(compose_specimen(sample), _SOURCE)
        document = lay_out_flowing(engine, "", sample.language)
        pdf = engine.write(document)
    except RenderError as error:
        return None, error.problems
    if len(document.pages) != 1:
        message = f"the specimen of {sample.language.tag} takes {len(document.pages)} pages"
        return pdf, [diagnostic("specimen-long", Span(_SOURCE), message, "show fewer letters in letters.toml")]
    return pdf, []

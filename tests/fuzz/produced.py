"""Makes the proofs of the hostile project, as PDFs for mutations to begin with: with their streams unpacked."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from tests.fuzz.targets.pdfs import PRODUCED
from tests.hostile.case import copy_of_project


def produce() -> None:
    """Make them, if they are not there."""
    if PRODUCED.is_dir():
        return
    from tests.hostile.child import run

    with TemporaryDirectory() as folder:
        project = copy_of_project(Path(folder) / "project")
        outcome = run(project, "build", "safe", "--jobs", "1", render=True)
        assert outcome.made, outcome.said
        PRODUCED.mkdir(parents=True)
        for path in sorted(project.glob("output/current/*/*.pdf")):
            for name, options in (("packed", {}), ("plain", {"stream_decode_level": pikepdf.StreamDecodeLevel.all})):
                out = io.BytesIO()
                with pikepdf.open(path) as document:
                    # The fonts are most of a file, and its metadata are read by rule alone.
                    document.save(out, compress_streams=name == "packed", static_id=True, **options)
                (PRODUCED / f"{path.stem}.{name}.pdf").write_bytes(out.getvalue())

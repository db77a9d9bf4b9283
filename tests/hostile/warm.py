"""Imported once by the server that cases are forked from: loads what every command loads, and sets no page.

It also builds the project as it is, with nothing set, so that what is read of languages is in memory.
"""

from __future__ import annotations

import shutil
import tempfile
from importlib import import_module
from pathlib import Path

from click.testing import CliRunner

from pressroom.cli.command_list import COMMANDS
from pressroom.cli.main import main
from pressroom.commands.building import batch
from pressroom.language import registered_fonts, sign_fonts
from pressroom.render.fonts import private_fonts

_ALSO = (
    "pressroom.commands.building.build",
    "pressroom.commands.building.batch",
    "pressroom.commands.catalogs.check",
    "pressroom.commands.catalogs.update",
    "pressroom.commands.handoff.import_handoff",
    "pressroom.commands.releasing.verify",
    "pressroom.production.make",
    "pressroom.publish.file_identity",
    "weasyprint",
    "PIL.PngImagePlugin",
    "PIL.JpegImagePlugin",
    "pikepdf",
    "pypdfium2",
)

# Before WeasyPrint is imported, which reads the list of fonts once. The folder lives as long as the server.
_FOLDER = tempfile.TemporaryDirectory(prefix="pressroom-hostile-")
private_fonts([*registered_fonts().values(), *sign_fonts()], Path(_FOLDER.name))
for _name in (*(f"pressroom.cli.commands.{name}" for name in dict.fromkeys(COMMANDS.values())), *_ALSO):
    import_module(_name)

# Imported last: it names this module as what its server loads.
from tests.hostile.child import Unset  # noqa: E402

batch.LocalExecutor = Unset  # type: ignore[misc,assignment]
_PROJECT = shutil.copytree(
    Path(__file__).parent / "project", Path(_FOLDER.name) / "project", ignore=shutil.ignore_patterns(".cache", "output")
)
for _words in (["build", "--jobs", "1"], ["check"], ["status"]):
    CliRunner().invoke(main, ["--project", str(_PROJECT), *_words])

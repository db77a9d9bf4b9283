"""One file for everybody: WeasyPrint's tagged PDF goes in, a file that is PDF/UA-1 and PDF/A-2a comes out.

WeasyPrint draws while `told` tells what each piece of text is (`hook`); `finish` rewrites what it drew: the tree of
tags (`read`, `tree`, `lists`, `links`, `speech`, `write`), the marks in the pages (`marks`), the metadata and the
objects (`archive`), and the bytes (`save`). `graft` joins two such files before they are finished.
"""

from pressroom.render.tags.finish import finish
from pressroom.render.tags.graft import Base, NotUnderstood, graft, read_base
from pressroom.render.tags.hook import SCREEN_COLOURS, describe_colours, hide_decoration, told

__all__ = [
    "SCREEN_COLOURS",
    "Base",
    "NotUnderstood",
    "describe_colours",
    "finish",
    "graft",
    "hide_decoration",
    "read_base",
    "told",
]

"""Makes WeasyPrint's tagged PDF conform to PDF/UA-1 and PDF/A-2a in one file.

While WeasyPrint draws, `described_marks` (`hook`) adds what each piece of text is, `letters_beside_glyphs` (`letters`)
writes right-to-left text where it can be copied, and `whole_arrays` (`text_arrays`) avoids a fault of PDFium. Then
`finish` rewrites what was drawn: the tree of tags (`structure_tree`, `tree`), the marks in the pages (`model`), the
metadata, objects and bytes. `graft` joins two such files before they are finished, frame by frame (`frames`).
"""

from pressroom.render.tags.finish import finish
from pressroom.render.tags.frames import CannotJoin, named_frames
from pressroom.render.tags.graft import Base, graft, read_base
from pressroom.render.tags.hook import SCREEN_COLOURS, describe_colours, described_marks, hide_decoration
from pressroom.render.tags.letters import letters_beside_glyphs
from pressroom.render.tags.read_back import MisreadError
from pressroom.render.tags.text_arrays import whole_arrays

"""Makes WeasyPrint's tagged PDF conform to PDF/UA-1 and PDF/A-2a in one file.

While WeasyPrint draws, `described_marks` (`hook`) adds what each piece of text is, `letters_beside_glyphs` (`letters`)
writes right-to-left text where it can be copied, and `small_subsets` (`subsets`) cuts fonts down and numbers their
glyphs again. Then `drawn` settles the objects that WeasyPrint made (`objects`), which are not written to a file and
read again, and `prepare` makes them a base, which clinics share, and an imprint, which one clinic has (`prepared`):
objects as bytes, with the tree of tags (`structure_tree`, `tree`), and the pages' content cut at frames (`frames`) with
its marks (`model`). `linked` joins both, and `joint` checks the result. A file that is drawn whole (`finish`) is a base
with an imprint that paints nothing.
"""

from pressroom.render.tags.finish import finish
from pressroom.render.tags.frames import CannotJoin, named_frames
from pressroom.render.tags.hook import SCREEN_COLOURS, describe_colours, described_marks, hide_decoration
from pressroom.render.tags.joint import JointError, refuse_broken
from pressroom.render.tags.letters import letters_beside_glyphs
from pressroom.render.tags.link import linked
from pressroom.render.tags.prepare import Parts, Raw, prepared_base, prepared_imprint
from pressroom.render.tags.prepared import Base, Imprint
from pressroom.render.tags.read_back import MisreadError
from pressroom.render.tags.shape import addresses, shape_of, spoken
from pressroom.render.tags.subsets import NO_LETTERS, Letters, small_subsets

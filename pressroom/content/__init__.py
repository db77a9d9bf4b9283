"""Reads the canonical English: Markdown files become documents of panels, blocks and messages.

Imported here is what documents are. Reading them needs a parser of Markdown, so `parse` and `blocks` are imported by
those who read.
"""

from pressroom.content.model import Block, Document, FrontMatter, Message, Panel, messages_of, pictures_of

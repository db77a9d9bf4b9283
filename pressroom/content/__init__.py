"""Canonical English: Markdown files go in, `Document`s made of panels, blocks and messages come out."""

from pressroom.content.model import Block, Document, FrontMatter, Message, Panel, messages_of
from pressroom.content.parse import parse_document, read_front_matter

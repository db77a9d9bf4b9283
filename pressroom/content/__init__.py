"""Reads the canonical English: Markdown files become documents of panels, blocks and messages."""

from pressroom.content.blocks import markdown_html
from pressroom.content.model import Block, Document, FrontMatter, Message, Panel, messages_of, pictures_of
from pressroom.content.parse import parse_document, read_front_matter

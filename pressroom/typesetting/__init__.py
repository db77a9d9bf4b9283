"""Finds where lines and pages end; pure functions of widths and heights, in which no page and no font is seen."""

from pressroom.typesetting.fit import best_lines, fewest_lines, first_fit_lines, has_fault
from pressroom.typesetting.pages import FlowBlock, page_starts
from pressroom.typesetting.paragraph import Kind, LineBreak, Paragraph

"""Finds where the lines of a paragraph end; pure functions of widths, in which no page and no font is seen."""

from pressroom.typesetting.fit import best_lines, fewest_lines, first_fit_lines, shortest_line
from pressroom.typesetting.paragraph import Kind, LineBreak, Paragraph

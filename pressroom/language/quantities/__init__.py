"""Reads what a text says in numbers, in any language, and compares two texts."""

from pressroom.language.quantities.compare import counts, differences
from pressroom.language.quantities.difference import Difference
from pressroom.language.quantities.model import Quantity, Reading
from pressroom.language.quantities.plain import plain
from pressroom.language.quantities.reader import numbers_in_words, read_quantities, whole_numbers
from pressroom.language.quantities.spelled import spelled_numbers

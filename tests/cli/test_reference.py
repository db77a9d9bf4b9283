from pathlib import Path

import pytest

from pressroom.cli.reference import pages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", sorted(pages()))
def test_page_is_what_the_program_does(path):
    """Each reference page in the repository is the one that the program would write now."""
    assert (ROOT / path).read_text(encoding="utf-8") == pages()[path], "run: python -m pressroom.cli.reference"

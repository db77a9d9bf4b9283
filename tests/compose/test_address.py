from __future__ import annotations

import pytest

from pressroom.compose.address import address_line


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("650 East Street, Suite 100", '650 East Street,<span> </span><span class="keep">Suite 100</span>'),
        ("Salt Lake City, UT 84107", 'Salt Lake City,<span> </span><span class="keep">UT 84107</span>'),
        ("1 Meadow & Brook Lane", "1 Meadow &amp; Brook Lane"),
        ("Haus <4> 12b", 'Haus<span> </span><span class="keep">&lt;4&gt; 12b</span>'),
        ("", ""),
    ],
)
def test_numbers_stay_with_their_word(line: str, html: str) -> None:
    """A line of an address ends neither before a suite's number nor before a state's code, and is escaped."""
    assert address_line(line) == html

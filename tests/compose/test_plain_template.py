"""Templates without what prints nothing."""

from __future__ import annotations

import pytest

from pressroom.compose.template import plain_template

MACROS = "{% macro a() %}{% macro b() %}x{% endmacro %}\n  <p>\n{{ b() }} y</p>\n{% endmacro %}"


@pytest.mark.parametrize(
    "same",
    [
        "{# Ours. #}\n\n" + MACROS,
        MACROS + "\n\n{# The end. #}\n",
        MACROS.replace("{% macro b", "{# b #}{% macro b"),
        MACROS.replace("<p>\n", "<p>{# many\n\n lines #}\n\n\n"),
        MACROS.replace("b()", " b( ) "),
    ],
)
def test_what_prints_nothing(same: str) -> None:
    """Comments, blank lines, the space between macros, and spaces in a tag of Jinja are no difference."""
    assert plain_template(same) == plain_template(MACROS)


@pytest.mark.parametrize(
    "other",
    [
        MACROS.replace("endmacro %}\n  <p>", "endmacro %}<p>"),
        MACROS.replace(" y", "y"),
        MACROS.replace("x", "{{ '{# x #}' }}"),
        MACROS.replace("x", "{% raw %}{# x #}{% endraw %}"),
    ],
)
def test_what_may_print(other: str) -> None:
    """A space in a macro counts, also after a macro inside it, and so does what only looks like a comment."""
    assert plain_template(other) != plain_template(MACROS)
    assert plain_template(other) != plain_template(MACROS.replace("x", ""))

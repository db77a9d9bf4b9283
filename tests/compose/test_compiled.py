"""What a process keeps of templates that another one compiled."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from pressroom.compose.compiled import Compiled


def _written(text: str, kept: dict[str, bytes]) -> str:
    """What a template writes in a new process, which has what is kept."""
    compiled = Compiled()
    compiled.kept = kept
    return Environment(loader=DictLoader({"page": text}), bytecode_cache=compiled).get_template("page").render()


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled is used for the same text alone, in whichever process; what is damaged is compiled again."""
    kept, texts, compiling = dict[str, bytes](), list[str](), Environment.compile

    def noted(self: Environment, source: str, *of: object) -> object:
        texts.append(source)
        return compiling(self, source, *of)

    monkeypatch.setattr(Environment, "compile", noted)
    assert [_written("{{ 6 * 7 }}", kept) for _ in range(2)] == ["42", "42"]
    assert texts == ["{{ 6 * 7 }}"]
    assert _written("{{ 6 * 8 }}", kept) == "48"
    kept.update({name: data[:-9] for name, data in kept.items()})
    assert _written("{{ 6 * 8 }}", kept) == "48"
    assert texts == ["{{ 6 * 7 }}", "{{ 6 * 8 }}", "{{ 6 * 8 }}"]

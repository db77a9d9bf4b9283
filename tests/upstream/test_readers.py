"""What the engine takes for true of markdown-it, tinycss2, click and cryptography."""

from __future__ import annotations

import click
import pytest
import tinycss2
from click.testing import CliRunner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from markdown_it import MarkdownIt

from tests.upstream.assumption import assumed_of


@assumed_of("markdown-it-py", "content/blocks.py", "content/parse.py")
def test_a_block_knows_its_lines() -> None:
    """Each opening token of a block has in `map` its first line, from 0, and the one after its last."""
    parser = MarkdownIt("commonmark", {"html": True}).disable(["inline", "reference"]).enable("table")
    tokens = parser.parse("# a\n\ntext\nmore\n\n- b\n\n| c |\n|---|\n| d |\n")
    maps = {token.type: token.map for token in tokens if token.nesting == 1}
    assert maps["heading_open"] == [0, 1]
    assert maps["paragraph_open"] in ([2, 4], [5, 6])
    assert maps["table_open"] == [7, 10]


@assumed_of("markdown-it-py", "content/blocks.py")
def test_text_within_a_block_is_left_as_it_is_written() -> None:
    """With the rule `inline` off, the text of a block is its own Markdown."""
    parser = MarkdownIt("commonmark", {"html": True}).disable(["inline", "reference"])
    assert [token.content for token in parser.parse("a **b** `c`") if token.type == "inline"] == ["a **b** `c`"]


@assumed_of("markdown-it-py", "content/blocks.py")
def test_what_is_nested_too_deep_is_dropped_in_silence() -> None:
    """Beyond `maxNesting` text is lost without a word: so the engine has a limit far below."""
    assert "deep" not in MarkdownIt("commonmark", {"maxNesting": 3}).render("> > > > > deep")


@assumed_of("markdown-it-py", "content/blocks.py")
def test_html_becomes_text_where_it_is_off() -> None:
    """With `html` off a tag is printed as it is written."""
    assert "&lt;script&gt;" in MarkdownIt("commonmark", {"html": False}).render("<script>x</script>")


@assumed_of("tinycss2", "layout/style_rules.py", "layout/style_values.py")
def test_every_rule_has_its_place() -> None:
    """Rules and declarations know their line and column from 1; what is wrong is a token of type `error`."""
    parsed = tinycss2.parse_stylesheet(
        "a { color: red }\n@media x { b {} }\n}", skip_comments=True, skip_whitespace=True
    )
    assert [(rule.type, rule.source_line) for rule in parsed] == [("qualified-rule", 1), ("at-rule", 2), ("error", 3)]
    (declaration,) = tinycss2.parse_blocks_contents(parsed[0].content, skip_comments=True, skip_whitespace=True)
    assert (declaration.type, declaration.lower_name, declaration.source_column) == ("declaration", "color", 5)


@assumed_of("tinycss2", "layout/style_values.py", "layout/style_rules.py")
def test_an_escape_is_read_before_it_is_judged() -> None:
    r"""An escaped letter is the letter: `\75rl(x)` is an address, so no escape hides one from the list of values."""
    (token,) = tinycss2.parse_component_value_list("\\75rl(x)")
    assert (token.type, token.value) == ("url", "x")


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--nothing"], 2), (["fail"], 1)])
@assumed_of("click", "cli/main.py", "cli/command.py")
def test_exit_codes(arguments: list[str], code: int) -> None:
    """A command that was called wrongly ends with 2, a ClickException with 1, and one that worked with 0."""

    @click.command()
    @click.argument("what", default="")
    def command(what: str) -> None:
        if what:
            raise click.ClickException(what)

    assert CliRunner().invoke(command, arguments).exit_code == code


@assumed_of("cryptography", "approval/ssh_signature.py")
def test_a_wrong_signature_is_raised() -> None:
    """`verify` returns nothing for the signature of these bytes, and raises InvalidSignature for any other."""
    key = Ed25519PrivateKey.generate()
    public = Ed25519PublicKey.from_public_bytes(key.public_key().public_bytes_raw())
    signature = key.sign(b"record")
    assert public.verify(signature, b"record") is None
    for wrong, data in ((signature[:-1], b"record"), (b"", b"record"), (signature, b"record ")):
        with pytest.raises(InvalidSignature):
            public.verify(wrong, data)


@assumed_of("cryptography", "approval/ssh_signature.py")
def test_a_key_of_the_wrong_length_is_a_value_error() -> None:
    """Bytes that are no key raise ValueError."""
    with pytest.raises(ValueError, match="32"):
        Ed25519PublicKey.from_public_bytes(b"short")

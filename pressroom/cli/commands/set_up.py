"""Commands that set up a person's own machine: what the shell completes."""

from __future__ import annotations

import click

from pressroom.cli.command import COMPLETE, Choice, command
from pressroom.cli.output import show

# The names that a person types: the installed command, and the launcher in a project's folder.
_NAMES = ("pressroom", "press")


@command("completion")
@click.argument("shell", type=Choice(["bash", "zsh", "fish"]), help="The shell you use.")
def completion(shell: str) -> None:
    """Print a script that makes the Tab key complete names.

    It completes commands, options, and the project's documents, locales, clinics, products, sheets, printers and
    people, for `pressroom` and for `./press`. Your shell must read the script each time it starts; the examples show
    how. docs/how-to/complete-names.md explains it.
    """
    from click.shell_completion import get_completion_class

    completes = get_completion_class(shell)
    root = click.get_current_context().find_root().command
    assert completes is not None
    for name in _NAMES:
        show(completes(root, {}, name, COMPLETE).source().rstrip())

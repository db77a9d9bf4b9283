"""Words in, diagnostics and an exit code out. The only room that knows Click."""

from pressroom.cli.main import main, run

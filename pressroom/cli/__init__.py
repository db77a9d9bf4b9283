"""The command line. The only room that uses Click."""

from pressroom.cli.main import main, run

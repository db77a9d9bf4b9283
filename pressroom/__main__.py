"""`python -m pressroom COMMAND`: the same as the installed command `pressroom COMMAND`."""

from pressroom.cli import run

if __name__ == "__main__":
    run()

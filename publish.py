"""The door: `python publish.py COMMAND`, the same as `./press COMMAND` once the environment is there."""

from pressroom.cli import run

if __name__ == "__main__":
    run()

"""The door: `python publish.py COMMAND`, the same as `./press COMMAND` once the environment is there."""

from pressroom.cli import main

if __name__ == "__main__":
    main()

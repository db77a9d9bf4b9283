"""Watches a worker that a watched command starts: Python imports this module at its start."""

from tests.hostile.guard import start

start()

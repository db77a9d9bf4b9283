"""Releases and editions, sheets of released cards, and the identification of a file."""

"""Editions: what everybody signed goes in, releases, sheets of them and the word on a piece handed in come out."""

"""Sheets that tests put several pieces on, as `layouts/sheets.toml` has them."""

THREE_SLIPS = """[desk]
description = "Three slips on a Letter sheet"
width = "8.5in"
height = "11in"
cell = ["90mm", "60mm"]
columns = 1
rows = 3
first = ["60mm", "20mm"]
pitch = ["90mm", "65mm"]
marks = true
"""

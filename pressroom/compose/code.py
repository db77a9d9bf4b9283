"""Draws the QR code of an address as SVG, with modules large enough for telephones to read from paper."""

from __future__ import annotations

from typing import Final

import segno

from pressroom.units import mm

CODE: Final = "code.svg"
# A module of 0.4 mm is the least that telephones read from office prints; four modules stay quiet around it.
MODULE: Final = mm(0.6)
_QUIET: Final = 4


def code_svg(address: str, *, readable: bool = True) -> bytes:
    """A QR code of the address, level M, black on white, as large as its modules make it, quiet zone included.

    With `readable=False`, for a proof, it is a crossed box of the same size.
    """
    code = segno.make(address, error="m", micro=False, boost_error=False)
    size = code.symbol_size(border=_QUIET)[0]
    if readable:
        rows = enumerate(code.matrix, start=_QUIET)
        dark = "".join(f"M{x + _QUIET} {y}h{run}v1h-{run}z" for y, row in rows for x, run in _runs(row))
        drawing = f'<path d="{dark}" fill="#000"/>'
    else:
        near, far = _QUIET + 0.5, size - _QUIET - 0.5
        crossed = f"M{near} {near}H{far}V{far}H{near}zL{far} {far}M{near} {far}L{far} {near}"
        drawing = f'<path d="{crossed}" fill="none" stroke="#000"/>'
    side = f"{size * MODULE.pt:.4f}pt"
    box = f'viewBox="0 0 {size} {size}" width="{side}" height="{side}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawing}</svg>'.encode()


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where the dark stretches of a row begin, and how long they are: one shape each leaves no hairlines between."""
    runs: list[tuple[int, int]] = []
    for x, module in enumerate(row):
        if module and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif module:
            runs.append((x, 1))
    return runs

"""Editions: finished files go in, one complete generation with its manifest comes out, or the old one stays.

What opens a PDF (`impose`, `press`, `preview`, `calibration`) is imported by its own name: a build with nothing to do
needs none of it.
"""

from pressroom.finish.lock import OutputBusy, output_lock
from pressroom.finish.manifest import Manifest, PieceRecord, read_manifest
from pressroom.finish.store import KEPT, Store, StoreError

__all__ = [
    "KEPT",
    "Manifest",
    "OutputBusy",
    "PieceRecord",
    "Store",
    "StoreError",
    "output_lock",
    "read_manifest",
]

"""Editions: finished files go in, one complete generation with its manifest comes out, or the old one stays."""

from pressroom.finish.calibration import calibration
from pressroom.finish.impose import Place, Printer, fits, impose, places
from pressroom.finish.lock import OutputBusy, output_lock
from pressroom.finish.manifest import Manifest, PieceRecord, read_manifest
from pressroom.finish.press import PressError, PressJob, press_file
from pressroom.finish.preview import previews
from pressroom.finish.store import KEPT, Store, StoreError

__all__ = [
    "KEPT",
    "Manifest",
    "OutputBusy",
    "PieceRecord",
    "Place",
    "PressError",
    "PressJob",
    "Printer",
    "Store",
    "StoreError",
    "calibration",
    "fits",
    "impose",
    "output_lock",
    "places",
    "press_file",
    "previews",
    "read_manifest",
]

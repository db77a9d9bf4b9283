"""Editions: stores finished files and publishes them as one complete edition with its manifest."""

from pressroom.publish.lock import output_lock
from pressroom.publish.manifest import Manifest, ManifestError, read_manifest
from pressroom.publish.piece_record import PieceRecord
from pressroom.publish.store import KEPT, Store

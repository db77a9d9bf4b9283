"""Editions: finished files go in, one complete generation with its manifest comes out, or the old one stays.

What works on the PDFs themselves (imposing, press files, previews) is imported from its own module, where it is
needed: a build with nothing to do has no use for it, and waits for its libraries ten times as long as it runs.
"""

from pressroom.publish.lock import output_lock
from pressroom.publish.manifest import Manifest, ManifestError, PieceRecord, read_manifest
from pressroom.publish.store import KEPT, Store, StoreError

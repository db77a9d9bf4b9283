"""Turns a composition into a PDF whose text fits, or that shows where it does not.

The only room that imports WeasyPrint, which loads Pango. Importing this package alone does not; `fonts` and `subset`
do not either, so that a command can prepare fonts for workers that have not started yet.
"""

import ctypes.util

from pressroom.render.libraries import find_library

ctypes.util.find_library = find_library

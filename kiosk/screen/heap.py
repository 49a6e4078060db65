"""Keeps the heap of the process small while pictures of many sizes come and go (glibc).

Pictures are decoded by worker threads and released by the Qt thread. By default glibc gives threads heaps of their own
and, after the first large block was released, puts blocks of up to 32 MB into them: what is released lies between
blocks in use and is not given back. In 5,000 touches of the demo the resident memory rose by some 120 MB so, beside the
cache of pictures. With one more heap and a fixed threshold, pictures get pages of their own, which go back at once.
"""

from __future__ import annotations

import ctypes
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_OWN_PAGES_BYTES: Final = 128 * 1024
"""A block of this size gets pages of its own; glibc's first value, which it raises unless it is set."""
_HEAPS: Final = 2


def keep_small() -> bool:
    """Set both for this process; False where the C library has no such settings. May be called again."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is None:
        return False
    return bool(set_option(_M_MMAP_THRESHOLD, _OWN_PAGES_BYTES)) and bool(set_option(_M_ARENA_MAX, _HEAPS))

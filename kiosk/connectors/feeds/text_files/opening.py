"""Opens a file of the feed without being blocked by what is no file.

`hardware.regular_files` opens the files of the configuration in the same way: connectors may not import hardware.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from kiosk.connectors.feeds.limits import MAX_FILE_BYTES


class UnreadableError(Exception):
    """A file of which nothing can be read; the text says why and what to do."""


def open_file(path: Path) -> BinaryIO:
    """The file, opened for reading. Raises UnreadableError, also for a folder, a pipe, a device or a huge file."""
    try:
        # without O_NONBLOCK the opening of a pipe waits for a writer
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {(error.strerror or type(error).__name__).lower()}") from None
    if what := _no_feed(os.fstat(number)):
        os.close(number)
        raise UnreadableError(what)
    return os.fdopen(number, "rb")


def _no_feed(state: os.stat_result) -> str:
    if stat.S_ISDIR(state.st_mode):
        return "is a folder where a file was expected"
    if not stat.S_ISREG(state.st_mode):
        return "is no file, but a pipe or a device"
    if state.st_size > MAX_FILE_BYTES:
        return f"has {state.st_size >> 20} MiB, but a feed file may have {MAX_FILE_BYTES >> 20}; is it the right file?"
    return ""

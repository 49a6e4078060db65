"""Opens files that a configuration names. A pipe or a device in place of a file would be waited for without end, or
would have no end, so it is refused."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

MAX_KEY_BYTES: Final = 1 << 16
"""More than a file with a key or token has."""


def open_regular(path: Path) -> BinaryIO:
    """The file, opened for reading. Raises OSError, also for a folder, a pipe, a socket or a device."""
    # without O_NONBLOCK the opening of a pipe waits for a writer
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(number, "rb")
    os.close(number)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "Is no file, but a pipe or a device", str(path))


def read_regular(path: Path, max_bytes: int) -> bytes:
    """The content of a file. Raises OSError as `open_regular`, and for more than `max_bytes`."""
    with open_regular(path) as opened:
        content = opened.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise OSError(errno.EFBIG, f"Is larger than {max_bytes} bytes", str(path))
    return content


def check_regular(path: Path) -> None:
    """Raises OSError for what cannot be opened as a file."""
    with open_regular(path) as opened:
        opened.read(1)

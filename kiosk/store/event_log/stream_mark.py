"""The mark of the log's stream: a file that shows whether the database is an older copy of itself."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

STREAM_FILE: Final = "events.stream"
"""In the state folder, and in no back-up, so that a restored store begins another stream."""
_MARK: Final = re.compile(rb"([0-9a-f]{16}) ([0-9]{12})\n")
_MAX_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Mark:
    """The id of the stream, and a number that was published for sure; later ones may have been."""

    stream_id: str
    seq: int


class StreamMark:
    """The file. `begin` waits until it is on the disk; `moved` does not wait, and costs one small write.

    After a power cut the file may be older than the database, never newer. So a database whose published number is
    below that of the file is an older copy, as when somebody has put a copy of `store.db` in its place.
    """

    def __init__(self, state: Path) -> None:
        self._file = state / STREAM_FILE

    def read(self) -> Mark | None:
        """The mark; None if there is none, or none that can be read."""
        try:
            found = _MARK.fullmatch(read_regular(self._file, _MAX_BYTES))
        except OSError:
            return None
        return None if found is None else Mark(found[1].decode(), int(found[2]))

    def begin(self, mark: Mark) -> None:
        """Writes the mark of a new stream. Raises OSError."""
        write_secret(self._file, _written(mark))

    def moved(self, mark: Mark) -> None:
        """Writes a later number over the former one, in its place; its length is the same. Raises OSError."""
        opened = os.open(self._file, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            os.pwrite(opened, _written(mark), 0)
        finally:
            os.close(opened)


def _written(mark: Mark) -> bytes:
    return f"{mark.stream_id} {mark.seq:012d}\n".encode()

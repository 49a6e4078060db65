"""A label scanner on a pseudo-terminal: a real serial port as far as any program can see."""

from __future__ import annotations

import os
import pty
import tempfile
import tty
from contextlib import suppress
from pathlib import Path


class SimLabelScanner:
    """Scans what it is told to; `unplug` takes the port away, `plug` brings it back under the same name."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="cheval-scanner-")
        self._link = Path(self._folder.name) / "tty"
        self._ours = -1
        self.plug()

    @property
    def uri(self) -> str:
        """The scanner's address."""
        return f"serial://{self._link}"

    @property
    def path(self) -> Path:
        """The port's file."""
        return self._link

    def plug(self) -> None:
        """Plug it in."""
        self._ours, theirs = pty.openpty()
        # what is sent before somebody listens must come out as it was, without echo
        tty.setraw(theirs)
        os.set_blocking(self._ours, False)  # a port that nobody reads loses what is sent
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        os.close(theirs)

    def unplug(self) -> None:
        """Pull the cable."""
        self._link.unlink(missing_ok=True)
        if self._ours >= 0:
            os.close(self._ours)
        self._ours = -1

    def scan(self, label: str) -> None:
        """Hold a label before it; nobody hears it where the cable is out."""
        self.send(label.encode() + b"\r")

    def send(self, octets: bytes) -> None:
        """Send as they are."""
        if self._ours >= 0:
            with suppress(OSError):
                os.write(self._ours, octets)

    def close(self) -> None:
        self.unplug()
        self._folder.cleanup()

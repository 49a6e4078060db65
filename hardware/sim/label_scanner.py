"""Simulated label scanner on a pseudo-terminal, which programs use like a serial port."""

from __future__ import annotations

import os
import pty
import tempfile
import tty
from contextlib import suppress
from pathlib import Path


class SimLabelScanner:
    """Sends the labels passed to `scan`. `unplug` removes the port, `plug` restores it by the same name."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="cheval-scanner-")
        self._link = Path(self._folder.name) / "tty"
        self._ours = -1
        self.plug()

    @property
    def uri(self) -> str:
        """The scanner's URI for the configuration."""
        return f"serial://{self._link}"

    @property
    def path(self) -> Path:
        """Path of the port."""
        return self._link

    def plug(self) -> None:
        """Plugs the scanner in."""
        self._ours, theirs = pty.openpty()
        # raw mode: bytes sent before a program opens the port are passed unchanged and without echo
        tty.setraw(theirs)
        os.set_blocking(self._ours, False)  # bytes are lost if no program reads the port
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        os.close(theirs)

    def unplug(self) -> None:
        """Unplugs the scanner."""
        self._link.unlink(missing_ok=True)
        if self._ours >= 0:
            os.close(self._ours)
        self._ours = -1

    def scan(self, label: str) -> None:
        """Scans a label; without effect while unplugged."""
        self.send(label.encode() + b"\r")

    def send(self, octets: bytes) -> None:
        """Sends bytes unchanged; without effect while unplugged."""
        if self._ours >= 0:
            with suppress(OSError):
                os.write(self._ours, octets)

    def close(self) -> None:
        self.unplug()
        self._folder.cleanup()

"""Takes over a new pairing while the mirror runs: its file is looked at every two seconds."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from hardware.threads.supervised import Loop
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import read_credentials

log = logging.getLogger(__name__)
EVERY_S: Final = 2.0


class CredentialWatch:
    """Gives the client token and root of a file that was written or replaced since the last look."""

    def __init__(self, file: Path, client: StoreClient) -> None:
        self._file, self._client = file, client
        self._stamp = _stamp(file)
        self._loop = Loop("credentials", self.look, EVERY_S)

    def start(self) -> None:
        self._loop.start()

    def close(self) -> None:
        self._loop.close()

    def look(self) -> None:
        """Looks now. A file that cannot be used is reported once; the client keeps what it has."""
        stamp = _stamp(self._file)
        if stamp == self._stamp or stamp is None:
            return
        self._stamp = stamp
        try:
            found = read_credentials(self._file)
            self._client.renew(found.token, found.root)
        except (OSError, ValueError) as error:
            log.error("the new pairing in %s cannot be used (%s); pair this mirror again", self._file, error)
            return
        log.info("this mirror was paired anew; it uses the new token from now on")


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size

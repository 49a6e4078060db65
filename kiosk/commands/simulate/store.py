"""A store process of a soak test: `python -m kiosk.commands.simulate.store CONFIG OFFSET_FILE`.

It is the store of `cheval store`, with one difference: its time of day is the computer's plus the microseconds in
OFFSET_FILE, which is read again at SIGUSR1. So its clock can be set while it runs, without the right to set the
computer's clock. The clock that measures durations is the computer's.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from threading import Event

from hardware.clock import now_us as steady_us
from kiosk import log, paths
from kiosk.clock import now_us


class SettableClock:
    """The time of day in microseconds UTC, ahead of the computer's or behind it."""

    def __init__(self, file: Path) -> None:
        self._file, self._offset_us = file, 0

    def read(self) -> None:
        """Take the offset of the file."""
        self._offset_us = int(self._file.read_text("ascii"))

    def now_us(self) -> int:
        return now_us() + self._offset_us


def main(config_file: Path, offset_file: Path) -> int:
    """Runs until SIGTERM."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kiosk.commands.configuration import checked_store
    from kiosk.commands.store import exempt_from_collection
    from kiosk.store.app import build_store
    from kiosk.store.serving import run
    from kiosk.store.settings import settings_of

    config = checked_store(config_file).config
    log.set_up(config.log.level, as_json=True)
    stop, clock = Event(), SettableClock(offset_file)
    clock.read()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGUSR1, lambda *_: clock.read())

    def ready(url: str) -> None:
        exempt_from_collection()
        print(json.dumps({"ready": True, "url": url}), flush=True)

    settings = settings_of(config, paths.state("store", config.state))
    with closing(build_store(settings, clock=clock.now_us, steady=steady_us)) as store:
        return run(store, ready, stop)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

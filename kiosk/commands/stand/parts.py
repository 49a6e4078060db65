"""Puts a stand together: its card reader, the thread that buys, the report of its state, the watch of its pairing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.reader_sign import ReaderSign
from kiosk import paths
from kiosk.config import MirrorConfig
from kiosk.core.domain.sales.stand import StandSign
from kiosk.core.domain.status.mirror_status import ShownFrame
from kiosk.mirror.card_session import LastTapReader
from kiosk.mirror.credential_watch import CredentialWatch
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.stand_reader import StandReader
from kiosk.mirror.status_reporter import StatusReporter
from kiosk.mirror.store_client import StoreClient
from kiosk.mirror_app import credentials_file, store_client

_LOG = logging.getLogger(__name__)
_SIGNS: Final = {
    StandSign.ACCEPTED: ReaderSign.WAIT,
    StandSign.PAID: ReaderSign.DONE,
    StandSign.REFUSED: ReaderSign.REFUSED,
    StandSign.UNSURE: ReaderSign.UNSURE,
}


@dataclass(frozen=True, slots=True)
class Stand:
    """The parts of a stand. `start`, and `close` at the end."""

    reader: StandReader
    status: StatusReporter
    credentials: CredentialWatch
    client: StoreClient

    def start(self) -> None:
        """Starts all threads. A store that cannot be reached is waited for."""
        self.reader.start()
        self.status.start()
        self.credentials.start()

    def close(self) -> None:
        """Ends all; a purchase that was begun goes on in the store."""
        self.reader.close()
        self.status.close()
        self.credentials.close()
        self.client.close()


def stand_of(config: MirrorConfig, cards: str) -> Stand:
    """The parts of a stand, not started. `cards`: URI of its reader. Raises MissingDriverError."""
    reader = open_card_reader(cards, "stand")
    taps = LastTapReader(reader)
    kept_in = paths.passed_copy(credentials_file(config, "stand"))
    client = store_client(config, kept_in)
    own, state = StandClient(client, str(config.room)), DeviceWatch(configured=True)

    def show(sign: StandSign) -> None:
        shown = reader.show(_SIGNS[sign])
        _LOG.info(
            "stand %s: %s%s", config.room, sign.value, "" if shown else " (the reader has no sign for it)"
        )

    return Stand(
        StandReader(taps, taps.session_for, own, show, state),
        StatusReporter(
            own, ShownFrame, state, DeviceWatch(configured=False), paths.state_place("stand", config.state),
            first_wait_s=0.0,
        ),
        CredentialWatch(kept_in, client),
        client,
    )  # fmt: skip

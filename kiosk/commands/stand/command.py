"""`cheval stand`: runs the card reader of a stand, at which a tap buys one garment, until SIGTERM.

It is configured by a mirror's file, so that pairing, encryption and the checks of the machine are those of a mirror:
`room` is the name of the stand, `cards` its reader. The garment and its terminal are in the store's file (`stands`): a
stand cannot be made to sell something else by whoever reaches its computer.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import MissingDriverError
from hardware.pcsc.reader_sign import ReaderSign
from kiosk import log
from kiosk.commands.configuration import checked_mirror
from kiosk.config import MirrorConfig
from kiosk.core.domain.sales.stand import StandSign
from kiosk.mirror.card_session import LastTapReader
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.stand_reader import StandReader
from kiosk.mirror_app import store_client

_LOG = logging.getLogger(__name__)
_SIGNS = {
    StandSign.ACCEPTED: ReaderSign.WAIT,
    StandSign.PAID: ReaderSign.DONE,
    StandSign.REFUSED: ReaderSign.REFUSED,
    StandSign.UNSURE: ReaderSign.UNSURE,
}


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 ended by a signal, 2 wrong configuration."""
    checked = checked_mirror(args.config, for_service=args.check)
    if args.check:
        return checked.report()
    config = checked.config
    if config.cards is None:
        print("`cards` is missing: a stand needs a card reader", file=sys.stderr)
        return 2
    log.set_up(config.log.level, as_json=args.json)
    checked.log_to(_LOG)
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        stand = stand_of(config, config.cards)
    except MissingDriverError as error:
        print(error, file=sys.stderr)
        return 2
    stand.start()
    print(f"the stand {config.room} is ready", flush=True)
    try:
        signal.sigwait(signals)
    finally:
        stand.close()
    return 0


def stand_of(config: MirrorConfig, cards: str) -> StandReader:
    """The parts of a stand, not started. Raises MissingDriverError."""
    reader = open_card_reader(cards, "stand")
    taps = LastTapReader(reader)

    def show(sign: StandSign) -> None:
        shown = reader.show(_SIGNS[sign])
        _LOG.info(
            "stand %s: %s%s", config.room, sign.value, "" if shown else " (the reader has no sign for it)"
        )

    return StandReader(taps, taps.session_for, StandClient(store_client(config), str(config.room)), show)

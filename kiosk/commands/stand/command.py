"""`cheval stand`: runs the card reader of a stand, at which a tap buys one garment, until SIGTERM.

Its file has the keys of a mirror's, so that pairing, encryption and the checks of the machine are those of a mirror:
`room` is the name of the stand, `cards` its reader. The garment and its terminal are in the store's file (`stands`): a
stand cannot be made to sell something else by whoever reaches its computer.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys

from hardware.errors import MissingDriverError
from hardware.threads.supervised import Loop
from kiosk import log
from kiosk.commands.configuration import checked_mirror, mirror_config
from kiosk.commands.stand.parts import Stand, stand_of
from kiosk.config import MirrorConfig
from kiosk.service_manager import READY, STOPPING, ProgressReport, ServiceManager

_LOG = logging.getLogger(__name__)
_PART = "stand"


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 ended by a signal, 1 not paired (`--pair`), 2 wrong configuration."""
    if args.pair is not None:
        from kiosk.commands.mirror import pair_here

        return pair_here(*mirror_config(args.config, _PART), args.pair, _PART)
    checked = checked_mirror(args.config, for_service=args.check, part=_PART)
    if args.check:
        return checked.report()
    log.set_up(checked.config.log.level, as_json=args.json)
    checked.log_to(_LOG)
    return _run(checked.config)


def _run(config: MirrorConfig) -> int:
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        stand = stand_of(config, config.cards or "")
    except MissingDriverError as error:
        print(error, file=sys.stderr)
        return 2
    manager = ServiceManager.of_environment()
    stand.start()
    _report_progress(stand, manager)
    manager.notify(READY)
    print(f"the stand {config.room} is ready", flush=True)
    try:
        signal.sigwait(signals)
    finally:
        manager.notify(STOPPING)
        stand.close()
    return 0


def _report_progress(stand: Stand, manager: ServiceManager) -> None:
    """Reports to the watchdog of systemd while the thread that buys goes on."""
    if manager.report_every_s:
        report = ProgressReport(manager, lambda: stand.reader.rounds)
        Loop("watchdog-report", report.look, manager.report_every_s).start()

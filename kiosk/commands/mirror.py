"""`cheval mirror`: checks the configuration, or runs the mirror of a fitting room until its window is closed."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import signal
import sys

from hardware.threads.supervised import start_job
from kiosk import cleared_memory, log
from kiosk.commands.configuration import checked_mirror, mirror_config
from kiosk.config import MirrorConfig
from kiosk.mirror_app import credentials_file
from kiosk.pairing.credentials import write_credentials
from kiosk.service_manager import ServiceManager

_LOG = logging.getLogger(__name__)


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 2 wrong configuration."""
    if args.check:
        return checked_mirror(args.config, for_service=True).report()
    if args.pair is not None:
        return pair_here(*mirror_config(args.config), args.pair)
    checked = checked_mirror(args.config)
    cleared_memory.ensure()
    config = checked.config
    if args.windowed:
        config = config.model_copy(update={"screen": config.screen.model_copy(update={"full_screen": False})})
    log.set_up(config.log.level, as_json=args.json)
    checked.log_to(_LOG)
    return _run_mirror(config)


def pair_here(config: MirrorConfig, user: str, text: str, part: str = "mirror") -> int:
    """Pair this mirror (or `stand`) with a code or link of the store. Exit codes: 0 paired, 1 not."""
    from kiosk.mirror.pairing_client import PairingError, pair, parse_invitation

    file = credentials_file(config, part)
    try:
        write_credentials(file, pair(config.store, str(config.room), parse_invitation(text)))
        if os.geteuid() == 0 and user:
            # the mirror could not read a file of root
            shutil.chown(file, user)
    except (PairingError, ValueError) as error:
        print(f"not paired: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"not paired: {error.filename}: {error.strerror}; run this as the {part}'s user", file=sys.stderr
        )
        return 1
    print(f"the {'stand' if part == 'stand' else 'mirror of room'} {config.room} is paired ({file})")
    return 0


def _run_mirror(config: MirrorConfig) -> int:
    """Show the mirror until its window is closed or the process gets SIGTERM or SIGINT."""
    from kiosk.mirror_app import build_mirror, window_factory

    # A Python signal handler would not run while Qt's event loop does. So the signals are blocked in every thread, and
    # one thread waits for them.
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    service = ServiceManager.of_environment()
    make_window = window_factory(config, windowed=not config.screen.full_screen, service=service)
    mirror = build_mirror(config, make_window)

    def quit_on_signal() -> None:
        signal.sigwait(signals)
        mirror.screen.quit()

    start_job("wait-for-signal", quit_on_signal)
    mirror.start()
    try:
        return mirror.screen.run()
    finally:
        mirror.close()

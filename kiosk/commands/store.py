"""`cheval store`: checks the configuration, prints a mirror's credentials, or runs the server until SIGTERM."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import sys
from pathlib import Path
from threading import Event

from kiosk import log, paths
from kiosk.commands.configuration import Checked, checked_store, store_config
from kiosk.config import StoreConfig

_LOG = logging.getLogger(__name__)


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 failed, 2 wrong configuration."""
    # before numpy is loaded; one BLAS thread: the recommender's products are small, the other core has other work
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if args.check:
        return checked_store(args.config, for_service=True).report()
    if args.pair is not None:
        from kiosk.commands.pair import credentials_of

        return credentials_of(store_config(args.config)[1], args.pair)
    checked = checked_store(args.config)
    config = checked.config
    try:
        state = paths.state("store", config.state)
    except OSError as error:
        place = error.filename or paths.state_place("store", config.state)
        print(f"{place}: {error.strerror}; run this as the store's user, or change `state`", file=sys.stderr)
        return 1
    return _serve(checked, state, as_json=args.json)


def _serve(checked: Checked[StoreConfig], state: Path, *, as_json: bool) -> int:
    from kiosk.store.serving import serve

    config = checked.config
    log.set_up(config.log.level, as_json=as_json)
    checked.log_to(_LOG)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def ready(url: str) -> None:
        exempt_from_collection()
        print(
            json.dumps({"ready": True, "url": url}) if as_json else f"the store is ready: {url}", flush=True
        )

    return serve(config, ready, stop, state=state)


def exempt_from_collection() -> None:
    """Exempts the objects of the start from full garbage collections.

    They live as long as the process. A full collection visits every object and stops all threads meanwhile: for more
    than 50 ms with the modules and the assortment of a large shop.
    """
    gc.collect()
    gc.freeze()

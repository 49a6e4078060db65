"""What `cheval ledger export` and `settle` have in common: their settings, their exit codes, their errors."""

from __future__ import annotations

import argparse
import logging
import sqlite3
import sys
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, require_owner, said_of
from kiosk.connectors.payments.reports.line import ReportError
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import StoreError
from kiosk.store.settings import StoreSettings, settings_of

DONE, DIFFERENT, WRONG_USE = 0, 1, 2


def run_with_settings(
    args: argparse.Namespace, do: Callable[[StoreSettings, argparse.Namespace], int]
) -> int:
    """Runs an action with the store's settings; an error becomes one line and exit code 2."""
    logging.getLogger().addHandler(logging.NullHandler())
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        require_owner(state)
        return do(settings_of(config, state), args)
    except StoreHeldError as held:
        print(f"cheval ledger: {held}, and does not answer; restart it, or stop it", file=sys.stderr)
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        print(f"cheval ledger: {said_of(error, state)}", file=sys.stderr)
    except (CommandError, ReportError, StoreError) as error:
        print(f"cheval ledger: {error}", file=sys.stderr)
    return WRONG_USE

"""`cheval integrators`: adds and revokes programs of other systems, and lists them. A token is printed once."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.clock import US
from kiosk.commands.configuration import store_config
from kiosk.commands.integrators.keepers import Keeper, keeper
from kiosk.commands.ledger_store import said_of
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import RefusedError, StoreError
from kiosk.store.integrators.accounts import NAME_PATTERN
from kiosk.store.settings import StoreSettings, settings_of
from kiosk.store.staff.devices import require_owner

DONE, REFUSED, WRONG_USE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        paths.state("store", config.state)
        require_owner(state)
        settings = settings_of(config)
        with keeper(settings) as integrators:
            return _do(args, integrators, settings)
    except (StoreHeldError, ConnectionError) as error:
        print(f"cheval integrators: {error}", file=sys.stderr)
        return WRONG_USE
    except StoreError as error:
        print(f"cheval integrators: {error}", file=sys.stderr)
        return REFUSED
    except (OSError, SQLAlchemyError) as error:
        print(f"cheval integrators: {said_of(error, state)}; run this as the store's user", file=sys.stderr)
        return WRONG_USE


def _do(args: argparse.Namespace, integrators: Keeper, settings: StoreSettings) -> int:
    if args.what == "list":
        return _list(args, integrators, settings)
    if args.what == "hooks":
        return _hooks(args, integrators)
    if args.what == "send-again":
        print(f"{integrators.send_again(args.name)} events are sent to {args.name} again")
        return DONE
    if not re.match(NAME_PATTERN, args.name):
        raise RefusedError(
            "a name has small letters, digits, `-` and `_`, at most 40, and begins with no sign"
        )
    if args.what == "add":
        print(f"token: {integrators.add(args.name, args.scope)}")
        print(
            f"it is shown this once; {args.name} sends it as `Authorization: Bearer TOKEN`", file=sys.stderr
        )
    else:
        integrators.revoke(args.name)
        print(f"{args.name} has no access any more; its open streams have ended")
    return DONE


def _list(args: argparse.Namespace, integrators: Keeper, settings: StoreSettings) -> int:
    rows = integrators.all()
    if args.json:
        print(json.dumps(rows))
        return DONE
    zone = ZoneInfo(settings.shop.time_zone)
    for row in rows:
        at = datetime.fromtimestamp(row["added_us"] / US, zone)
        access = f"{row['name']:40} {','.join(row['scopes']):12} {row['streams']} open"
        print(f"{access}  {at:%Y-%m-%d %H:%M}  {row['added_by']}")
    return DONE


def _hooks(args: argparse.Namespace, integrators: Keeper) -> int:
    rows = integrators.hooks()
    if args.json:
        print(json.dumps(rows))
        return DONE
    for row in rows:
        state = "gone (410)" if row["gone"] else f"failing: {row['why']}" if row["tries"] else "ok"
        counts = f"{row['waiting']} waiting, {row['dead']} given up, {row['missed']} missed"
        print(f"{row['name']:40} {counts}  {state}")
    return DONE

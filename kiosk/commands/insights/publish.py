"""Runs `cheval insights publish`: writes a shop's catalogue and item events into the folder of its chain."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, require_owner, said_of
from kiosk.store.db.database import Database
from kiosk.store.errors import StoreError
from kiosk.store.insights.chain.publishing import Published, publish
from kiosk.store.settings import settings_of

DONE, NOT_DONE, WRONG_USE = 0, 1, 2
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def run(args: argparse.Namespace) -> int:
    """Runs the command. Exit codes: 0 done, 1 not done, 2 wrong use."""
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        if not _KEY.fullmatch(args.shop):
            raise CommandError("--shop: a-z, 0-9 and -, at most 32, for instance vienna-1")
        if not args.to.is_dir():
            raise CommandError(f"{args.to} is not a folder; is its disk mounted?")
        require_owner(state, "insights")
        database = Database(settings_of(config, state).database_url)
        try:
            found = publish(database, args.to, args.shop, now_us(), everything=args.all)
        finally:
            database.close()
    except CommandError as error:
        print(f"cheval insights: {error}", file=sys.stderr)
        return WRONG_USE
    except StoreError as error:
        print(f"cheval insights: {error}", file=sys.stderr)
        return NOT_DONE
    except (OSError, SQLAlchemyError) as error:
        print(f"cheval insights: {said_of(error, state)}", file=sys.stderr)
        return NOT_DONE
    _show(found, as_json=args.json)
    return DONE


def _show(found: Published, *, as_json: bool) -> None:
    if as_json:
        days = [day.isoformat() for day in found.days]
        print(
            json.dumps(
                {"items": found.items, "events": found.events, "days": days, "unchanged": found.unchanged}
            )
        )
        return
    span = f"{found.days[0]} to {found.days[-1]}" if found.days else "no new day"
    print(
        f"{found.items} items; {len(found.days)} days written ({span}), {found.unchanged} were there already"
    )

"""`cheval sales-out`: asks the running store how destinations do, and has refused documents skipped or given again."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from kiosk import paths
from kiosk.clock import US
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import said_of
from kiosk.commands.staff.running_api import RunningApi
from kiosk.config.shop import zone_of
from kiosk.store.errors import NotFoundError, StoreError
from kiosk.store.staff.devices import require_owner
from kiosk.store.staff.local_access import running_store

DONE, REFUSED, WRONG_USE, MUST_ACT = 0, 1, 2, 3
Row = dict[str, Any]


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        require_owner(state)
        found = running_store(state)
        if found is None:
            raise ConnectionError("the store does not run; it alone gives documents to other systems")
        ask = RunningApi(found, "/api/v1/sales-out").ask
        if args.what == "status":
            return _status(ask("GET", ""), ZoneInfo(zone_of(config.shop)), as_json=args.json)
        return _change(args, ask)
    except ConnectionError as error:
        print(f"cheval sales-out: {error}", file=sys.stderr)
        return WRONG_USE
    except StoreError as error:
        print(f"cheval sales-out: {error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"cheval sales-out: {said_of(error, state)}; run this as the store's user", file=sys.stderr)
        return WRONG_USE


def _change(args: argparse.Namespace, ask: Any) -> int:
    place = f"/{quote(args.name, safe='')}/{args.what}"
    if args.what == "replay":
        body = {"first": args.first.isoformat(), "dry_run": args.dry_run}
        count = ask("POST", place, body)["count"]
        will = "would be given" if args.dry_run else "are given"
        print(f"at most {count} documents {will} to {args.name} again")
        return DONE
    document = _refused(ask("GET", ""), args.name)
    reason = {"reason": args.reason} if args.what == "skip" else {}
    ask("POST", place, {"document": document, **reason})
    print(f"{document}: {'skipped' if args.what == 'skip' else 'given once more'}")
    return DONE


def _refused(rows: list[Row], name: str) -> str:
    """The document that a destination refuses. Raises NotFoundError if there is none."""
    row = next((each for each in rows if each["name"] == name), None)
    if row is None:
        raise NotFoundError(f"there is no destination {name}")
    if not row["document"]:
        raise NotFoundError(f"{name} refuses no document")
    return str(row["document"])


def _status(rows: list[Row], zone: ZoneInfo, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(rows))
    elif not rows:
        print("no destination is configured (`sales_out`)")
    else:
        for row in rows:
            _show(row, zone)
    return MUST_ACT if any(row["failing"] for row in rows) else DONE


def _show(row: Row, zone: ZoneInfo) -> None:
    last = f"the last at {_time(row['taken_us'], zone)}" if row["taken_us"] else "none yet"
    print(f"{row['name']}  {row['to']}")
    print(f"  taken: {row['taken']}, {last}")
    if row["waiting"]:
        print(f"  waiting: {row['waiting']}, the oldest since {_time(row['oldest_us'], zone)}")
    if row["stopped"]:
        print(f"  refused: {row['document']} ({row['why']}); `cheval sales-out skip` or `retry`")
    elif row["why"]:
        print(f"  {row['why']}")


def _time(at_us: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at_us / US, zone):%Y-%m-%d %H:%M}"

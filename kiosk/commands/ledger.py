"""`cheval ledger audit | reopen`: checks every entry of the payments' ledger, or begins a new ledger.

A running store audits its ledger itself, asked over its API; without one this process does it, with the store's lock.
"""

from __future__ import annotations

import argparse
import json
import logging
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, RunningLedger, alone, require_owner, said_of
from kiosk.commands.progress import PercentLine
from kiosk.store.api.administration.ledger_answers import AuditResultAnswer, DamagedEntryAnswer, result_answer
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import StoreError
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.ledger.upkeep.reopen import Reopened, Reopening
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings, settings_of
from kiosk.store.staff.local_access import running_store

DONE, DAMAGED, WRONG_USE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done or sound, 1 damaged or left as it is, 2 wrong use or not possible."""
    # what is said on the output need not be logged beside it
    logging.getLogger().addHandler(logging.NullHandler())
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        require_owner(state)
        settings = settings_of(config, state)
        return _audit(settings, as_json=args.json) if args.what == "audit" else _reopen(settings, args)
    except StoreHeldError as held:
        print(f"cheval ledger: {held}; stop it first: systemctl stop cheval-store", file=sys.stderr)
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        print(f"cheval ledger: {said_of(error, state)}", file=sys.stderr)
    except (CommandError, StoreError) as error:
        print(f"cheval ledger: {error}", file=sys.stderr)
    return WRONG_USE


def _audit(settings: StoreSettings, *, as_json: bool) -> int:
    line = PercentLine("checking the ledger")
    try:
        result = _audited(settings, line)
    finally:
        line.end()
    if as_json:
        print(json.dumps(result.model_dump(mode="json"), ensure_ascii=False))
    else:
        _print(result)
    return DONE if result.sound else DAMAGED


def _audited(settings: StoreSettings, line: PercentLine) -> AuditResultAnswer:
    found = running_store(settings.state)
    if found is not None and (asked := RunningLedger(found)).answers():
        return asked.audit(line.show)
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        try:
            return result_answer(audit(ledger, line.show, alone=True))
        finally:
            ledger.close()


def _print(result: AuditResultAnswer) -> None:
    for place, first, last, why in _together(result.shown):
        print(f"{place}: {f'entry {first}' if first == last else f'entries {first} to {last}: each'} {why}")
    more = result.damaged + result.damaged_before - len(result.shown)
    if more:
        print(f"... and {more} more")
    print(f"{result.entries} {'entry' if result.entries == 1 else 'entries'}, {result.damaged} damaged")
    if result.damaged_before:
        print(f"{result.damaged_before} more are damaged in ledgers before this one; they are not used")
    for gone in result.lost_entries:
        print(f"{gone}; their receipts are not found")
    for lost in result.state.lost:
        print(f"an earlier ledger is missing, damaged or changed: {lost}")
    if result.mended:
        print(
            f"{result.different_rows} rows of the derived tables did not follow from the entries; they were mended"
        )
    if result.state.state != "ok":
        print(f"payments are closed: {result.state.why}")
    if result.state.advice:
        print(result.state.advice)


def _together(shown: Iterable[DamagedEntryAnswer]) -> Iterator[tuple[str, int, int, str]]:
    """Damaged entries that follow each other, as one line: place, first, last, what is wrong."""
    entries = enumerate(shown)
    for (place, why, _), group in groupby(
        entries, lambda each: (each[1].place, each[1].why, each[1].seq - each[0])
    ):
        numbers = [entry.seq for _, entry in group]
        yield place, numbers[0], numbers[-1], why


def _reopen(settings: StoreSettings, args: argparse.Namespace) -> int:
    with alone(settings) as held:
        place, kept = ledger_place(settings), held.kept.read()
        ledger = open_ledger(place, held.key, kept)
        sound = not ledger.state.closed
        ledger.close()
        if sound and not args.although_sound:
            print(
                "nothing is wrong with the ledger; add --although-sound to begin a new one, for instance after a"
            )
            print("backup was restored")
            return DAMAGED
        done = Reopening(place, held.key, held.kept).run()
    if args.json:
        print(json.dumps(asdict(done), ensure_ascii=False))
    else:
        print_reopened(done)
    return DONE


def print_reopened(done: Reopened) -> None:
    """Says what a new ledger has taken over, and what is lost."""
    print(
        "a new ledger was begun"
        + (f"; the old one is {done.old}" if done.old else "; the old one is missing")
    )
    if done.old_head.seq:
        print(f"last entry of the old one: {done.old_head.seq}, {done.old_head.chain or 'no hash'}")
    else:
        print("nothing of the old one can be read: its sold pieces and open payments are not known any more")
    if done.lost is not None:
        first, last = done.lost
        print(
            f"lost: entries {first} to {last}, which the store had written; compare these days with the service's"
        )
        print("report: `cheval ledger settle` (an export of them says so too, and exits with 1)")
    print(f"taken over: {done.pieces} pieces that are sold or reserved, {done.open_orders} open orders")
    for each in done.unread:
        print(
            f"open, and nothing of it can be read: {each}; look it up at the payment service or in its report"
        )
    print(f"the next receipt has the number {done.first_receipt:06d}; those between are not used")

"""Runs `cheval insights`: asks the running store, or reads its database with the store's lock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, StoreClient, alone, require_owner, said_of
from kiosk.store.api.insights.insight_routes import TableAnswer, TablesAnswer
from kiosk.store.api.insights.trial_routes import RoomTrialAnswer, StartedAnswer, TrialsAnswer
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import StoreError
from kiosk.store.insights.report import Insights
from kiosk.store.insights.table import Column, Table, TableName
from kiosk.store.insights.table_files import FileFormat, as_csv, as_parquet
from kiosk.store.insights.weeks import Period, ShopWeeks
from kiosk.store.settings import StoreSettings, settings_of
from kiosk.store.staff.local_access import running_store

DONE, WRONG_USE = 0, 2
_MAX_BYTES: Final = 1 << 28


class RunningInsights(StoreClient):
    """The insights of the running store."""

    part = "insights"


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        require_owner(state, "insights")
        settings = settings_of(config, state)
        return _export(args, settings) if args.what == "export" else _trial(args, settings)
    except StoreHeldError as held:
        print(f"cheval insights: {held}, and does not answer; restart it, or stop it", file=sys.stderr)
    except (CommandError, StoreError, ConnectionError) as error:
        print(f"cheval insights: {error}", file=sys.stderr)
    except (OSError, SQLAlchemyError) as error:
        print(f"cheval insights: {said_of(error, state)}", file=sys.stderr)
    return WRONG_USE


def _export(args: argparse.Namespace, settings: StoreSettings) -> int:
    tables = _tables(args, settings)
    kind, folder = FileFormat(args.format), args.out
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, table in tables.items():
        _write(
            folder / f"{name.value}.{kind.value}",
            as_csv(table) if kind is FileFormat.CSV else as_parquet(table),
        )
    rows = sum(len(table.rows) for table in tables.values())
    print(f"{len(tables)} tables with {rows} rows in {folder}", file=sys.stderr)
    return DONE


def _write(file: Path, content: bytes) -> None:
    """The whole file or none, readable by its owner alone."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.touch(0o600)
        fresh.write_bytes(content)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _tables(args: argparse.Namespace, settings: StoreSettings) -> Mapping[TableName, Table]:
    found = running_store(settings.state)
    if found is not None:
        query = urlencode({"weeks": args.weeks, "language": args.language})
        try:
            answer = RunningInsights(found).ask("GET", f"tables?{query}", max_bytes=_MAX_BYTES)
        except ConnectionError:
            pass  # its file is left of a store that was killed
        else:
            return {t.name: _table(t) for t in TablesAnswer.model_validate(answer).tables}
    with alone(settings) as held:
        insights = Insights(held.database, ShopWeeks(ZoneInfo(settings.shop.time_zone)))
        language = args.language or settings.shop.language
        return insights.report(Period(args.weeks), now_us(), language).tables


def _table(answer: TableAnswer) -> Table:
    columns = tuple(Column(column.key, column.unit) for column in answer.columns)
    return Table(answer.name, columns, answer.rows, answer.hidden)


def _trial(args: argparse.Namespace, settings: StoreSettings) -> int:
    found = running_store(settings.state)
    if found is None:
        raise CommandError("the store does not run; start it first")
    store = RunningInsights(found)
    if args.act == "start":
        body = {"feature": args.feature, "measure": args.measure, "weeks": args.weeks}
        made = StartedAnswer.model_validate(store.ask("POST", "trials", body))
        print(f"trial {made.trial_id} runs from {made.first_day} to {made.last_day}")
        return DONE
    trials = TrialsAnswer.model_validate(store.ask("GET", "trials")).trials
    if args.act == "stop":
        if args.trial not in {trial.trial_id for trial in trials}:
            raise CommandError(f"there is no trial {args.trial}")
        store.ask("POST", f"trials/{args.trial}/stop")
        print(f"trial {args.trial} is stopped; everything is on")
        return DONE
    for trial in trials:
        print(_line(trial))
    return DONE


def _line(trial: RoomTrialAnswer) -> str:
    visits = "under 10" if trial.visits is None else f"about {trial.visits}"
    head = (
        f"{trial.trial_id:4}  {trial.feature.value:6} {trial.measure.value:7} {trial.state.value:9}"
        f" {trial.first_day} to {trial.last_day}  {visits} visits"
    )
    if trial.effect is None:
        return head
    low = -1.0 if trial.effect.low is None else trial.effect.low
    high = inf if trial.effect.high is None else trial.effect.high
    return f"{head}  effect {trial.effect.estimate:+.1%}, 95 % interval {low:+.1%} to {high:+.1%}"

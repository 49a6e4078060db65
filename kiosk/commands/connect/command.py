"""`cheval connect`: lists, tests and reads the retailer's systems."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import now_us
from kiosk.commands.configuration import store_config
from kiosk.commands.connect.shown import list_json, list_lines, pulled_json, pulled_lines
from kiosk.commands.feed_import import open_importer
from kiosk.commands.feed_importers import CommandError
from kiosk.commands.feed_table import advice, lines_of
from kiosk.commands.progress import CountLine
from kiosk.config import StoreConfig
from kiosk.config.mistakes import nearest
from kiosk.connectors.commerce.errors import CommerceError
from kiosk.connectors.commerce.first_page import first_page
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.connectors.commerce.pulling import Pulled
from kiosk.store.api.feed_answers import FeedResult
from kiosk.store.connected.connected_systems import is_failing
from kiosk.store.connected.connector_pull import ConnectorPull
from kiosk.store.connected.pull_record import pull_lock
from kiosk.store.connected.work_folders import work_folder
from kiosk.store.errors import RefusedError, StoreError
from kiosk.store.settings import StoreSettings, settings_of

DONE, LEFT, NOT_DONE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    _, config = store_config(args.config)
    try:
        settings = _settings(config)
        if args.what == "list":
            return _list(args, settings)
        return _of_one(args, config, _pull(args.name, settings))
    except (CommandError, CommerceError, StoreError, OSError) as error:
        named = f"{args.name}: " if isinstance(error, CommerceError) else ""
        print(f"cheval connect: {named}{error}", file=sys.stderr)
    except SQLAlchemyError as error:
        print(f"cheval connect: the store's database fails with {type(error).__name__}", file=sys.stderr)
    return NOT_DONE


def _settings(config: StoreConfig) -> StoreSettings:
    if not config.connectors:
        raise CommandError("no system is configured (connectors)")
    return settings_of(config)


def _pull(name: str, settings: StoreSettings) -> ConnectorPull:
    connector = settings.connectors.get(name)
    if connector is None:
        raise CommandError(f"there is no system `{name}`{nearest(name, settings.connectors)}")
    return ConnectorPull(name, connector, settings, now_us)


def _list(args: argparse.Namespace, settings: StoreSettings) -> int:
    at_us = now_us()
    found = [
        (name, connector, ConnectorPull(name, connector, settings, now_us).record)
        for name, connector in settings.connectors.items()
    ]
    if args.json:
        print(json.dumps(list_json(found, at_us)))
    else:
        for line in list_lines(found, at_us):
            print(line)
    failing = any(is_failing(record, connector.every_minutes, at_us) for _, connector, record in found)
    return LEFT if failing else DONE


def _of_one(args: argparse.Namespace, config: StoreConfig, pull: ConnectorPull) -> int:
    if args.what == "sync":
        return _sync(args, config, pull)
    with _opened(pull) as system, work_folder(pull.settings.state, pull.name, trial=True) as work:
        if args.what == "test":
            system = first_page(system)
        folder = work if args.what == "test" or args.dry_run else _empty(args.into)
        pulled = _read(pull, system, folder)
        result = None
        if args.what == "pull" and args.dry_run:
            with open_importer(config) as importer:
                result = importer.run(folder.resolve(), dry_run=True)
    return _show(args, pulled, result)


def _sync(args: argparse.Namespace, config: StoreConfig, pull: ConnectorPull) -> int:
    with open_importer(config) as importer:
        with pull_lock(pull.settings.state, pull.name) as free:
            if not free:
                raise CommandError(
                    f"the store reads {pull.name} just now; run the command once more in a moment"
                )
            line = CountLine()
            try:
                with _opened(pull) as system:
                    pulled = pull.run(system, line.show)
            except (CommerceError, RefusedError, OSError) as error:
                pull.failed(error)
                raise
            finally:
                line.end()
        return _show(args, pulled, importer.run(None))


def _read(pull: ConnectorPull, system: CommerceSystem, folder: Path) -> Pulled:
    line = CountLine()
    try:
        return pull.read(system, folder, line.show)
    finally:
        line.end()


@contextmanager
def _opened(pull: ConnectorPull) -> Iterator[CommerceSystem]:
    with closing(pull.open()) as system:
        yield system


def _empty(folder: Path) -> Path:
    """Raises CommandError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    if next(folder.iterdir(), None) is not None:
        raise CommandError(f"{folder} is not empty; name a new folder")
    return folder


def _show(args: argparse.Namespace, pulled: Pulled, result: FeedResult | None) -> int:
    if args.json:
        imported = result.model_dump(mode="json") if result is not None else {}
        print(json.dumps({**pulled_json(args.name, pulled), **imported}, ensure_ascii=False))
    else:
        for line in pulled_lines(args.name, pulled, verbose=args.verbose):
            print(line)
        for line in lines_of(result, verbose=args.verbose) if result is not None else ():
            print(line)
        if result is not None and (words := advice(result, "cheval import")):
            print(words)
    left = result is not None and (result.waiting or result.mistakes_total or result.failed)
    return LEFT if pulled.refused or left else DONE

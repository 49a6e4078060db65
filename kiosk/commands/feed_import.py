"""`cheval import`: imports a feed, or says what would happen, and accepts what waits for a yes.

A running store does it, asked over its API; without one this process does it, with the store's lock.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.commands.configuration import store_config
from kiosk.commands.feed_importers import AloneImporter, CommandError, Importer, StoreImporter
from kiosk.commands.feed_table import advice, lines_of, loss_lines
from kiosk.commands.importing.mapped import (
    MappedImport,
    check_arguments,
    mapped_import,
    mapping_json,
    mapping_lines,
)
from kiosk.config import StoreConfig
from kiosk.config.connectors.feed_place import feed_folder
from kiosk.config.mistakes import nearest
from kiosk.connectors.feeds import FEED_KINDS
from kiosk.store.api.feed_answers import FeedLoss, FeedResult
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import StoreError
from kiosk.store.settings import settings_of
from kiosk.store.staff.local_access import running_store

IMPORTED, WAITS, WRONG_USE = 0, 1, 2
OTHER_LIST = "what waits is not what was shown: nothing was accepted; look at the new list"


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 imported, 1 something waits or has mistakes, 2 wrong use or not possible."""
    _, config = store_config(args.config)
    mapped: MappedImport | None = None
    try:
        _check_accept(args.accept, args.shown)
        check_arguments(args)
        folder = None if args.mapping else _folder(args.folder, config)
        with open_importer(config) as importer:
            if args.mapping:
                importer = mapped = mapped_import(
                    args, config, paths.state_place("store", config.state), importer
                )
            result = importer.run(folder, dry_run=args.dry_run)
            if args.accept is not None:
                result = _accept(importer, result, folder, args)
    except (CommandError, StoreError, OSError) as error:
        print(f"cheval import: {error}", file=sys.stderr)
        return WRONG_USE
    except SQLAlchemyError as error:
        print(f"cheval import: the store's database fails with {type(error).__name__}", file=sys.stderr)
        return WRONG_USE
    _show(result, args, mapped)
    left = result.waiting or result.mistakes_total or result.failed or result.not_accepted
    return WAITS if left else IMPORTED


def _check_accept(kind: str | None, shown: str | None) -> None:
    if shown is not None and kind is None:
        raise CommandError("--shown belongs to --accept: cheval import --accept --shown REVISION")
    if kind and kind not in FEED_KINDS:
        near = nearest(kind, FEED_KINDS)
        raise CommandError(f"--accept {kind}: there is no such kind{near}; write a folder before --accept")


def _folder(given: Path | None, config: StoreConfig) -> Path | None:
    """The named folder, absolute; None for the configured feed. Raises CommandError."""
    if given is None:
        if feed_folder(config, paths.state_place("store", config.state)) is None:
            raise CommandError("no feed is configured (catalogue.feed); name a folder")
        return None
    if not given.is_dir():
        what = "is not a folder" if given.exists() else "does not exist"
        hint = f", or a mapping: cheval import {given} --mapping PRESET" if given.is_file() else ""
        raise CommandError(f"{given} {what}; name the folder with the feed's files{hint}")
    return given.resolve()


@contextmanager
def open_importer(config: StoreConfig) -> Iterator[Importer]:
    """The running store if there is one, else this process. Raises CommandError, StoreError, OSError."""
    state = paths.state_place("store", config.state)
    _check_user(state)
    found = running_store(state)
    if found is not None and (asked := StoreImporter(found)).answers():
        yield asked
        return
    try:
        alone = AloneImporter(settings_of(config, state))
    except StoreHeldError as held:
        raise CommandError(f"{held}; run this on its computer, or wait until it has started") from None
    try:
        yield alone
    finally:
        alone.close()


def _check_user(state: Path) -> None:
    """Files made by another user would make the database inaccessible to the store. Raises CommandError, OSError."""
    try:
        owner = state.stat().st_uid
    except FileNotFoundError:
        what = f"no store has run with state directory {state}; start `cheval store` once"
        raise CommandError(what) from None
    if os.geteuid() != owner:
        raise CommandError(
            f"run this as the store's user, the owner of {state} (uid {owner}); the package's store:"
            " sudo -u cheval-store cheval import ..."
        )


def _accept(
    importer: Importer, result: FeedResult, folder: Path | None, args: argparse.Namespace
) -> FeedResult:
    """Accepts what waits, all or one kind, and imports once more. With --dry-run it is only shown.

    With --shown only if the list is the one that was shown; without it, what this command itself has found.
    """
    if args.shown is not None and args.shown != result.revision:
        return result.model_copy(update={"not_accepted": OTHER_LIST})
    chosen = [loss for loss in result.waiting if args.accept in ("", loss.kind)]
    if not chosen:
        if not args.json:
            print(f"nothing waits{f' of {args.accept}' if args.accept else ''}")
        return result
    if not args.json:
        found = "" if args.shown is not None else ", as this command has found it"
        print(f"{'would be accepted' if args.dry_run else 'accepted'}{found}:")
        _print_losses(chosen)
    if args.dry_run:
        return result
    return importer.run(folder, accepted=chosen)


def _print_losses(losses: list[FeedLoss]) -> None:
    for loss in losses:
        for line in loss_lines(loss):
            print(line)


def _show(result: FeedResult, args: argparse.Namespace, mapped: MappedImport | None) -> None:
    made = mapped.conversion if mapped is not None else None
    if args.json:
        converted = {"conversion": mapping_json(made, args.mapping)} if made is not None else {}
        print(json.dumps({**converted, **result.model_dump(mode="json")}, ensure_ascii=False))
        return
    if made is not None:
        for line in mapping_lines(made, args.mapping, verbose=args.verbose):
            print(line)
    for line in lines_of(result, verbose=args.verbose):
        print(line)
    folder = mapped.files.import_folder if mapped is not None else args.folder
    command = "cheval import" + (f" {folder}" if folder is not None else "")
    if words := advice(result, command):
        print(words)

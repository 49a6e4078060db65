"""`cheval backup`: makes one back-up, lists those that are there, keeps the list of erased members, or makes a key."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sqlite3
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.backup.erased import keep_list
from kiosk.commands.backup.running import snapshots
from kiosk.commands.backup.steps import Steps
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import CommandError, require_owner, said_of
from kiosk.config import StoreConfig
from kiosk.store.backup.keys import PublicKey, SecretKey
from kiosk.store.backup.making import Made, Order, backups_in, make_backup
from kiosk.store.backup.sealing import read_head
from kiosk.store.errors import StoreError
from kiosk.store.settings import settings_of

DONE, NOT_DONE, WRONG_USE = 0, 1, 2
_MB = 1_000_000


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 not done, 2 wrong use."""
    logging.getLogger().addHandler(logging.NullHandler())
    if args.new_key is not None:
        return _new_key(args.new_key)
    file, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    steps = Steps()
    try:
        if args.list:
            return _list(config, args)
        require_owner(state, "backup")
        if args.erased_only:
            return _keep_list(state, _folder(config, args), as_json=args.json)
        made = _made(file, config, args, steps)
    except CommandError as error:
        return _failed(error, WRONG_USE)
    except ConnectionError as error:
        return _failed(error, NOT_DONE)
    except StoreError as error:
        return _failed(error, NOT_DONE)
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        return _failed(said_of(error, state), NOT_DONE)
    finally:
        steps.end()
    _show(made, as_json=args.json)
    return DONE


def _failed(error: object, code: int) -> int:
    print(f"cheval backup: {error}", file=sys.stderr)
    return code


def _made(file: Path, config: StoreConfig, args: argparse.Namespace, steps: Steps) -> Made:
    """Raises CommandError, StoreError, OSError, sqlite3.Error, SQLAlchemyError."""
    settings = settings_of(config)
    public = _public(config)
    keep = config.backup.keep if args.keep is None else args.keep
    if keep < 0:
        raise CommandError("--keep: a number from 0, where 0 keeps all")
    order = Order(file, config, settings, public, _folder(config, args), keep)
    # also if then no back-up is made
    keep_list(settings.state, order.folder)
    return make_backup(order, partial(snapshots, settings), now_us(), steps.show)


def _keep_list(state: Path, folder: Path, *, as_json: bool) -> int:
    listed = keep_list(state, folder)
    if as_json:
        print(json.dumps({"erased": listed, "folder": str(folder)}, ensure_ascii=False))
    else:
        print(f"{listed} members whom this store has erased are in the list in {folder}")
    return DONE


def _public(config: StoreConfig) -> PublicKey:
    if config.backup.public_key is None:
        raise CommandError(
            "there is no key for back-ups: make one with `cheval backup --new-key FILE`, keep FILE away from this"
            " machine, and write the line that is printed into the configuration"
        )
    return PublicKey.from_text(config.backup.public_key)


def _folder(config: StoreConfig, args: argparse.Namespace) -> Path:
    folder: Path = (args.to or config.backup.folder).absolute()
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder; is its disk mounted?")
    return folder


def _show(made: Made, *, as_json: bool) -> None:
    manifest = made.manifest
    if as_json:
        found = {
            "file": str(made.file), "bytes": made.size, "content_bytes": made.content_bytes,
            "took_s": round(made.took_s, 1), "files": len(manifest.members), "rows": sum(manifest.rows.values()),
            "ledger_entries": made.verified.entries, "last_entry": manifest.ledger_end.seq,
            "missing": manifest.missing, "references": manifest.references,
            "deleted": [str(file) for file in made.deleted],
        }  # fmt: skip
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"{made.file}: {made.size / _MB:.1f} MB, verified, {made.took_s:.0f} s")
    print(
        f"{len(manifest.members)} files, {sum(manifest.rows.values())} rows,"
        f" {made.verified.entries} entries of the ledger"
    )
    for lost in made.verified.lost:
        print(f"not in it, because it was lost before: {lost}")
    for missing in manifest.missing:
        print(f"not in it, because it does not exist: {missing}")
    for reference in manifest.references:
        print(f"not in it, must be backed up where it comes from: {reference}")
    for file in made.deleted:
        print(f"deleted: {file}")


def _list(config: StoreConfig, args: argparse.Namespace) -> int:
    for file in backups_in(_folder(config, args), _public(config).fingerprint):
        with file.open("rb") as opened:
            head = read_head(opened)
        size, made = file.stat().st_size, datetime.fromtimestamp(head.made_us / 1e6, UTC)
        if args.json:
            print(json.dumps({"file": str(file), "bytes": size, "made_us": head.made_us}))
        else:
            print(f"{made:%Y-%m-%d %H:%M:%S} UTC  {size / _MB:9.1f} MB  {file}")
    return DONE


def _new_key(file: Path) -> int:
    secret = SecretKey.new()
    text = (
        "# Secret key of Cheval back-ups. Without it no back-up can be restored. Keep it away from the store's\n"
        f"# machine, also on paper. Its public part: {secret.public.text}\n{secret.text}\n"
    )
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(text)
    except OSError as error:
        return _failed(f"{file}: {(error.strerror or str(error)).lower()}", WRONG_USE)
    print(f"# the secret part is in {file}: keep it away from this machine, also on paper")
    print("# write these lines into the store's configuration:")
    print(f"backup:\n  public_key: {secret.public.text}")
    return DONE

"""`cheval restore`: restores a back-up onto a machine without a store, or only verifies it."""

from __future__ import annotations

import argparse
import json
import logging
import sqlite3
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.commands.backup.erased import Beside, ErasedAgain, beside, erase_listed
from kiosk.commands.backup.steps import Steps
from kiosk.commands.check.file_owner import rights_of, service_user
from kiosk.commands.ledger import print_reopened
from kiosk.commands.ledger_store import CommandError, alone, reason_of
from kiosk.config import ConfigError, load_store
from kiosk.store.backup import restoring
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.making import sqlite_file
from kiosk.store.backup.restoring import Placed, Unpacked
from kiosk.store.db.file_hold import FileHold
from kiosk.store.db.store_hold import LOCK_FILE
from kiosk.store.errors import StoreError
from kiosk.store.payments.ledger.upkeep.reopen import Reopened, Reopening
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings, settings_of

DONE, NOT_DONE, WRONG_USE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 not done, 2 wrong use."""
    logging.getLogger().addHandler(logging.NullHandler())
    steps = Steps()
    try:
        with args.file.open("rb") as file:
            return _Restore(args, file, _secret(args.key), steps).run()
    except (CommandError, ConfigError) as error:
        print(f"cheval restore: {error}", file=sys.stderr)
        return WRONG_USE
    except (OSError, sqlite3.Error, StoreError) as error:
        # a store that runs is a StoreError, and a SQLAlchemyError too
        steps.end()
        print(f"cheval restore: {reason_of(error)}", file=sys.stderr)
    except SQLAlchemyError as error:
        steps.end()
        print(f"cheval restore: the database fails with {type(error).__name__}", file=sys.stderr)
    finally:
        steps.end()
    return NOT_DONE


def _secret(file: Path) -> SecretKey:
    text = sys.stdin.read(4096) if str(file) == "-" else file.read_text("utf-8", "replace")[:4096]
    return SecretKey.from_text(text)


class _Restore:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace, file: BinaryIO, secret: SecretKey, steps: Steps) -> None:
        self._args, self._file, self._secret, self._steps = args, file, secret, steps
        self._began_s = time.monotonic()
        self._state = _state(args)
        self._user = service_user("store", self._state, args.config or Path("/etc/cheval/store.yaml"))

    def run(self) -> int:
        """Raises CommandError, ConfigError, StoreError, OSError, sqlite3.Error, SQLAlchemyError."""
        if self._args.check:
            return self._check()
        with rights_of(self._user):
            paths.state("store", self._state)
            hold = FileHold(self._state / LOCK_FILE, str(self._state))
        try:
            with rights_of(self._user):
                restoring.require_no_store(self._state)
                found = restoring.open_backup(self._file, self._secret, self._state, self._steps.show)
            self._steps.end()
            self._say_what(found)
            config, settings = self._settings(found)
            placed = self._place(found, config, settings)
        except BaseException:
            restoring.discard(self._state)
            hold.close()
            raise
        # the lock of a store is taken next; until the end the mark keeps stores away
        hold.close()
        try:
            # with the rights of the caller: the service's user may not be allowed to read where the back-up is
            listed = beside(settings, self._args.erased or self._args.file.absolute().parent)
            with rights_of(self._user):
                reopened, erased = self._fill(found, settings, listed)
            restoring.discard(self._state)
            restoring.give_to_owner(self._state)
            restoring.end(self._state)
        finally:
            restoring.discard(self._state)
        self._say_done(found, placed, reopened, config, erased)
        return DONE

    def _check(self) -> int:
        with TemporaryDirectory(prefix="cheval-restore-", dir=self._args.state) as place:
            found = restoring.open_backup(self._file, self._secret, Path(place), self._steps.show)
            self._steps.end()
            self._say_what(found)
        return DONE

    def _settings(self, found: Unpacked) -> tuple[Path, StoreSettings]:
        """The file that the configuration becomes, and what it says. Raises CommandError, ConfigError."""
        file: Path = (self._args.config or Path(found.manifest.config)).absolute()
        config = found.config(file)
        state = paths.state_place("store", config.state)
        if state.resolve() != self._state.resolve():
            raise CommandError(
                f"the configuration of the back-up names the state folder {state}, and this is {self._state};"
                f" restore it with --state {state}"
            )
        settings = settings_of(config, self._state)
        database = sqlite_file(settings)
        if database is not None and not restoring.may_place(
            database.absolute(), (self._state, file.parent, *self._args.also)
        ):
            raise CommandError(
                f"the database belongs at {database}; allow that with --also {database.parent}"
            )
        return file, settings

    def _place(self, found: Unpacked, config: Path, settings: StoreSettings) -> Placed:
        with rights_of(self._user):
            status = self._state.stat()
            restoring.begin(self._state, settings.database_url, keep_database=self._args.keep_database)
            restoring.place_state(found, self._state, sqlite_file(settings))
        owner = (status.st_uid, status.st_gid)
        return restoring.place_others(found, config, self._state, tuple(self._args.also), owner)

    def _fill(self, found: Unpacked, settings: StoreSettings, listed: Beside) -> tuple[Reopened, ErasedAgain]:
        if sqlite_file(settings) is None and not self._args.keep_database:
            restoring.fill_database(found, settings.database_url, self._steps.show)
        restoring.keep_end(settings, found.manifest)
        self._steps.end()
        with alone(settings) as held:
            erased = erase_listed(settings, held.database, listed)
            return Reopening(ledger_place(settings), held.key, held.kept).run(), erased

    def _say_what(self, found: Unpacked) -> None:
        manifest = found.manifest
        if self._args.json:
            return
        made = datetime.fromtimestamp(manifest.made_us / 1e6, UTC)
        print(
            f"back-up of {manifest.shop}, {made:%Y-%m-%d %H:%M:%S} UTC, version {manifest.version}: verified"
        )
        print(
            f"{len(manifest.members)} files, {sum(manifest.rows.values())} rows,"
            f" {found.verified.entries} entries of the ledger"
        )

    def _say_done(
        self, found: Unpacked, placed: Placed, reopened: Reopened, config: Path, erased: ErasedAgain
    ) -> None:
        took_s = round(time.monotonic() - self._began_s, 1)
        if self._args.json:
            print(json.dumps({
                "made_us": found.manifest.made_us, "config": str(config), "state": str(self._state),
                "took_s": took_s, "aside": [str(file) for file in placed.aside],
                "left": [str(file) for file in placed.left], "reopened": asdict(reopened),
                "erased_again": asdict(erased),
            }, ensure_ascii=False))  # fmt: skip
            return
        print(f"restored into {self._state} and {config} in {took_s:.0f} s")
        for file in placed.aside:
            print(f"another file was there; it is now {file}")
        for file in placed.left:
            print(f"not put in place, do it by hand (or use --also): {file}")
        for reference in found.manifest.references:
            print(f"not in a back-up, must be there as well: {reference}")
        for line in erased.lines():
            print(line)
        print_reopened(reopened)
        print(
            "start the store; mirrors and devices connect by themselves if it has the same address as before"
        )


def _state(args: argparse.Namespace) -> Path:
    """The state folder: the given one, that of the configuration which is on this machine, or the user's."""
    if args.state is not None:
        return Path(args.state).absolute()
    file = args.config or paths.config_file("store")
    if file is not None and file.is_file():
        return paths.state_place("store", load_store(file).state).absolute()
    return paths.state_place("store").absolute()

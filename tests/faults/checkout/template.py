"""The shop with which each program begins, made once: importing the catalogue takes longer than a program."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiosk.store.app import build_store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import CHEAP, START_US, settings_in


class Template:
    """The state folder of a store that has imported its catalogue; each program begins with a copy of it."""

    def __init__(self, database: Callable[[], str] = lambda: "") -> None:
        """`database`: the URL of an empty database in PostgreSQL, for each program anew."""
        self._database = database
        self._memory = Path("/dev/shm")
        self.folder = self._new("template")
        self.settings: StoreSettings = settings_of_template(self.folder, self._database())

    def copy(self) -> Path:
        """A folder with the state of a new shop in it."""
        folder = self._new("program")
        if self.settings.database:
            return self._in_database(folder)
        locks = shutil.ignore_patterns("*.lock", "*-shm")
        shutil.copytree(self.settings.state, folder / "state", ignore=locks)
        return folder

    def _in_database(self, folder: Path) -> Path:
        self.settings = settings_of_template(folder, self._database())
        return folder

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _new(self, what: str) -> Path:
        memory = self._memory if self._memory.is_dir() else None
        return Path(tempfile.mkdtemp(prefix=f"cheval-{what}-", dir=memory))


def settings_of_template(folder: Path, database: str = "") -> StoreSettings:
    """Settings of the sample shop, whose catalogue is imported into the state folder below `folder`, or a database."""
    settings = settings_in(folder, database=database, ledger_in_database=bool(database))
    build_store(settings, clock=lambda: START_US, terminals={}, hasher=CHEAP).close()
    return settings

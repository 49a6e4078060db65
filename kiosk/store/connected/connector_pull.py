"""One reading of a system: what it says becomes files of the store's feed, which are imported as any others."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.config.connectors.connector import Connector
from kiosk.connectors.commerce.drivers import open_system
from kiosk.connectors.commerce.errors import (
    CommerceError,
    CredentialsError,
    NoConnectorError,
    UnavailableError,
)
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import CommerceSystem
from kiosk.connectors.commerce.pulling import Pulled, pull
from kiosk.connectors.commerce.reading import Progress
from kiosk.connectors.mapping import Shop
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.store.connected.feed_files import FeedFiles
from kiosk.store.connected.pull_record import FOLDER, PullRecord, read_record, write_record
from kiosk.store.connected.work_folders import delete_left, work_folder
from kiosk.store.errors import RefusedError, TryAgainError
from kiosk.store.settings import StoreSettings

KEPT_MISTAKES: Final = 100
PUT_WAIT_S: Final = 60.0
"""How long to wait for an import by hand, which writes into the same folder."""


def place_of(connector: Connector) -> SystemPlace:
    """Where a connector of the configuration leads."""
    return SystemPlace(
        connector.uri,
        connector.description,
        connector.key_file,
        Network(connector.network),
        connector.ca_file,
    )


@dataclass(frozen=True, slots=True)
class ConnectorPull:
    """Readings of one connector. `settings.feeds` is the folder of the feed."""

    name: str
    connector: Connector
    settings: StoreSettings
    now_us: Callable[[], int]

    def open(self) -> CommerceSystem:
        """Contacts nothing. Raises NoConnectorError."""
        return open_system(place_of(self.connector))

    @property
    def record(self) -> PullRecord:
        return read_record(self.settings.state, self.name)

    def read(
        self, system: CommerceSystem, work: Path, progress: Progress, only: frozenset[str] | None = None
    ) -> Pulled:
        """Reads the system into an empty folder; changes nothing else. Raises CommerceError, OSError."""
        shop = Shop(self.settings.shop.currency, ZoneInfo(self.settings.shop.time_zone), self.now_us())
        return pull(system, work, shop, progress, self.record.digests, only)

    def due(self, system: CommerceSystem) -> frozenset[str] | None:
        """The lists that are to be read now; None: all."""
        every = self.connector.catalogue_every_minutes
        read_us = self.record.read_us.get("catalogue", 0)
        if every is None or "stock" not in system.listings or not 0 < read_us <= self.now_us():
            return None
        # half a reading early is better than a whole one late
        early_us = self.connector.every_minutes * 30 * US
        return None if self.now_us() - read_us >= every * 60 * US - early_us else frozenset({"stock"})

    def run(self, system: CommerceSystem, progress: Progress, only: frozenset[str] | None = None) -> Pulled:
        """Reads the system, puts the result into the feed, and notes it. `only`: lists to be read, by default all.

        The caller holds `pull_lock`. Raises CommerceError, RefusedError, OSError; what is known stays then, and the
        caller notes it (`failed`).
        """
        began_us = self.now_us()
        delete_left(self.settings.state, self.name)
        with work_folder(self.settings.state, self.name) as work:
            pulled = self.read(system, work, progress, only)
            self._put(pulled.paths, began_us - self.connector.behind_minutes * 60 * US)
        write_record(self.settings.state, self.name, _good(self.record, pulled, began_us))
        return pulled

    def failed(self, error: Exception) -> None:
        """Notes that a reading has failed. Raises OSError."""
        after_s = error.retry_after_s if isinstance(error, UnavailableError) else 0
        passing = isinstance(error, TryAgainError)
        must_act = isinstance(error, NoConnectorError | CredentialsError | RefusedError) and not passing
        found = self.record.failed(reason_of(error), self.now_us(), after_s, must_act=must_act)
        write_record(self.settings.state, self.name, found)

    def _put(self, made: Sequence[Path], as_of_us: int) -> None:
        """Raises RefusedError, OSError."""
        record = f"{FOLDER}/{self.name}.files.json"
        files = FeedFiles(self.settings.state, self.settings.feeds, record, wait_s=PUT_WAIT_S)
        with files.alone():
            files.check([file.stem for file in made], delta=False)
            # a file of the same content is no later count for the import: it is left alone
            changed = [file for file in made if not _same(file, files.folder / file.name)]
            if changed:
                files.put(changed, as_of_us * 1000, delta=False)


def reason_of(error: Exception) -> str:
    """Why a reading failed, in a few words; without what a system has said."""
    if isinstance(error, CommerceError | RefusedError):
        return " ".join(str(error).split())
    if isinstance(error, OSError):
        return f"{error.filename or 'the state folder'}: {(error.strerror or type(error).__name__).lower()}"
    return type(error).__name__


def _good(before: PullRecord, pulled: Pulled, began_us: int) -> PullRecord:
    """The record after a good reading; of lists that were not read now, what was known stays."""
    mistakes = [one for one in before.mistakes if one.partition(".jsonl:")[0] not in pulled.lists]
    mistakes += [str(one) for made in pulled.conversions.values() for one in made.mistakes]
    lines = {kind: count for made in pulled.conversions.values() for kind, count in made.lines.items()}
    return PullRecord(
        pulled_us=began_us,
        tried_us=began_us,
        entries=before.entries | {str(name): count for name, count in pulled.entries.items()},
        lines=before.lines | lines,
        refused_of=before.refused_of | {str(name): made.refused for name, made in pulled.conversions.items()},
        digests=before.digests | {str(name): read.digest for name, read in pulled.lists.items()},
        read_us=before.read_us | dict.fromkeys(map(str, pulled.lists), began_us),
        mistakes=tuple(mistakes[:KEPT_MISTAKES]),
    )


def _same(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False

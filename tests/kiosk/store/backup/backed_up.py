"""A shop with sales whose configuration is a file, its back-ups, and restores of them by the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.__main__ import main
from kiosk.config import load_store
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.making import Made, Order, make_backup
from kiosk.store.backup.snapshot import Snapshot, take_snapshot
from kiosk.store.resources import open_resources
from kiosk.store.settings import StoreSettings, settings_of
from tests.kiosk.store.payments.ledger_steps import two_sales
from tests.kiosk.store.sample_shop import CHEAP, PREFIX, START_US, write_feed

HOUR_US = 3_600_000_000
Snapshots = Callable[[Path, Callable[[int, int], None]], Snapshot]


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop below a folder: its configuration, a folder for back-ups, and the file of the secret key."""

    config: Path
    backups: Path
    key: Path
    secret: SecretKey

    @property
    def settings(self) -> StoreSettings:
        return settings_of(load_store(self.config))

    @property
    def state(self) -> Path:
        return self.config.parent.parent / "state"

    def order(self, keep: int = 0) -> Order:
        config = load_store(self.config)
        return Order(self.config, config, settings_of(config), self.secret.public, self.backups, keep)

    def backup(self, number: int = 0, *, keep: int = 0, snapshots: Snapshots | None = None) -> Made:
        """A back-up without a running store, `number` hours after the start."""
        taken = snapshots or partial(copies_of, self.settings)
        return make_backup(self.order(keep), taken, START_US + number * HOUR_US, _silent)

    def restore(self, file: Path, *words: str) -> int:
        """Exit code of the command."""
        given = ["--key", str(self.key), "--state", str(self.state), "--config", str(self.config)]
        return main(["restore", str(file), *given, *words])

    def lose_machine(self) -> Path:
        """Takes the state folder and the configuration away; where they are now."""
        lost = self.state.with_name("lost")
        self.state.rename(lost)
        self.config.parent.rename(lost.with_name("lost-etc"))
        return lost


def shop_in(folder: Path, database: str | None = None, ledger: str = "file") -> Shop:
    """A shop with two sales and an open payment."""
    etc, backups = folder / "etc", folder / "backups"
    for place in (etc / "keys", backups, folder / "keys"):
        place.mkdir(parents=True)
    secret = SecretKey.new()
    key = folder / "keys/backup.key"
    key.write_text(f"# secret\n{secret.text}\n", "utf-8")
    (etc / "keys/terminal").write_text("secret_key: sk_test_1\n", "utf-8")
    (etc / "keys/terminal").chmod(0o600)
    (etc / "looks.yaml").write_text("looks: []\n", "utf-8")
    config = {
        "state": str(folder / "state"),
        "shop": {"name": "Ostrevane", "tax_percent": 20},
        "rooms": {"1": {"antennas": ["1"]}, "2": {"antennas": ["2"]}},
        "readers": [{"name": "north", "uri": "sim://127.0.0.1:5084"}],
        "catalogue": {"feed": str(write_feed(folder / "feed")), "company_prefixes": [PREFIX]},
        "recommender": {"stylist": "looks.yaml"},
        "payments": {
            "ledger": ledger, "min_free_mb": 0,
            "terminals": [{"name": "till", "uri": "stripe://tmr_1", "key_file": "keys/terminal"}],
        },
        "backup": {"public_key": secret.public.text, "folder": str(backups), "keep": 3},
    } | ({"database": database} if database else {})  # fmt: skip
    (etc / "store.yaml").write_text(json.dumps(config), "utf-8")
    shop = Shop(etc / "store.yaml", backups, key, secret)
    two_sales(shop.settings)
    return shop


def copies_of(settings: StoreSettings, folder: Path, progress: Callable[[int, int], None]) -> Snapshot:
    """What a store copies that is closed."""
    with closing(open_resources(settings, CHEAP)) as resources:
        return take_snapshot(resources.ledger, settings.database_url, folder, progress)


def _silent(_words: str, _done: int, _total: int) -> None:
    """No progress is shown."""

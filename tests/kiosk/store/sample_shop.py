"""A sample shop for tests: its feed, a manual clock, a payment terminal in the same process, a running HTTP server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from argon2 import PasswordHasher

from hardware.epc.codec import encode
from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, check_digit, piece_id
from kiosk.store.api.server import HttpServer
from kiosk.store.app import build_store
from kiosk.store.compose_http import http_of
from kiosk.store.db.database import Database
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.lifecycle import Store
from kiosk.store.settings import RoomSettings, ShopSettings, StoreSettings, TaxSettings
from tests.kept_validators import validators_kept
from tests.kiosk.store.payments.in_process_terminal import InProcessTerminal as InProcessTerminal

PREFIX = "9521234"
START_US = 1_790_000_000_000_000
PIN = "4711"
MANAGER_PIN = "920713"
STORE_DB = "store.db"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A fast PIN hasher for tests; the strength of the real one has its own test."""
STYLES = (
    ("C1", "coats", "Long coat", 98_000, ("NVY", "CAM"), ("36", "38", "40")),
    ("S1", "shirts", "Linen <b>shirt</b>", 12_900, ("WHI", "BLU"), ("S", "M", "L")),
    ("T1", "trousers", "Wide trousers", 24_900, ("GRY",), ("36", "38", "40")),
    ("A1", "accessories", "Scarf", 8_950, ("RED", "NVY"), ("one",)),
    ("F1", "shoes", "Loafers", 45_000, ("BLK",), ("38", "39")),
)


def gtin_of(style: str, colour: str, size: str) -> ArticleId:
    """The GTIN of an article of the sample shop."""
    number = [(s, c, z) for s, _, _, _, cs, zs in STYLES for c in cs for z in zs].index((style, colour, size))
    body = f"0{PREFIX}{number:05d}"
    return ArticleId(body + str(check_digit(body)))


def piece_of(style: str, colour: str, size: str, serial: int = 1) -> PieceId:
    """The id of a piece of the sample shop."""
    return piece_id(gtin_of(style, colour, size), str(serial))


def tag(style: str, colour: str, size: str, serial: int = 1) -> str:
    """The EPC (SGTIN-96) of the tag of that piece."""
    return encode(gtin_of(style, colour, size), serial, len(PREFIX), 1)


def write_feed(folder: Path) -> Path:
    """The sample shop's feed files."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "styles.jsonl", [_style(*style) for style in STYLES])
    skus = [(s, c, z) for s, _, _, _, cs, zs in STYLES for c in cs for z in zs]
    items = [{"gtin": gtin_of(*k), "style_id": k[0], "colour": k[1], "size": k[2]} for k in skus]
    _lines(folder / "items.jsonl", items)
    stock = [
        {"gtin": gtin_of(*k), "place": place, "count": 2} for k in skus for place in ("floor", "stockroom")
    ]
    _lines(folder / "stock.jsonl", stock)
    _lines(folder / "shoppers.jsonl", SHOPPERS)
    _lines(folder / "associates.jsonl", ASSOCIATES)
    _lines(folder / "looks.jsonl", [{"look_id": "l1", "items": ["C1-NVY", "A1-RED", "F1-BLK"], "by": "Mei"}])
    _lines(folder / "promotions.jsonl", [ENDED])
    return folder


ENDED: dict[str, Any] = {
    "promotion_id": "sale-2020", "name": {"en": "Winter sale", "de": "Winterschlussverkauf"}, "kind": "percent",
    "percent": 20, "until": "2020-01-31",
}  # fmt: skip
"""A promotion that does not hold any more."""
SHOPPERS: list[dict[str, Any]] = [
    {
        "shopper_id": "s1", "first_name": "Clara", "language": "de", "member": True,
        "stored_means": "card ending in 42",
        "sizes": {"coats": "38", "shirts": "L"}, "consents": ["sizes", "history"], "history": ["T1-GRY"],
        "credentials": [{"credential_id": "ring", "kind": "ring", "uid": "04A1B2C3D4E501"}],
    },
    {
        "shopper_id": "s2", "first_name": "Henrik", "language": "en", "member": True, "sizes": {"coats": "40"},
        "consents": [], "credentials": [{"credential_id": "c", "kind": "card", "uid": "04A1B2C3D4E502"}],
    },
]  # fmt: skip
ASSOCIATES: list[dict[str, Any]] = [
    {"associate_id": "a-ines", "name": "Inès", "languages": ["fr", "en"], "pin": PIN},
    {"associate_id": "a-jonas", "name": "Jonas", "languages": ["de"], "pin": "1234"},
    {"associate_id": "m-mei", "name": "Mei", "languages": ["zh"], "pin": MANAGER_PIN, "role": "manager"},
]


class ManualClock:
    """A clock that moves only when it is set."""

    def __init__(self, now_us: int = START_US) -> None:
        self.now_us = now_us

    def __call__(self) -> int:
        return self.now_us

    def pass_s(self, seconds: float) -> int:
        self.now_us += int(seconds * 1e6)
        return self.now_us


def settings_in(folder: Path, **changes: object) -> StoreSettings:
    """Settings of the sample shop with two rooms, its state and feed below a folder."""
    plain = StoreSettings(
        state=folder / "state",
        rooms=(RoomSettings(RoomId("1"), "Room 1", ("1",)), RoomSettings(RoomId("2"), "Room 2", ("2",))),
        shop=ShopSettings("Ostrevane", "en", ("en", "de"), "EUR", "Europe/Vienna", TaxSettings(200_000)),
        port=0,
        feeds=write_feed(folder / "feed"),
        company_prefixes=(PREFIX,),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@contextmanager
def sample_store(
    settings: StoreSettings, clock: Callable[[], int] | None = None, terminal: PaymentTerminal | None = None
) -> Iterator[Store]:
    """The sample shop's store, its threads not started; closed at the end."""
    with build(settings, clock or ManualClock(), {"till": terminal or InProcessTerminal()}) as store:
        yield store


@cache
def empty_tables() -> bytes:
    """The file of a new store's database, made once in each process: Alembic needs a third of a small store's start.

    Tests of the migrations, of commands and of whole processes begin without it.
    """
    with TemporaryDirectory() as place:
        file = Path(place) / STORE_DB
        hold = StoreHold(Path(place), url := f"sqlite:///{file}")
        Database(url, hold).close()
        hold.close()
        return file.read_bytes()


@contextmanager
def build(
    settings: StoreSettings, clock: Callable[[], int], terminals: Mapping[str, PaymentTerminal]
) -> Iterator[Store]:
    """The sample shop's store with these terminals; closed at the end.

    `served` adds the HTTP application: to build it takes longer than all else, and most tests do without it.
    """
    if not settings.database and not settings.state.exists():
        settings.state.mkdir(mode=0o700, parents=True)
        (settings.state / STORE_DB).write_bytes(empty_tables())
    store = build_store(settings, clock=clock, terminals=terminals, hasher=CHEAP, with_http=False)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def served(store: Store) -> Iterator[str]:
    """Serves the store over HTTP; gives its URL."""
    with validators_kept():
        store.http = http_of(store)
    door = HttpServer(store.http, "127.0.0.1", 0, store.settings.limits)
    store.address.url = store.address.url or door.url
    door.open()
    try:
        assert door.wait_until_open()
        yield door.url
    finally:
        store.hub.close()
        door.close(5)


def _style(
    style: str, category: str, name: str, minor: int, colours: tuple[str, ...], sizes: tuple[str, ...]
) -> object:
    return {
        "style_id": style, "name": {"en": name, "de": f"{name} (de)"}, "category": category,
        "material": {"en": "wool"}, "price": {"currency": "EUR", "minor": minor}, "size_system": f"sys-{category}",
        "sizes": list(sizes), "since": "2026-01-01",
        "colours": [
            {"code": c, "name": {"en": c.title()}, "hex": "#112233", "picture": f"{style}-{c}.png"} for c in colours
        ],
    }  # fmt: skip


def _lines(path: Path, rows: Sequence[object]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

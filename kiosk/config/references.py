"""Checks that the parts of a configuration file fit together: rooms, antennas, readers, terminals, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.config.delivery.rules import delivery_mistakes
from kiosk.config.floor_plan import plan_mistakes, room_mistakes
from kiosk.config.mirror import MirrorConfig
from kiosk.config.mistakes import Place, nearest
from kiosk.config.offers.services import prepared_mistakes, service_mistakes
from kiosk.config.receipts import Printer
from kiosk.config.store import Reader, StoreConfig, Terminal
from kiosk.config.types import SCANNER_SCHEMES

Wrong = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class RoomAntenna:
    """An antenna of a room: the name of its reader (empty if it is unknown), its port, and its place in the file."""

    room: str
    reader: str
    port: int
    place: Place

    def __str__(self) -> str:
        return f"{self.reader}/{self.port}" if self.reader else str(self.port)


def room_antennas(config: StoreConfig) -> tuple[RoomAntenna, ...]:
    """The antennas of all rooms, in the order of the file; a port alone belongs to the only reader."""
    names = {reader.name for reader in config.readers}
    only = names.pop() if len(names) == 1 else ""
    found = []
    for room, section in config.rooms.items():
        for position, antenna in enumerate(section.antennas):
            reader, _, port = antenna.rpartition("/")
            found.append(RoomAntenna(room, reader or only, int(port), ("rooms", room, "antennas", position)))
    return tuple(found)


def of_store(config: StoreConfig, left_out: frozenset[str]) -> list[Wrong]:
    """Everything that does not fit together; sections in `left_out` have mistakes of their own and are not compared."""
    wrong: list[Wrong] = []
    if "readers" not in left_out:
        wrong += _duplicate_names("readers", config.readers)
    if "payments" not in left_out:
        wrong += _duplicate_names("payments", config.payments.terminals)
        wrong += _ledger(config)
    if "receipts" not in left_out:
        wrong += _duplicate_names("receipts", config.receipts.printers)
    if not {"readers", "rooms"} & left_out:
        wrong += _antennas(config)
        wrong += _shared_scanners(config)
    if not {"receipts", "rooms"} & left_out:
        wrong += _unknown_printers(config)
    if not {"payments", "rooms"} & left_out:
        wrong += _unknown_terminals(config)
    if not {"payments", "rooms", "stands"} & left_out:
        wrong += _stands(config)
    wrong += _services(config)
    wrong += [(("delivery", *place), what) for place, what in delivery_mistakes(config.delivery)]
    wrong += _floor_plan(config, left_out)
    if config.alarms.mail_to and config.receipts.mail is None:
        wrong.append((("alarms", "mail_to"), "needs the shop's mail server in `receipts.mail`"))
    if config.shop.language not in config.shop.languages:
        wrong.append((("shop", "language"), f"`{config.shop.language}` is not among shop.languages"))
    return wrong


def _ledger(config: StoreConfig) -> list[Wrong]:
    if config.payments.ledger == "database" and not (config.database or "").startswith("postgresql"):
        return [(("payments", "ledger"), "`database` needs `database: postgresql://...`")]
    return []


def of_mirror(config: MirrorConfig) -> list[Wrong]:
    """Everything in a mirror's file that does not fit together."""
    if config.screen.width > config.screen.height:
        what = "is more than screen.height; a mirror is in portrait position, see screen.rotation"
        return [(("screen", "width"), what)]
    return []


_LISTS = {
    "payments": ("payments", "terminals"),
    "receipts": ("receipts", "printers"),
    "readers": ("readers",),
}


def _duplicate_names(section: str, named: tuple[Reader | Terminal | Printer, ...]) -> Iterator[Wrong]:
    names = [one.name for one in named]
    place: Place = _LISTS[section]
    for position, name in enumerate(names):
        if name in names[:position]:
            yield (*place, position, "name"), f"`{name}` is written twice"


def _unknown_printers(config: StoreConfig) -> Iterator[Wrong]:
    known = {printer.name for printer in config.receipts.printers}
    for name, room in config.rooms.items():
        if room.printer is not None and room.printer not in known:
            what = _unknown("printer", room.printer, known, "receipts.printers")
            yield ("rooms", name, "printer"), what


def _unknown(kind: str, name: str, known: set[str], section: str) -> str:
    if not known:
        return f"there is no {kind} in `{section}`; write `{name}` there, or remove it here"
    return f"unknown {kind} `{name}`{nearest(name, known)}"


def _unknown_terminals(config: StoreConfig) -> Iterator[Wrong]:
    known = {terminal.name for terminal in config.payments.terminals}
    for name, room in config.rooms.items():
        if room.terminal is not None and room.terminal not in known:
            what = _unknown("terminal", room.terminal, known, "payments.terminals")
            yield ("rooms", name, "terminal"), what


def _stands(config: StoreConfig) -> Iterator[Wrong]:
    """Stands with the name of a room, and those that no terminal can charge."""
    known = {terminal.name: terminal.uri.partition("://")[0] for terminal in config.payments.terminals}
    only = next(iter(known)) if len(known) == 1 else None
    for name, stand in config.stands.items():
        if name in config.rooms:
            yield ("stands", name), f"`{name}` is a room already; both are paired by their names"
        terminal = stand.terminal or only
        if stand.terminal is not None and stand.terminal not in known:
            what = _unknown("terminal", stand.terminal, set(known), "payments.terminals")
            yield ("stands", name, "terminal"), what
        elif terminal is None:
            what = "needs a terminal with stored means in `payments.terminals`"
            if known:
                what = f"write which of the {len(known)} terminals charges the stored means"
            yield ("stands", name, "terminal"), what


def _services(config: StoreConfig) -> Iterator[Wrong]:
    for place, what in service_mistakes(config.services or {}):
        yield ("services", *place), what


def _floor_plan(config: StoreConfig, left_out: frozenset[str]) -> Iterator[Wrong]:
    """What is wrong with the plan in itself, and compared with the rooms where these are right."""
    if config.floor_plan is None:
        return
    rooms = () if "rooms" in left_out else room_mistakes(config.floor_plan, tuple(config.rooms))
    services = prepared_mistakes(config.services, config.floor_plan)
    for place, what in (*plan_mistakes(config.floor_plan), *rooms, *services):
        yield ("floor_plan", *place), what


def _antennas(config: StoreConfig) -> Iterator[Wrong]:
    """Antennas of unknown readers, ports without a reader's name, and antennas that a room lists twice."""
    known = dict.fromkeys(reader.name for reader in config.readers)
    seen: set[tuple[str, str, int]] = set()
    for antenna in room_antennas(config):
        key = (antenna.room, antenna.reader, antenna.port)
        if not known:
            yield antenna.place, "there is no reader in `readers`"
        elif antenna.reader and antenna.reader not in known:
            yield antenna.place, f"unknown reader `{antenna.reader}`{nearest(antenna.reader, known)}"
        elif not antenna.reader:
            yield antenna.place, f"write reader/port, since there are {len(known)} readers"
        elif key in seen:
            yield antenna.place, f"`{antenna}` is listed twice"
        seen.add(key)


def _shared_scanners(config: StoreConfig) -> Iterator[Wrong]:
    """Scanners that are assigned to more than one room."""
    scanners = {r.name for r in config.readers if r.uri.partition("://")[0] in SCANNER_SCHEMES}
    first: dict[str, str] = {}
    for antenna in room_antennas(config):
        if antenna.reader in scanners and first.setdefault(antenna.reader, antenna.room) != antenna.room:
            what = f"the scanner `{antenna.reader}` is in room {first[antenna.reader]} already"
            yield ("rooms", antenna.room, "antennas"), what

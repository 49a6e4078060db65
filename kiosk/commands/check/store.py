"""Everything that is wrong or surprising in a store's configuration, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from kiosk import paths
from kiosk.commands.check.alarms import alarm_mistakes
from kiosk.commands.check.antennas import antenna_mistakes
from kiosk.commands.check.connectors import connector_mistakes
from kiosk.commands.check.files import file_mistakes, folder_mistake
from kiosk.commands.check.listening import listening_mistakes
from kiosk.commands.check.names import name_mistakes
from kiosk.commands.check.places import listen_mistake, port_note, state_mistake, url_mistake
from kiosk.commands.check.readers import reader_entries, same_readers
from kiosk.commands.check.receipts import receipt_mistakes
from kiosk.commands.check.space import space_mistakes
from kiosk.commands.check.stands import stand_mistakes
from kiosk.commands.check.survey_files import survey_mistakes
from kiosk.commands.check.topics import topic_mistakes
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.config.mistakes import in_order
from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import NoRegisterDriverError
from kiosk.connectors.payments.drivers import device_of, open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import PaymentError
from kiosk.store.db.revisions import sqlite_mistake
from kiosk.store.db.salvage import salvageable


def store_mistakes(read: Read[StoreConfig], *, names: bool = False) -> tuple[Mistake, ...]:
    """All mistakes and notes; those of the file's text are among them. Contacts no network address.

    `names`: the names of the feed are checked too, which reads all of it.
    """
    entries, mistakes = reader_entries(read)
    found = [*read.mistakes, *mistakes, *same_readers(read, entries)]
    found += topic_mistakes(read, entries)
    config = read.config
    if config is not None:
        found += [*_places(read, config), *_terminals(read, config), *_fiscal(read, config)]
        found += receipt_mistakes(read, config)
        found += alarm_mistakes(read, config)
        found += connector_mistakes(read, config)
        found += stand_mistakes(read, config)
        found += space_mistakes(read, config)
        found += file_mistakes(read, config)
        found += listening_mistakes(read, config, entries)
        if names:
            found += name_mistakes(read, config)
        if not config.rooms and "rooms" not in read.left_out:
            what = "there are none, so no mirror can connect; write one line for each, as in `1: {title: Room 1}`"
            found.append(read.mistake(("rooms",), what, Severity.NOTE))
        if not {"readers", "rooms"} & read.left_out:
            found += antenna_mistakes(read, config, entries)
            found += survey_mistakes(read, config)
    return in_order(found)


def _places(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    state = paths.state_place("store", config.state)
    if of_state := state_mistake(state):
        yield read.mistake(("state",), of_state)
    elif config.database is None and (what := sqlite_mistake(state / "store.db")):
        yield read.mistake(("state",), *_of_file(what, state / "store.db", ours=True))
    host, port = config.listen.host, config.listen.port
    if what := listen_mistake(host):
        yield read.mistake(("listen", "host"), what)
    elif port and (what := port_note(host, port)):
        yield read.mistake(("listen", "port"), what, Severity.NOTE)
    for place, url in (
        (("listen", "public_url"), config.listen.public_url),
        (("cards", "link_base"), config.cards.link_base),
    ):
        if url is not None and (what := url_mistake(url)):
            yield read.mistake(place, what)
    if config.database is not None and (what := _database(config.database)):
        yield read.mistake(("database",), *_of_file(what, _sqlite_file(config.database), ours=False))


def _database(url: str) -> str:
    """Why the database cannot be used, without connecting to a server; empty if nothing is known."""
    try:
        target = make_url(url)
    except ArgumentError:
        return "is not an address of a database; write postgresql://USER@HOST/DATABASE"
    if target.get_backend_name() != "sqlite":
        return "" if target.database else "names no database; write postgresql://USER@HOST/DATABASE"
    file = Path(target.database or "")
    if not target.database or target.database == ":memory:":
        return "is kept in memory only, so everything is lost at a restart; write sqlite:////PATH/store.db"
    if what := folder_mistake(file.parent):
        return what
    return sqlite_mistake(file)


def _of_file(what: str, file: Path, *, ours: bool) -> tuple[str, Severity]:
    """A damaged database does not keep the store from opening, which says in its log what was lost."""
    if not salvageable(file, ours=ours):
        return what, Severity.REFUSED
    return (
        f"{what}; the store keeps this file aside at its next start and copies into a new one what can be read. To have"
        " all of it, put a back-up in its place first (`cheval restore`)"
    ), Severity.WITHOUT


def _sqlite_file(url: str) -> Path:
    """The file of an address of SQLite; one that does not exist for others."""
    try:
        target = make_url(url)
    except ArgumentError:
        return Path()
    return Path(target.database or "") if target.get_backend_name() == "sqlite" else Path()


def _fiscal(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    fiscal = config.fiscal
    if fiscal is None:
        return
    try:
        open_register(fiscal.uri, key_file=fiscal.key_file, ca_file=fiscal.ca_file).close()
    except NoRegisterDriverError as error:
        yield read.mistake(("fiscal", "uri"), str(error))
        return
    parts = urlsplit(fiscal.uri)
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        what = "sends sales and its token without encryption; use https outside of this computer"
        yield read.mistake(("fiscal", "uri"), what, Severity.NOTE)


def _terminals(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    known: dict[str, str] = {}
    devices: dict[str, str] = {}
    for position, terminal in enumerate(config.payments.terminals):
        place = ("payments", "terminals", position, "uri")
        try:
            driver = open_terminal(TerminalPlace(terminal.uri, terminal.key_file, terminal.ca_file))
            driver.close()
        except PaymentError as error:
            yield read.mistake(place, str(error))
            continue
        if what := url_mistake(terminal.uri):
            yield read.mistake(place, what)
        first = known.setdefault(driver.identity.casefold(), terminal.name)
        other = devices.setdefault(device_of(driver), terminal.name)
        if first != terminal.name:
            # a refund goes to the terminal with the identity of the payment: two names for one would be mixed up
            same = f"is the terminal `{first}` already ({driver.identity})"
            what = f"{same}; remove one entry and name `{first}` in all rooms"
            yield read.mistake(place, what)
        elif other != terminal.name:
            what = f"is the device of `{other}` on another way; while both are configured, use one of them in all rooms"
            yield read.mistake(place, what, Severity.NOTE)

"""The checks of a store's machine and of what its configuration file names. Imports the store's libraries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.check.store import store_mistakes
from kiosk.commands.configuration import user_of
from kiosk.commands.connect.looks import look as look_at_connectors
from kiosk.commands.doctor import (
    backups,
    feed,
    fiscal,
    ledger,
    machine,
    network,
    paired,
    proxies,
    reader_notes,
    readers,
    receipts,
    shop,
)
from kiosk.commands.doctor import models as trained
from kiosk.commands.doctor.certificates import encryption, public_address
from kiosk.commands.doctor.devices import cards
from kiosk.commands.doctor.file_findings import of_file, refused, seen_by
from kiosk.commands.doctor.finding import Finding, bad
from kiosk.commands.doctor.outgoing import sales_out
from kiosk.commands.terminals.looks import look as look_at_terminal
from kiosk.config import ConfigError, StoreConfig, read_store
from kiosk.config.connectors.feed_place import feed_folder
from kiosk.store.radio.reader_report import REPORT_FILE as READERS
from kiosk.store.radio.reference_tags import REPORT_FILE as REFERENCES
from kiosk.store.staff.local_access import running_store


def look(file: Path) -> Iterator[Finding]:
    """Findings about a store's file and all that it names."""
    try:
        read = read_store(file)
    except ConfigError as error:
        yield bad("store's file", str(error), "Correct the path, or let this user read the file.")
        return
    user = user_of("store", file, read)
    with rights_of(user):
        mistakes = store_mistakes(read, names=True)
    yield from of_file("store's file", file, mistakes)
    if read.config is not None:
        left_out = refused(mistakes)
        terminals = tuple(
            terminal
            for position, terminal in enumerate(read.config.payments.terminals)
            if ("payments", "terminals", position, "uri") not in left_out
        )
        payments = read.config.payments.model_copy(update={"terminals": terminals})
        database = None if ("database",) in left_out else read.config.database
        config = read.config.model_copy(update={"payments": payments, "database": database})
        yield from seen_by(user, of_store(config))


def of_store(config: StoreConfig) -> Iterator[Finding]:
    """Findings for a store with this configuration, with the rights of the caller."""

    state = paths.state_place("store", config.state)
    yield machine.disk(state, config.payments.min_free_mb)
    yield machine.writable("state", state)
    yield from paired.look(state)
    host, port = config.listen.host, config.listen.port
    root = encryption.own_root(config.listen, state)
    own_token = _own_token(state)
    yield network.own_port(host, port, root)
    yield from encryption.of_store(config.listen, state, now_us())
    if (config.listen.public_url or "").startswith("https:"):
        yield public_address.look(config.listen.public_url or "", now_us())
    # after it: its request shows what the proxy of that address sends
    yield from proxies.look(network.running_health(host, port, root, own_token))
    yield shop.database(config.database or f"sqlite:///{state / 'store.db'}")
    yield shop.hours(config.shop, now_us())
    yield ledger.look(network.running_health(host, port, root, own_token))
    use = readers.uses(config, network.running_radio(host, port, root, own_token))
    for reader in config.readers:
        yield from readers.look(reader.name, reader.uri, use[reader.name])
    yield from reader_notes.of_store(state / READERS, now_us())
    yield from readers.references(state / REFERENCES, now_us())
    devices: dict[str, str] = {}
    for terminal in config.payments.terminals:
        yield from look_at_terminal(terminal, devices)
    if config.payments.terminals:
        yield receipts.links(config)
        yield receipts.issuer(config)
    if config.receipts.mail is not None:
        yield receipts.mail(config.receipts.mail)
    for printer in config.receipts.printers:
        yield receipts.printer(printer.name, printer.uri)
    if config.payments.terminals or config.fiscal is not None:
        yield from fiscal.look(config.fiscal)
        running = network.running_part(host, port, "fiscal", root, own_token)
        yield from fiscal.waiting(running, now_us())
    yield from sales_out.look(config.sales_out, network.running_health(host, port, root, own_token), now_us())
    yield from backups.look(config.backup, state, now_us())
    yield from feed.look(feed_folder(config, state), state)
    yield from look_at_connectors(config.connectors, state)
    learned = config.recommender
    yield from trained.looks_model(learned.model, learned.key_file, learned.stale_after_days, now_us())
    yield from trained.sizes_model(learned.fit_model)
    if config.cards.keys_file is not None:
        yield machine.secret(
            "card keys", config.cards.keys_file, "`cheval cards enrol --new-key` creates the file."
        )
        yield cards.links(config.listen.public_url, config.cards.link_base)


def _own_token(state: Path) -> str:
    """The token by which the running store knows this computer's commands; empty if no store runs."""
    try:
        running = running_store(state)
    except OSError:
        return ""
    return running.token if running is not None else ""

"""`cheval doctor`: the checks and their output."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.configuration import user_of
from kiosk.commands.doctor import cards, machine, network, reader_notes, readers, scan_setup, scanner
from kiosk.commands.doctor import screen as glass
from kiosk.commands.doctor.finding import Finding, State, bad, good, note
from kiosk.config import (
    ConfigError,
    MirrorConfig,
    Mistake,
    Severity,
    StoreConfig,
    read_mirror,
    read_store,
)
from kiosk.config.mistakes import Place, page

_SIGNS = {State.GOOD: "good", State.NOTE: "note", State.BAD: " BAD"}


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "doctor",
        help="check this machine and report problems with their solutions",
        description="Checks the machine and what the configuration files name. Without a configuration file no network "
        "address is contacted. Exit code 1 if something is bad, else 0.",
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="the store's file (default: ~/.config/cheval/store.yaml, then /etc/cheval/store.yaml)",
    )
    parser.add_argument(
        "--mirror",
        type=Path,
        metavar="FILE",
        help="a mirror's file (default: mirror.yaml in the same folders)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a line, one for each finding"
    )
    parser.add_argument(
        "--scan",
        metavar="URI",
        help="show a code, wait for its scan by this scanner (keyboard:///dev/..., serial:///dev/...), and say how the "
        "scanner is set; nothing else is checked",
    )
    parser.add_argument(
        "--scan-code",
        type=Path,
        metavar="FILE",
        help="write the code of --scan as a picture (.png, .svg); nothing else is checked",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run all checks; exit code 0 if nothing is bad, else 1."""
    # the findings say it; without a handler warnings of the drivers would be printed between them
    logging.getLogger().addHandler(logging.NullHandler())
    worst = 0
    for finding in _asked(args):
        _print(finding, as_json=args.json)
        worst = max(worst, int(finding.state is State.BAD))
    return worst


def _asked(args: argparse.Namespace) -> Iterator[Finding]:
    if args.scan_code is not None:
        yield scan_setup.write(args.scan_code)
    if args.scan is not None:
        if not args.json:
            scan_setup.show()
        yield from scan_setup.check(args.scan)
    if args.scan is None and args.scan_code is None:
        yield from findings(
            args.store or paths.config_file("store"), args.mirror or paths.config_file("mirror")
        )


def findings(store: Path | None, mirror: Path | None) -> Iterator[Finding]:
    """All findings, one after the other; a file may be None."""
    yield machine.python()
    yield machine.clock()
    if store is None and mirror is None:
        yield note(
            "configuration",
            "no store.yaml and no mirror.yaml",
            "See `cheval schema`; the demo needs no configuration.",
        )
        yield machine.disk(Path.home())
        yield from glass.look()
    if store is not None:
        yield from _store_file(store)
    if mirror is not None:
        yield from _mirror_file(mirror)


def _store_file(file: Path) -> Iterator[Finding]:
    from kiosk.commands.check.store import store_mistakes

    try:
        read = read_store(file)
    except ConfigError as error:
        yield bad("store's file", str(error), "Correct the path, or let this user read the file.")
        return
    user = user_of("store", file, read)
    with rights_of(user):
        mistakes = store_mistakes(read)
    yield from _of_file("store's file", file, mistakes)
    if read.config is not None:
        refused = _refused(mistakes)
        terminals = tuple(
            terminal
            for position, terminal in enumerate(read.config.payments.terminals)
            if ("payments", "terminals", position, "uri") not in refused
        )
        payments = read.config.payments.model_copy(update={"terminals": terminals})
        database = None if ("database",) in refused else read.config.database
        config = read.config.model_copy(update={"payments": payments, "database": database})
        yield from of_store(config, user)


def _mirror_file(file: Path) -> Iterator[Finding]:
    from kiosk.commands.check.mirror import mirror_mistakes

    try:
        read = read_mirror(file)
    except ConfigError as error:
        yield bad("mirror's file", str(error), "Correct the path, or let this user read the file.")
        return
    with rights_of(user_of("mirror", file, read)):
        mistakes = mirror_mistakes(read)
    yield from _of_file("mirror's file", file, mistakes)
    if read.config is not None:
        wrong = {name: None for name in ("cards", "scanner") if (name,) in _refused(mistakes)}
        yield from of_mirror(read.config.model_copy(update=wrong))


def _refused(mistakes: tuple[Mistake, ...]) -> frozenset[Place]:
    """Places whose value cannot be used at all; the checks after this one leave them out."""
    return frozenset(mistake.place for mistake in mistakes if mistake.severity is Severity.REFUSED)


def _of_file(about: str, file: Path, mistakes: tuple[Mistake, ...]) -> Iterator[Finding]:
    """The mistakes and notes of a configuration file, as `--check` finds them."""
    notes = [mistake for mistake in mistakes if mistake.severity is Severity.NOTE]
    wrong = [mistake for mistake in mistakes if mistake.severity is not Severity.NOTE]
    if wrong:
        yield bad(about, page(str(file), wrong), "Correct these lines.")
    else:
        yield good(about, str(file))
    for mistake in notes:
        yield note(about, str(mistake))


def _with_rights_of(user: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings about what has a key file: it is read as the store reads it, also if root runs this."""
    with rights_of(user):
        return tuple(findings)


def of_store(config: StoreConfig, user: str = "") -> Iterator[Finding]:
    """Findings for a store with this configuration, which that user runs."""
    # imported late: a mirror's machine may have neither SQLAlchemy nor numpy
    from kiosk.commands.doctor import feed, fiscal, ledger, receipts, shop
    from kiosk.commands.doctor import models as trained
    from kiosk.commands.terminals.looks import look as look_at_terminal
    from kiosk.store.radio.reader_report import REPORT_FILE as READERS
    from kiosk.store.radio.reference_tags import REPORT_FILE as REFERENCES

    state = paths.state_place("store", config.state)
    yield machine.disk(state, config.payments.min_free_mb)
    yield machine.writable("state", state)
    yield network.own_port(config.listen.host, config.listen.port)
    yield shop.database(config.database or f"sqlite:///{state / 'store.db'}")
    yield ledger.look(network.running_health(config.listen.host, config.listen.port))
    use = readers.uses(config, network.running_radio(config.listen.host, config.listen.port))
    for reader in config.readers:
        yield from readers.look(reader.name, reader.uri, use[reader.name])
    yield from reader_notes.of_store(state / READERS, now_us())
    yield from readers.references(state / REFERENCES, now_us())
    devices: dict[str, str] = {}
    for terminal in config.payments.terminals:
        yield from _with_rights_of(user, look_at_terminal(terminal, devices))
    if config.payments.terminals:
        yield receipts.links(config)
        yield receipts.issuer(config)
    mails = (config.receipts.mail,)
    yield from _with_rights_of(user, (receipts.mail(mail) for mail in mails if mail is not None))
    for printer in config.receipts.printers:
        yield receipts.printer(printer.name, printer.uri)
    if config.payments.terminals or config.fiscal is not None:
        yield from _with_rights_of(user, fiscal.look(config.fiscal))
        running = network.running_part(config.listen.host, config.listen.port, "fiscal")
        yield from fiscal.waiting(running, now_us())
    yield from feed.look(config.catalogue.feed, state)
    learned = config.recommender
    yield from trained.looks_model(learned.model, learned.key_file, learned.stale_after_days, now_us())
    yield from trained.sizes_model(learned.fit_model)
    if config.cards.keys_file is not None:
        yield machine.secret(
            "card keys", config.cards.keys_file, "`cheval cards enrol --new-key` creates the file."
        )
        yield cards.links(config.listen.public_url, config.cards.link_base)


def of_mirror(config: MirrorConfig) -> Iterator[Finding]:
    """Findings for a mirror with this configuration."""
    state = paths.state_place("mirror", config.state)
    yield machine.disk(state)
    reached = network.store(config.store)
    yield reached
    if config.token_file is not None:
        kept = machine.secret("mirror's token", config.token_file)
        yield kept
        if State.BAD not in (reached.state, kept.state):
            yield network.token(config.store, config.room, config.token_file)
    else:
        advice = (
            f"Pair it: run `cheval store --pair {config.room}` on the store's computer, save its output in a file on"
            " this one, and write the file's path into token_file."
        )
        yield bad("mirror's token", "none; the store refuses this mirror", advice)
    if config.cards is not None:
        yield from cards.look(config.cards)
    if config.scanner is not None:
        yield scanner.look("scanner", config.scanner)
    yield from glass.look()


def _print(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(finding), "state": finding.state.value}), flush=True)
        return
    out = sys.stdout
    print(f"{_SIGNS[finding.state]}  {finding.about}: {finding.found}", file=out)
    if finding.advice:
        print(f"      {finding.advice}", file=out, flush=True)

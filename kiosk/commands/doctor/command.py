"""`cheval doctor`: what it looks at, and how it tells."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk import paths
from kiosk.clock import now_us
from kiosk.commands.doctor import cards, machine, network, readers, scanner
from kiosk.commands.doctor import screen as glass
from kiosk.commands.doctor.finding import Finding, State, bad, good, note
from kiosk.config import ConfigError, MirrorConfig, StoreConfig, load_mirror, load_store

_SIGNS = {State.GOOD: "good", State.NOTE: "note", State.BAD: " BAD"}


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "doctor",
        help="look at this machine and say what is wrong and what to do",
        description="Looks at the machine and at what the configuration names. Exit code 1 where something is bad.",
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="REPORT_FILE",
        help="the store's file (default: the user's, then /etc/cheval)",
    )
    parser.add_argument(
        "--mirror", type=Path, metavar="REPORT_FILE", help="a mirror's file (default: likewise)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a finding, one a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look at everything; 0 where nothing is bad, else 1."""
    worst = 0
    for finding in findings(
        args.store or paths.config_file("store"), args.mirror or paths.config_file("mirror")
    ):
        _tell(finding, as_json=args.json)
        worst = max(worst, int(finding.state is State.BAD))
    return worst


def findings(store: Path | None, mirror: Path | None) -> Iterator[Finding]:
    """All there is to find, as it is found; files that are None are not there."""
    yield machine.python()
    yield machine.clock()
    if store is None and mirror is None:
        yield note(
            "configuration",
            "no store.yaml and no mirror.yaml",
            "See `cheval schema`; the demo needs neither.",
        )
        yield machine.disk(Path.home())
        yield from glass.look()
    if store is not None:
        yield from _store_file(store)
    if mirror is not None:
        yield from _mirror_file(mirror)


def _store_file(file: Path) -> Iterator[Finding]:
    try:
        config = load_store(file)
    except ConfigError as error:
        yield bad("store's file", str(error), "Mend these lines.")
        return
    yield good("store's file", str(file))
    yield from of_store(config)


def _mirror_file(file: Path) -> Iterator[Finding]:
    try:
        config = load_mirror(file)
    except ConfigError as error:
        yield bad("mirror's file", str(error), "Mend these lines.")
        return
    yield good("mirror's file", str(file))
    yield from of_mirror(config)


def of_store(config: StoreConfig) -> Iterator[Finding]:
    """What a store of this configuration needs."""
    # late: neither SQLAlchemy nor numpy is there on a mirror's machine
    from kiosk.commands.doctor import shop
    from kiosk.store.floor.reference_tags import REPORT_FILE as REFERENCES

    state = paths.state_place("store", config.state)
    yield machine.disk(state)
    yield machine.writable("state", state)
    yield network.own_port(config.listen.host, config.listen.port)
    yield shop.database(config.database or f"sqlite:///{state / 'store.db'}")
    for reader in config.readers:
        yield readers.look(reader.name, reader.uri)
    yield from readers.references(state / REFERENCES, now_us())
    for terminal in config.payments.terminals:
        parts = urlsplit(terminal.uri)
        advice = "Look at its power, its cable and its address."
        yield network.connects(f"terminal {terminal.name}", parts.hostname or "", parts.port or 0, advice)
    if config.catalogue.feed is not None:
        yield machine.directory("feed", config.catalogue.feed, "Write its right path into catalogue.feed.")
    else:
        yield note(
            "feed", "none; the catalogue stays as it is", "Name the retailer's directory in catalogue.feed."
        )
    yield shop.looks_model(config.recommender.model)
    if config.cards.keys_file is not None:
        yield machine.secret("card keys", config.cards.keys_file)
        yield cards.links(config.listen.public_url, config.cards.link_base)


def of_mirror(config: MirrorConfig) -> Iterator[Finding]:
    """What a mirror of this configuration needs."""
    state = paths.state_place("mirror", config.state)
    yield machine.disk(state)
    yield network.store(config.store)
    if config.token_file is not None:
        yield machine.secret("mirror's token", config.token_file)
    else:
        advice = f"Pair it: cheval store --pair {config.room}, and name the file in token_file."
        yield bad("mirror's token", "none; the store will not let this mirror in", advice)
    if config.cards is not None:
        yield from cards.look(config.cards)
    if config.scanner is not None:
        yield scanner.look("scanner", config.scanner)
    yield from glass.look()


def _tell(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(finding), "state": finding.state.value}), flush=True)
        return
    out = sys.stdout
    print(f"{_SIGNS[finding.state]}  {finding.about}: {finding.found}", file=out)
    if finding.advice:
        print(f"      {finding.advice}", file=out, flush=True)

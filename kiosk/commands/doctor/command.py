"""`cheval doctor`: the checks and their output."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.commands.doctor import machine
from kiosk.commands.doctor.devices import scan_setup
from kiosk.commands.doctor.devices import screen as glass
from kiosk.commands.doctor.finding import Finding, State, note

_SIGNS = {State.GOOD: "good", State.NOTE: "note", State.UNSET: "todo", State.BAD: " BAD"}


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "doctor",
        help="check this machine and report problems with their solutions",
        description="Checks the machine and what the configuration files name. Without a configuration file no network "
        "address is contacted. `todo`: not set up yet. Exit code 1 if something is BAD, else 0.",
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
        "--stand",
        type=Path,
        metavar="FILE",
        help="the file of a stand's reader (default: stand.yaml in the same folders)",
    )
    parser.add_argument(
        "--only",
        choices=("store", "mirror"),
        help="check this half only, also if both have a file on this machine; a stand belongs to the mirror's",
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
        store, mirror, stand = (
            given or paths.config_file(part) if args.only in (None, half) else None
            for part, half, given in (
                ("store", "store", args.store),
                ("mirror", "mirror", args.mirror),
                ("stand", "mirror", args.stand),
            )
        )
        yield from findings(store, mirror, stand)


def findings(store: Path | None, mirror: Path | None, stand: Path | None = None) -> Iterator[Finding]:
    """All findings, one after the other; a file may be None."""
    yield machine.python()
    yield machine.clock()
    if store is None and mirror is None and stand is None:
        yield note(
            "configuration",
            "no store.yaml and no mirror.yaml",
            "See `cheval schema`; the demo needs no configuration.",
        )
        yield machine.disk(Path.home())
        yield from glass.look()
        yield glass.letters()
    # imported late: a mirror's machine has no library of the store
    if store is not None:
        from kiosk.commands.doctor import store_part

        yield from store_part.look(store)
    for part, file in (("mirror", mirror), ("stand", stand)):
        if file is not None:
            from kiosk.commands.doctor import mirror_part

            yield from mirror_part.look(file, part)


def _print(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(finding), "state": finding.state.value}), flush=True)
        return
    out = sys.stdout
    print(f"{_SIGNS[finding.state]}  {finding.about}: {finding.found}", file=out)
    if finding.advice:
        print(f"      {finding.advice}", file=out, flush=True)

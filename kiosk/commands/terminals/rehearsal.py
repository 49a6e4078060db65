"""`cheval terminals rehearse`: a store with the shop's configuration against simulated terminals.

The store has a state directory of its own, listens on this computer only, and has neither readers nor a cash register:
nothing of the shop is contacted or written.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, TextIO

from kiosk.commands.terminals.looks import place_of
from kiosk.commands.terminals.running import CommandError
from kiosk.commands.terminals.stand_ins import KINDS, StandIn
from kiosk.config import StoreConfig
from kiosk.config.store import Terminal
from kiosk.connectors.payments.place import TerminalPlace

ENDED, FAILED = 0, 1
KEPT = ("shop", "catalogue", "associates")
"""Sections of the configuration that a rehearsal takes over as they are."""
HELP = "Enter: a card, d: a card that is declined, l: the next reply is lost, n: the next terminal, q: end"
_ORDERS = {"": "ok", "d": "declined", "l": "lose"}
_STORE_END_S = 20.0


def rehearse(config: StoreConfig, args: argparse.Namespace) -> int:
    """Run it until `q`, the end of the input or a signal. Raises CommandError, OSError."""
    if not config.payments.terminals:
        raise CommandError("no terminal is configured; write one into payments.terminals")
    for number in (signal.SIGTERM, signal.SIGHUP):
        # as Ctrl+C: otherwise the store, in a group of its own, goes on without it
        signal.signal(number, signal.default_int_handler)
    with ExitStack() as stack:
        folder = Path(
            args.state or stack.enter_context(tempfile.TemporaryDirectory(prefix="cheval-rehearsal-"))
        ).absolute()
        # absolute: the paths in its configuration are read from there
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stand_ins = [stack.enter_context(_started(t, folder)) for t in config.payments.terminals if _kind(t)]
        places = {one.name: one.place for one in stand_ins}
        file = folder / "store.yaml"
        file.write_text(json.dumps(rehearsal_config(config, places, folder), ensure_ascii=False, indent=1))
        store = stack.enter_context(_store(file))
        print(f"store: {store.url}   associates' page: {store.url}/associate   state: {folder}")
        print(f"mirror of a room: cheval store --config {file} --pair ROOM gives its token")
        for terminal in config.payments.terminals:
            where = places[terminal.name].uri if terminal.name in places else "an associate, on the page"
            print(f"terminal {terminal.name}: {where}")
        print(f"try one: cheval terminals test NAME --config {file}")
        return _served(store, stand_ins, sys.stdin)


def rehearsal_config(
    config: StoreConfig, places: Mapping[str, TerminalPlace], folder: Path
) -> dict[str, Any]:
    """The configuration of a rehearsal: the shop's, with the stand-ins' places and a state of its own."""
    given = config.model_dump(mode="json", exclude_unset=True)
    payments = {k: v for k, v in given.get("payments", {}).items() if k not in ("terminals", "ledger")}
    payments["terminals"] = [
        _entry(terminal, places.get(terminal.name)) for terminal in config.payments.terminals
    ]
    rooms = {
        name: {key: room[key] for key in ("title", "terminal") if room.get(key)} | {"antennas": []}
        for name, room in given.get("rooms", {}).items()
    }
    return {
        **{name: given[name] for name in KEPT if name in given},
        "listen": {"host": "127.0.0.1", "port": 0},
        "state": str(folder / "state"),
        "rooms": rooms,
        "payments": payments,
    }


def _entry(terminal: Terminal, place: TerminalPlace | None) -> dict[str, str]:
    if place is None:
        return {"name": terminal.name, "uri": terminal.uri}
    files = {"key_file": place.key_file, "ca_file": place.ca_file}
    return {"name": terminal.name, "uri": place.uri, **{k: str(v) for k, v in files.items() if v}}


class RunningStore:
    """A store process that has said its address."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url


@contextmanager
def _started(terminal: Terminal, folder: Path) -> Iterator[StandIn]:
    kind = KINDS[_kind(terminal)]
    one = StandIn(terminal.name, kind, place_of(terminal), folder / "terminals" / terminal.name)
    try:
        yield one
    finally:
        one.close()


def _kind(terminal: Terminal) -> str:
    scheme = terminal.uri.split(":", 1)[0]
    return scheme if scheme in KINDS else ""


@contextmanager
def _store(file: Path) -> Iterator[RunningStore]:
    words = [sys.executable, "-m", "kiosk", "store", "--config", str(file), "--json"]
    # a group of its own, so that Ctrl+C ends it in order
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield RunningStore(process, _address(process.stdout))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STORE_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _address(stdout: IO[str]) -> str:
    for line in stdout:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and said.get("ready"):
            return str(said["url"])
    raise CommandError("the store did not start; its messages are above")


def _served(store: RunningStore, stand_ins: Sequence[StandIn], orders: TextIO) -> int:
    print(HELP, flush=True)
    chosen = 0
    try:
        for line in orders:
            word = line.strip().lower()
            if word == "q":
                return ENDED
            if store.process.poll() is not None or any(one.process.poll() is not None for one in stand_ins):
                print("a part of the rehearsal has ended by itself", file=sys.stderr)
                return FAILED
            if stand_ins:
                chosen = _ordered(word, stand_ins, chosen)
    except KeyboardInterrupt:
        pass
    return ENDED


def _ordered(word: str, stand_ins: Sequence[StandIn], chosen: int) -> int:
    """Carries out one line; the number of the terminal that is chosen after it."""
    if word == "n":
        chosen = (chosen + 1) % len(stand_ins)
        print(f"terminal {stand_ins[chosen].name}", flush=True)
    elif word in _ORDERS:
        done = stand_ins[chosen].order(_ORDERS[word])
        said = "the next reply will be lost" if word == "l" else "taken"
        print(said if done else "no charge waits for a card there", flush=True)
    else:
        print(HELP, flush=True)
    return chosen

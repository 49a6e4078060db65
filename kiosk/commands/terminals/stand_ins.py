"""The simulated terminals of a rehearsal: a program for each configured terminal, and the place of its stand-in."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.commands.terminals.running import CommandError
from kiosk.connectors.payments.place import TerminalPlace

START_S = 20.0
END_S = 10.0
_MAX_LINE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Kind:
    """How the stand-in of one scheme is started. `orders`: control lines for a card, a declined card, a lost reply."""

    module: str
    options: Callable[[TerminalPlace], tuple[str, ...]]
    place: Callable[[Mapping[str, Any], TerminalPlace, Path], TerminalPlace]
    orders: Callable[[str, TerminalPlace], Mapping[str, object]]


class StandIn:
    """A running stand-in. The constructor raises CommandError."""

    def __init__(self, name: str, kind: Kind, real: TerminalPlace, folder: Path) -> None:
        self.name, self._kind, self._real = name, kind, real
        folder.mkdir(parents=True, exist_ok=True)
        words = [sys.executable, "-m", kind.module, "--until-eof", *kind.options(real)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        try:
            said = json.loads(self.process.stdout.readline(_MAX_LINE_BYTES))
            self._control = int(said["control"])
            self.place = kind.place(said, real, folder)
        except (ValueError, KeyError, TypeError) as error:
            self.close()
            raise CommandError(f"the simulated terminal {kind.module} did not start") from error

    def order(self, what: str) -> bool:
        """Lays a card ("ok", "declined"), or loses the next reply ("lose"); False where no charge waits."""
        try:
            with (
                socket.create_connection(("127.0.0.1", self._control), 5) as line,
                line.makefile("rwb") as file,
            ):
                file.write(json.dumps(self._kind.orders(what, self._real)).encode() + b"\n")
                file.flush()
                found = json.loads(file.readline(_MAX_LINE_BYTES))
        except (OSError, ValueError):
            return False
        return isinstance(found, dict) and found.get("taken", found.get("ok")) is True

    def close(self) -> None:
        """Ends the program."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _secret(file: Path, content: str) -> Path:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(content)
    return file


def _sim_orders(what: str, _: TerminalPlace) -> Mapping[str, object]:
    if what == "lose":
        return {"do": "lose-answer", "silent_s": 1}
    return {"do": "tap", "card": what}


def _adyen_orders(what: str, _: TerminalPlace) -> Mapping[str, object]:
    if what == "lose":
        return {"do": "fault", "kind": "payment", "fault": "reply-lost"}
    return {"do": "tap", "card": what}


def _stripe_orders(what: str, real: TerminalPlace) -> Mapping[str, object]:
    if what == "lose":
        return {"do": "fault", "call": "process", "fault": "reply-lost"}
    card = "visa" if what == "ok" else "declined"
    return {"do": "tap", "reader": real.parts.netloc, "card": card}


def _sim_place(said: Mapping[str, Any], _: TerminalPlace, __: Path) -> TerminalPlace:
    return TerminalPlace(f"sim://127.0.0.1:{int(said['port'])}")


def _of(name: str) -> Callable[[Mapping[str, Any], TerminalPlace, Path], TerminalPlace]:
    def place(said: Mapping[str, Any], _: TerminalPlace, __: Path) -> TerminalPlace:
        found = said[name]
        return TerminalPlace(str(found["uri"]), Path(found["key_file"]), Path(found["ca_file"]))

    return place


def _stripe_place(said: Mapping[str, Any], real: TerminalPlace, folder: Path) -> TerminalPlace:
    keys = _secret(folder / "stripe.key", "secret_key: sk_test_rehearsal00000000\n")
    return TerminalPlace(f"stripe://{real.parts.netloc}?base=http://127.0.0.1:{int(said['port'])}", keys)


def _none(_: TerminalPlace) -> tuple[str, ...]:
    return ()


def _nexo_options(real: TerminalPlace) -> tuple[str, ...]:
    # two terminals of a shop must not become one
    return ("--terminal", real.parts.path.strip("/"))


def _adyen_options(real: TerminalPlace) -> tuple[str, ...]:
    return (*_nexo_options(real), "--merchant", real.parts.netloc)


_ADYEN = "kiosk.connectors.payments.doubles.adyen"
_STRIPE = "kiosk.connectors.payments.doubles.stripe_api.server"
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "sim": Kind("kiosk.connectors.payments.sim_terminal", _none, _sim_place, _sim_orders),
        "nexo": Kind(_ADYEN, _nexo_options, _of("nexo"), _adyen_orders),
        "adyen+https": Kind(_ADYEN, _adyen_options, _of("adyen"), _adyen_orders),
        "stripe": Kind(_STRIPE, lambda real: ("--reader", real.parts.netloc), _stripe_place, _stripe_orders),
    }
)
"""The schemes that have a stand-in; `attended` needs none."""

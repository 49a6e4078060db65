"""The terminals of a kill run: each provider's double in a process of its own, and the shop's own terminal."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

READER = "tmr_killed01"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a terminal has of one charge: how much it keeps, how often it was collected, its reference."""

    order: str
    key: str
    minor: int
    times: int = 1
    reference: str = ""


class Double(Protocol):
    """One terminal and the hand that lays cards on it."""

    def keys(self) -> Mapping[str, str]:
        """Its keys in the store's configuration, the name apart."""
        ...

    def tap(self, *, good: bool = True) -> bool:
        """Lays a card on it; False where no charge waits."""
        ...

    def kept(self) -> list[Kept]:
        """Every charge that was collected."""
        ...


class Program:
    """A double in a process of its own, with its control connection."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words, "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self.said: dict[str, Any] = json.loads(self._process.stdout.readline())
        self._line = socket.create_connection(("127.0.0.1", self.said["control"]), 30)
        self._file, self._lock = self._line.makefile("rwb"), Lock()

    def do(self, **order: Any) -> dict[str, Any]:
        """One order over the control connection; its answer."""
        with self._lock:
            self._file.write(json.dumps(order).encode() + b"\n")
            self._file.flush()
            answer: dict[str, Any] = json.loads(self._file.readline())
        return answer

    def close(self) -> None:
        self._file.close()
        self._line.close()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


class Sim(Program):
    """`sim://`"""

    def __init__(self) -> None:
        super().__init__("kiosk.connectors.payments.sim_terminal")

    def keys(self) -> Mapping[str, str]:
        return {"uri": f"sim://127.0.0.1:{self.said['port']}"}

    def tap(self, *, good: bool = True) -> bool:
        return bool(self.do(do="tap", card="ok" if good else "declined")["taken"])

    def kept(self) -> list[Kept]:
        book = self.do(do="list")["book"]
        found = []
        for charge in (e for e in book if e["kind"] == "charge" and e["collected"]):
            total = charge["approved"] * charge["collected"]
            back = sum(e["minor"] * e["repaid"] for e in book if e["of"] == charge["reference"])
            left = 0 if charge["voided"] else total - back
            found.append(Kept(charge["order"], charge["key"], left, charge["collected"], charge["reference"]))
        return found


class Stripe(Program):
    """`stripe://`"""

    def __init__(self, folder: Path) -> None:
        super().__init__("kiosk.connectors.payments.doubles.stripe_api.server", "--reader", READER)
        self._keys = folder / "stripe.key"
        self._keys.write_text("secret_key: sk_test_4eC39HqLyjWDarjtT1zdp7dc\n", encoding="utf-8")
        self._keys.chmod(0o600)

    def keys(self) -> Mapping[str, str]:
        base = f"http://127.0.0.1:{self.said['port']}"
        return {"uri": f"stripe://{READER}?base={base}", "key_file": str(self._keys)}

    def tap(self, *, good: bool = True) -> bool:
        return bool(self.do(do="tap", reader=READER, card="visa" if good else "declined")["taken"])

    def kept(self) -> list[Kept]:
        book = self.do(do="list")["book"]
        return [
            Kept(one["order"], one["key"], one["received"] - one["refunded"], 1, one["intent"])
            for one in book
            if one["received"]
        ]


class Adyen(Program):
    """`nexo://` on the local network, or `adyen+https://` over the cloud."""

    def __init__(self, folder: Path, *, cloud: bool) -> None:
        super().__init__("kiosk.connectors.payments.doubles.adyen", "--folder", str(folder))
        self._name = "adyen" if cloud else "nexo"

    def keys(self) -> Mapping[str, str]:
        found: dict[str, str] = self.said[self._name]
        return found

    def tap(self, *, good: bool = True) -> bool:
        return bool(self.do(do="tap", card="ok" if good else "declined")["taken"])

    def kept(self) -> list[Kept]:
        found = []
        for one in self.do(do="list")["book"]:
            if one["category"] == "Payment" and one["collected"]:
                left = Decimal(one["approved"]) * one["collected"] - Decimal(one["undone"])
                found.append(
                    Kept(one["order"], one["key"], int(left * 100), one["collected"], one["transaction"])
                )
        return found


@dataclass(slots=True)
class Slip:
    """What an associate did at the shop's own terminal."""

    order: str
    minor: int
    refund: bool
    number: str
    done: bool


@dataclass(slots=True)
class ShopTerminal:
    """`attended://`: what an associate has done stays done, whether the store heard of it or not."""

    slips: dict[str, Slip] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def keys(self) -> Mapping[str, str]:
        return {"uri": "attended://counter"}

    def tap(self, *, good: bool = True) -> bool:
        """The shopper waits for an associate."""
        del good
        return False

    def take(self, task: Mapping[str, Any], *, done: bool) -> Slip:
        """Does a payment or refund, once; the slip of that or of the first time."""
        with self._lock:
            known = self.slips.get(task["key"])
            if known is None:
                minor = task["amount"]["minor"]
                known = Slip(task["order_id"], minor, task["refund"], f"{next(self._numbers):06d}", done)
                self.slips[task["key"]] = known
            return known

    def kept(self) -> list[Kept]:
        with self._lock:
            slips = [(key, slip) for key, slip in self.slips.items() if slip.done]
        found = []
        for key, slip in slips:
            if not slip.refund:
                found.append(Kept(slip.order, key, slip.minor, 1, slip.number))
            else:
                found.append(Kept(slip.order, key, -slip.minor, 0, slip.number))
        return found


@contextmanager
def all_doubles(folder: Path) -> Iterator[dict[str, Double]]:
    """One terminal of each driver, by name."""
    with ExitStack() as open_ones:
        found: dict[str, Double] = {"attended": ShopTerminal()}
        for name in ("sim", "stripe", "nexo", "adyen"):
            own = folder / name
            own.mkdir(parents=True)
            made: Program
            if name == "sim":
                made = Sim()
            elif name == "stripe":
                made = Stripe(own)
            else:
                made = Adyen(own, cloud=name == "adyen")
            open_ones.callback(made.close)
            assert isinstance(made, Sim | Stripe | Adyen)
            found[name] = made
        yield found

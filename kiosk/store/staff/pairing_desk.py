"""The store's side of pairing: answers the exchange of a mirror, and gives tokens to devices that know the code."""

from __future__ import annotations

import hmac
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from kiosk.pairing.cpace import ShareError
from kiosk.pairing.exchange import proofs, stores_side
from kiosk.store.errors import ForbiddenError, NotFoundError
from kiosk.store.staff.devices import Device, Ended, pair_device, pair_mirror, revoke
from kiosk.store.staff.pairing_codes import ASSOCIATES, OpenCode, PairingCodes, target_of

MAX_BEGUN: Final = 1024
"""Exchanges that have begun; the oldest is forgotten first. More than the tries of ten codes."""


@dataclass(frozen=True, slots=True)
class StoresAnswer:
    """The store's part of an exchange."""

    share: bytes
    root: str
    proof: bytes


@dataclass(frozen=True, slots=True)
class _Begun:
    opened: OpenCode
    room: str
    proof: bytes = field(repr=False)


class PairingDesk:
    """Pairs devices. `root`: the shop's root (PEM); empty without TLS. Thread-safe. All methods raise OSError."""

    def __init__(
        self, state: Path, root: str, now_us: Callable[[], int], ended: Ended = lambda _: None
    ) -> None:
        """`ended`: called with the hash of each token that ends."""
        self._ended = ended
        self.codes = PairingCodes(state)
        self._state, self._root, self._now = state, root, now_us
        self._begun: OrderedDict[bytes, _Begun] = OrderedDict()
        self._lock = Lock()

    def begin_code(self, target: str, name: str = "") -> OpenCode:
        """A new code for a target."""
        return self.codes.begin(target, self._now(), name)

    def revoke(self, device_id: str) -> bool:
        """Takes the token of a device away; False if there is no such device."""
        return revoke(self._state, device_id, self._ended)

    def is_tried_out(self, target: str) -> bool:
        """Whether strangers have used up the tries of the code of a target: a new code is needed."""
        found = self.codes.state(target, self._now())
        return found is not None and found.tried_out

    def begin(
        self, room: str, session: bytes, share: bytes, address: str, *, known: bool = False
    ) -> StoresAnswer:
        """Answers the mirror of a room, which asks from an address. `known`: as in `PairingCodes.take_try`.

        Raises NotFoundError without an open code, ForbiddenError for a wrong share.
        """
        # one try for each proof that leaves the store: with it one guess of the code can be checked
        opened = self.codes.take_try(target_of(room), self._now(), address, known=known)
        exchange = stores_side(opened.code, self._root, session)
        try:
            both = proofs(exchange.key(share, room.encode()))
        except ShareError as error:
            raise ForbiddenError("the code is wrong") from error
        with self._lock:
            self._begun[session] = _Begun(opened, room, both.of_mirror)
            while len(self._begun) > MAX_BEGUN:
                self._begun.popitem(last=False)
        return StoresAnswer(exchange.share, self._root, both.of_store)

    def finish(self, room: str, session: bytes, proof: bytes) -> str:
        """The token of the mirror that has proved the code. Raises NotFoundError, ForbiddenError."""
        with self._lock:
            begun = self._begun.pop(session, None)
        if begun is None or begun.room != room or not _still_valid(begun.opened, self._now()):
            raise NotFoundError("this pairing has ended; begin again with a new code")
        if not hmac.compare_digest(begun.proof, proof):
            raise ForbiddenError("the code is wrong")
        self.codes.use(begun.opened)
        return pair_mirror(self._state, room, self._now(), self._ended)

    def join(self, code: str, address: str, *, known: bool = False) -> tuple[Device, str]:
        """A device of associates with the right code, and its token. Raises NotFoundError, ForbiddenError."""
        opened = self.codes.take_try(ASSOCIATES, self._now(), address, known=known)
        if not hmac.compare_digest(opened.code.encode(), code.encode()):
            raise ForbiddenError("the code is wrong")
        self.codes.use(opened)
        return pair_device(self._state, opened.name or "device", self._now())


def _still_valid(opened: OpenCode, now_us: int) -> bool:
    """Its own try is used up already."""
    return OpenCode(opened.target, opened.code, opened.begun_us).is_open(now_us)

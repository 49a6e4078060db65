"""The list of erased members that is kept beside the back-ups, so that a restore erases them again.

A line has the keyed hash of a member's id, the time in microseconds since 1970, and a seal. Without the store's key it
says nothing, and nobody can add a member. The store writes its own list in the state directory; `cheval backup` adds it
to the list beside the back-ups, which no back-up replaces and which outlives them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

OWN_FILE: Final = "erased.list"
"""In the state directory."""
MAX_BYTES: Final = 1 << 26
"""About 400,000 members."""
_LINE: Final = re.compile(r"([0-9a-f]{64}) ([0-9]{1,18}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class ErasedMember:
    """An erased member: the keyed hash of her id (`Tombstones.mac`), and when."""

    member_mac: str
    erased_us: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says. `damaged`: lines that are incomplete, or were not written by this store."""

    erased: tuple[ErasedMember, ...] = ()
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class ErasureList:
    """Reads and writes lists of one store. `key`: the store's key."""

    key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The name beside back-ups: each store has its own, also in a folder of several shops."""
        own = hmac.new(self.key, b"name of the list of erased members", hashlib.sha256).hexdigest()[:16]
        return f"cheval-erased-{own}.list"

    def read(self, file: Path) -> Listed:
        """Nothing for a file that is not there. Raises OSError."""
        try:
            text = read_regular(file, MAX_BYTES).decode("ascii", "replace")
        except FileNotFoundError:
            return Listed()
        found: dict[str, ErasedMember] = {}
        damaged = 0
        for line in text.splitlines():
            member = self._parsed(line)
            if member is None:
                damaged += 1
            else:
                found.setdefault(member.member_mac, member)
        return Listed(tuple(found.values()), damaged)

    def add(self, file: Path, members: Iterable[ErasedMember]) -> None:
        """Adds members to a list; a power cut leaves the old list or the new one. Raises OSError."""
        known = {one.member_mac: one for one in self.read(file).erased}
        fresh = {one.member_mac: one for one in members if one.member_mac not in known}
        if fresh:
            lines = "".join(f"{self._line(one)}\n" for one in (known | fresh).values())
            write_secret(file, lines.encode())

    def _line(self, one: ErasedMember) -> str:
        return f"{one.member_mac} {one.erased_us} {self._seal(one)}"

    def _parsed(self, line: str) -> ErasedMember | None:
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        member = ErasedMember(found[1], int(found[2]))
        return member if hmac.compare_digest(found[3], self._seal(member)) else None

    def _seal(self, one: ErasedMember) -> str:
        said = f"erased member: {one.member_mac} {one.erased_us}".encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()

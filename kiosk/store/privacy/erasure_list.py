"""The list of erased members that is kept beside the back-ups, so that a restore erases them again.

A line has the keyed hash of a member's id, the time in microseconds since 1970, and a seal. Lines of another kind name
revoked devices and people whose access was ended (`ended_rights.py`): the seal tells the kinds apart. Without the
store's key the list says nothing, and nobody can add a line. The store writes its own list in the state directory;
`cheval backup` adds it to the list beside the back-ups, which no back-up replaces and which outlives them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, unique
from pathlib import Path
from typing import Final

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

OWN_FILE: Final = "erased.list"
"""In the state directory."""
NEW_FILE: Final = "erased.new"
"""Beside it, empty: made after each change, so that a job is started which removes it before it reads the list.

systemd starts no job for a change that happens while one runs (`PathChanged=`), but for a file that exists when it ends
(`PathExists=`, systemd.path(5))."""
MAX_BYTES: Final = 1 << 26
"""About 400,000 members."""
_LINE: Final = re.compile(r"([0-9a-f]{64}) ([0-9]{1,18}) ([0-9a-f]{64})")


@unique
class Kind(Enum):
    """What a line names; the value is a part of its seal."""

    MEMBER = "erased member"
    RIGHT = "ended right"


@dataclass(frozen=True, slots=True)
class ErasedMember:
    """An erased member: the keyed hash of her id (`Tombstones.mac`), and when. Or an ended right, by its hash."""

    member_mac: str
    erased_us: int
    kind: Kind = Kind.MEMBER


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says. `damaged`: lines that are incomplete, or were not written by this store."""

    erased: tuple[ErasedMember, ...] = ()
    damaged: int = 0
    ended: tuple[ErasedMember, ...] = ()


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
        members = tuple(one for one in found.values() if one.kind is Kind.MEMBER)
        return Listed(members, damaged, tuple(one for one in found.values() if one.kind is Kind.RIGHT))

    def add(self, file: Path, members: Iterable[ErasedMember]) -> None:
        """Adds members to a list; a power cut leaves the old list or the new one. Raises OSError."""
        listed = self.read(file)
        known = {one.member_mac: one for one in (*listed.erased, *listed.ended)}
        fresh = {one.member_mac: one for one in members if one.member_mac not in known}
        if fresh:
            lines = "".join(f"{self._line(one)}\n" for one in (known | fresh).values())
            write_secret(file, lines.encode())
            if file.name == OWN_FILE:
                write_secret(file.with_name(NEW_FILE), b"")

    def _line(self, one: ErasedMember) -> str:
        return f"{one.member_mac} {one.erased_us} {self._seal(one)}"

    def _parsed(self, line: str) -> ErasedMember | None:
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        kinds = (ErasedMember(found[1], int(found[2]), kind) for kind in Kind)
        return next((one for one in kinds if hmac.compare_digest(found[3], self._seal(one))), None)

    def _seal(self, one: ErasedMember) -> str:
        said = f"{one.kind.value}: {one.member_mac} {one.erased_us}".encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()

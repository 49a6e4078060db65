"""A disk that loses power: which files it may have after a cut, as POSIX allows it.

- What was synced is there. A write since the last sync of its file is there, lost, or torn between sectors of 512
  bytes, each independently of the others, in any order; so is a change of a file's length.
- A name that was made or removed is durable when its folder was synced; before that it may be there or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from random import Random
from typing import Final, TypeVar

from tests.faults.powercuts.recorder import Kind, Operation

SECTOR: Final = 512
_T = TypeVar("_T")


@unique
class Loss(Enum):
    """What happens to the pending operations of a cut. SOME: each is there, lost or torn; ONE: only one is lost;
    LATER: those before a point are lost and those after it are there."""

    ALL = "all"
    NONE = "none"
    SOME = "some"
    ONE = "one"
    LATER = "later"


@dataclass(slots=True)
class _Inode:
    content: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)


class Disk:
    """Takes operations one by one; `cut` gives the files of a cut after those it has taken. It starts empty."""

    def __init__(self) -> None:
        self._durable: dict[str, _Inode] = {}
        self._names: dict[str, _Inode] = {}
        self._pending: list[tuple[Kind, str, _Inode]] = []

    def take(self, operation: Operation) -> None:
        file = operation.file
        match operation.kind:
            case Kind.CREATE:
                self._names[file] = _Inode()
                self._pending.append((Kind.CREATE, file, self._names[file]))
            case Kind.WRITE | Kind.TRUNCATE:
                self._names[file].pending.append(operation)
            case Kind.SYNC:
                inode = self._names[file]
                for one in inode.pending:
                    _apply(inode.content, one)
                inode.pending.clear()
            case Kind.DELETE:
                self._pending.append((Kind.DELETE, file, self._names.pop(file)))
            case Kind.FOLDER_SYNC:
                self._durable = dict(self._names)
                self._pending.clear()
            case _:
                pass

    @property
    def is_settled(self) -> bool:
        """Whether a cut now loses nothing."""
        return not self._pending and not any(inode.pending for inode in self._names.values())

    def cut(self, rng: Random) -> dict[str, bytes]:
        """The files after a cut, by name."""
        loss = rng.choice(tuple(Loss))
        names = dict(self._durable)
        for kind, file, inode in _kept(self._pending, loss, rng):
            if kind is Kind.CREATE:
                names[file] = inode
            else:
                names.pop(file, None)
        return {file: _content(inode, loss, rng) for file, inode in names.items()}


def _content(inode: _Inode, loss: Loss, rng: Random) -> bytes:
    if not inode.pending:
        return bytes(inode.content)
    content = bytearray(inode.content)
    for operation in _kept(inode.pending, loss, rng):
        torn = loss is Loss.SOME and operation.kind is Kind.WRITE and rng.random() < 0.3
        _apply(content, operation, rng if torn else None)
    return bytes(content)


def _kept(pending: Sequence[_T], loss: Loss, rng: Random) -> list[_T]:
    """The pending operations that have reached the disk."""
    match loss:
        case Loss.ALL:
            return []
        case Loss.NONE:
            return list(pending)
        case Loss.SOME:
            return [one for one in pending if rng.random() < 0.5]
        case Loss.ONE:
            lost = rng.randrange(len(pending)) if pending else 0
            return [one for place, one in enumerate(pending) if place != lost]
        case Loss.LATER:
            return list(pending[rng.randrange(len(pending) + 1) :])


def _apply(content: bytearray, operation: Operation, tears: Random | None = None) -> None:
    """`tears`: decides which sectors of a write have reached the disk."""
    if operation.kind is Kind.TRUNCATE:
        del content[operation.at :]
        content.extend(bytes(operation.at - len(content)))
        return
    end = operation.at + len(operation.content)
    content.extend(bytes(max(0, end - len(content))))
    if tears is None:
        content[operation.at : end] = operation.content
        return
    at = operation.at
    while at < end:
        until = min((at // SECTOR + 1) * SECTOR, end)
        if tears.random() < 0.5:
            content[at:until] = operation.content[at - operation.at : until - operation.at]
        at = until

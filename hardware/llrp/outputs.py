"""What the client protocol asks of the driver: bytes to send, and facts to post."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.llrp.encoding.messages import Capabilities, TagReportData
from hardware.ports import NoteKind


@dataclass(frozen=True, slots=True)
class SendBytes:
    """Bytes to send to the reader."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class InventoryStarted:
    """The reader runs the ROSpec. `capabilities` is None if the reader did not report them."""

    capabilities: Capabilities | None


@dataclass(frozen=True, slots=True)
class TagsReported:
    """The tags of one RO_ACCESS_REPORT."""

    tags: tuple[TagReportData, ...]


@dataclass(frozen=True, slots=True)
class AntennasReported:
    """Whether the reader detects an antenna at each port, as (port, connected)."""

    antennas: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """The content of a `hardware.ports.ReaderNote`."""

    kind: NoteKind
    text: str
    antenna: int | None = None
    over: bool = False


Output = SendBytes | InventoryStarted | TagsReported | AntennasReported | Noted

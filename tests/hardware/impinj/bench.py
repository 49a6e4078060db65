"""A bench for the control of a simulated Impinj reader: its address, and the requests that changed it."""

from __future__ import annotations

from collections.abc import Callable

from hardware.impinj.control import ReaderAddress
from hardware.impinj.event_flow import EventFlow
from hardware.impinj.settings import ImpinjSettings
from hardware.ports import TagRead, TagReads
from hardware.sim.radio.impinj.reader import SimImpinjReader

Start = Callable[..., SimImpinjReader]
WRITE = "PUT /profiles/inventory/presets/cheval"
START = "POST /profiles/inventory/presets/cheval/start"
STOP = "POST /profiles/stop"


def address(sim: SimImpinjReader, **settings: object) -> ReaderAddress:
    own = ImpinjSettings(**{"password": "impinj", **settings})  # type: ignore[arg-type]
    return ReaderAddress("127.0.0.1", sim.port, None, own)


def changes(sim: SimImpinjReader) -> list[str]:
    """The requests that changed the reader."""
    return [request for request in sim.state.log if not request.startswith("GET")]


def read_in(line: bytes, at_us: int) -> TagRead | None:
    """The read in a line of the event stream, None if there is none."""
    facts = EventFlow("r").take_raw([line], at_us)
    return next((read for fact in facts if isinstance(fact, TagReads) for read in fact.reads), None)

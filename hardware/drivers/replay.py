"""Driver that plays recorded reads: `replay://`."""

from __future__ import annotations

from hardware.drivers.uri.address import Address, Driver, Local, LocalKind
from hardware.drivers.uri.options import decimal, switch
from hardware.ports import TagReader
from hardware.regular_files import check_regular

SPEED = decimal("speed", 0.01, 1000, "how many times faster than recorded; default: 1", 1.0)
LOOP = switch("loop", "yes: begin again after the last read; default: no")


def _open(address: Address, name: str) -> TagReader:
    from hardware.replay.reader import ReplayReader

    speed = address.options[SPEED] or 1.0
    return ReplayReader(name, address.path, speed=speed, loop=address.options[LOOP])


REPLAY = Driver(
    "replay", "replay://FILE", "reads recorded by `cheval listen`", Local(LocalKind.FILE, check=check_regular),
    (SPEED, LOOP), _open,
)  # fmt: skip

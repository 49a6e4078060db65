"""Driver of simulated tags in the same process: `sim://NAME`."""

from __future__ import annotations

import re

from hardware.drivers.uri.address import Address, Driver, Local, LocalKind
from hardware.drivers.uri.options import Option, shown, whole_number
from hardware.ports import MAX_ANTENNA, TagReader


def _tags(text: str) -> tuple[tuple[str, int], ...]:
    """EPCs in upper-case hex with their antennas. Raises ValueError."""
    tags = []
    for entry in text.split(","):
        found = re.fullmatch(r"((?:[0-9A-Fa-f]{4})+)(?:@([0-9]{1,5}))?", entry, re.ASCII)
        if found is None or not 1 <= (antenna := int(found[2] or 1)) <= MAX_ANTENNA:
            raise ValueError(f"is not a list of EPC@ANTENNA with EPCs in hex ({shown(entry)})")
        tags.append((found[1].upper(), antenna))
    return tuple(tags)


TAGS: Option[tuple[tuple[str, int], ...]] = Option(
    "tags", _tags, (), "simulated tags, EPC@ANTENNA separated by commas"
)
SEED = whole_number("seed", 0, 1 << 31, "seed of the random signal; default: 0")


def _open(address: Address, name: str) -> TagReader:
    from hardware.sim.radio.field import Tag, TagField
    from hardware.sim.radio.field_reader import TagFieldReader

    field = TagField(address.options[SEED] or 0)
    for epc, antenna in address.options[TAGS]:
        field.place(Tag(epc, antenna), 0.0)
    return TagFieldReader(name, field)


SIM_FIELD = Driver(
    "sim", "sim://NAME (simulated tags) or sim://HOST:PORT[/PAD] (a simulated card reader)", "simulated tags",
    Local(LocalKind.NAME, required=False, forbidden=":@/"), (TAGS, SEED), _open,
)  # fmt: skip

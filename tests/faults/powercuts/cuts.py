"""One round of power cuts: a checkout is recorded once, then cut at many random points."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kiosk.store.payments.ledger.port import Head
from tests.faults.powercuts.checkout import Acknowledged, Recorded, recorded
from tests.faults.powercuts.disk import Disk
from tests.faults.powercuts.examiner import Examiner
from tests.faults.powercuts.recorder import Kind

STEPS = 8
AFTER_OPENING = 0.9
"""Share of the cuts after the store has opened; the others are in the making of ledger and database."""
MEMORY = Path("/dev/shm")


def scratch() -> str | None:
    """Where the files of a cut are written: memory, where there is such a folder."""
    return str(MEMORY) if MEMORY.is_dir() else None


def record(seed: str, steps: int = STEPS) -> Recorded:
    """A random checkout."""
    with tempfile.TemporaryDirectory(prefix="cheval-checkout-") as folder:
        return recorded(Path(folder), seed, steps)


def cut_many(checkout: Recorded, cuts: int, rng: Random) -> tuple[Counter[str], list[str]]:
    """Counts and what was wrong."""
    counts, wrong, disk = Counter[str](), list[str](), Disk()
    said = Acknowledged(Head())
    places = Counter(_places(checkout, cuts, rng))
    with tempfile.TemporaryDirectory(prefix="cheval-cut-", dir=scratch()) as folder:
        examiner = Examiner(Path(folder), checkout.key, checkout.pieces)
        for place, operation in enumerate(checkout.operations):
            for _ in range(places[place]):
                counts["cuts"] += 1
                counts["unsynced"] += not disk.is_settled
                wrong += [f"cut before operation {place}: {w}" for w in examiner.wrong(disk.cut(rng), said)]
            disk.take(operation)
            if operation.kind is Kind.MARK:
                said = operation.mark
    counts["operations"] += len(checkout.operations)
    counts["acknowledgements"] += sum(one.kind is Kind.MARK for one in checkout.operations)
    counts["violations"] += len(wrong)
    return counts, wrong


def _places(checkout: Recorded, cuts: int, rng: Random) -> Iterator[int]:
    count = len(checkout.operations)
    opened = next(n for n, one in enumerate(checkout.operations) if one.kind is Kind.MARK)
    for _ in range(cuts):
        yield rng.randrange(opened, count) if rng.random() < AFTER_OPENING else rng.randrange(opened)

"""`python -m tests.faults.powercuts --n N --seed S [--minutes M] [--counts FILE]`.

The power fails at random points of recorded checkouts; ledger and database are opened as they would be found. Prints
one JSON line; exit code 1 on violations, which are written to standard error.
"""

from __future__ import annotations

import sys
from random import Random

from tests.faults.powercuts.cuts import cut_many, record
from tests.faults.soak_counts import Soak, options

CUTS_IN_A_ROUND = 400


def main() -> int:
    soak = Soak.of(options("Power cuts during checkouts.", "powercuts").parse_args(), "cuts")
    for number in soak.rounds():
        name = f"{soak.seed}-{number}"
        counts, wrong = cut_many(record(name), min(CUTS_IN_A_ROUND, soak.left()), Random(name))
        counts["checkouts"] += 1
        soak.add(number, counts)
        for line in wrong[:20]:
            print(f"seed {soak.seed} round {number}: {line}", file=sys.stderr, flush=True)
    return soak.conclude(proof="powercuts")


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.faults.system_calls [--n N] [--seed S]`: every write, sync, send and receive of one checkout fails.

Each call x {killed, EIO, ENOSPC, EINTR}; `--n` takes a random sample. Prints one JSON line; exit code 1 on violations.
"""

from __future__ import annotations

import sys
from random import Random

from tests.faults.kills.doubles import Sim
from tests.faults.soak_counts import Soak, options
from tests.faults.system_calls.runs import every_injection, faulted
from tests.faults.system_calls.tracing import unusable


def main() -> int:
    given = options("Faults in the system calls of a checkout.", "system_calls").parse_args()
    if why := unusable():
        print(why, file=sys.stderr)
        return 2
    sim = Sim()
    try:
        found, calls = every_injection(sim)
        every = len(found)
        Random(given.seed).shuffle(found)
        soak = Soak("runs", given.n or every, given.seed, given.minutes, given.counts)
        for number in soak.rounds():
            counts, wrong = faulted(sim, found[number % every])
            soak.add(number, {**counts, "runs": 1, "violations": len(wrong)})
            for line in wrong:
                print(line, file=sys.stderr, flush=True)
        return soak.conclude(proof="system_calls", calls=calls, injections=every)
    finally:
        sim.close()


if __name__ == "__main__":
    sys.exit(main())

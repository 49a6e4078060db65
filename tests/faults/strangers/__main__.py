"""Sends hostile requests to a store. Prints one JSON line; exit code 1 if one got status 500, none, or left a fault.

Each request follows from the seed and its number; `--play SEED-NUMBER` sends one and prints it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.faults.soak_counts import VIOLATIONS, Soak, options
from tests.faults.strangers.attacked import Attacked, attacked

ROUND = 200
"""Requests of a round."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = options("Sends hostile requests to a store.", "python -m tests.faults.strangers")
    parser.add_argument("--play", help="sends the request of this seed and number, and nothing else")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, attacked(Path(folder)) as store:
        if given.play is not None:
            store.play(given.play)
            store.finish()
            print(json.dumps(store.wrong, indent=1))
            return 1 if store.wrong else 0
        return _soaked(store, Soak.of(given, "requests"))


def play_round(store: Attacked, seed: str, count: int) -> Counter[str]:
    """Plays requests; what was counted."""
    before, wrong = store.counts.copy(), len(store.wrong)
    for number in range(count):
        store.play(f"{seed}-{number}")
    store.finish()
    if not store.still_works():
        store.wrong.append({"seed": seed, "why": "a good request is not answered after this round"})
    return store.counts - before + Counter({VIOLATIONS: len(store.wrong) - wrong})


def _soaked(store: Attacked, soak: Soak) -> int:
    for number in soak.rounds():
        seen = len(store.wrong)
        soak.add(number, play_round(store, f"{soak.seed}-{number}", min(ROUND, soak.left())))
        for each in store.wrong[seen:]:
            print(json.dumps(each), file=sys.stderr, flush=True)
    return soak.conclude([each["why"][:200] for each in store.wrong[:20]])


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.faults.kills --n N --seed S [--minutes M] [--counts FILE] [--database postgres]`.

Stores are killed with SIGKILL while shoppers and associates use them; `--stores` of them at the same time, each with
one terminal of every driver. Prints one JSON line; exit code 1 on violations, which are written to standard error.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from tests.faults.kills.databases import databases
from tests.faults.kills.doubles import Double, all_doubles
from tests.faults.kills.rounds import KILLS_IN_A_ROUND, Round
from tests.faults.soak_counts import Soak, options


class Run:
    """Plays the rounds of a soak with several stores at the same time."""

    def __init__(self, soak: Soak, stores: int, *, postgres: bool) -> None:
        self._soak, self._stores, self._postgres = soak, stores, postgres
        self._rounds, self._lock = soak.rounds(), Lock()
        self._promised = 0

    def play(self) -> None:
        with (
            databases() if self._postgres else nullcontext(None) as made,
            ThreadPoolExecutor(self._stores) as pool,
        ):
            for worker in [pool.submit(self._worker, made) for _ in range(self._stores)]:
                worker.result()

    def _worker(self, made: Iterator[str] | None) -> None:
        with _all_doubles() as doubles:
            while (found := self._next()) is not None:
                number, kills = found
                database = next(made) if made is not None else ""
                result = Round(self._soak.seed, number, doubles, kills, database=database).play()
                with self._lock:
                    self._promised -= kills
                    self._soak.add(number, result.counts)
                    for wrong in result.wrong:
                        print(f"seed {self._soak.seed} round {number}: {wrong}", file=sys.stderr, flush=True)

    def _next(self) -> tuple[int, int] | None:
        with self._lock:
            kills = min(KILLS_IN_A_ROUND, self._soak.left() - self._promised)
            number = next(self._rounds, None) if kills > 0 else None
            if number is None:
                return None
            self._promised += kills
            return number, kills


@contextmanager
def _all_doubles() -> Iterator[Mapping[str, Double]]:
    with (
        tempfile.TemporaryDirectory(prefix="cheval-doubles-") as folder,
        all_doubles(Path(folder)) as doubles,
    ):
        yield doubles


def main() -> int:
    parser = options("Stores killed while shoppers pay.", "kills")
    parser.add_argument("--stores", type=int, default=2, help="stores at the same time")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    soak = Soak.of(given, "kills")
    Run(soak, given.stores, postgres=given.database == "postgres").play()
    return soak.conclude(proof="kills", database=given.database)


if __name__ == "__main__":
    sys.exit(main())

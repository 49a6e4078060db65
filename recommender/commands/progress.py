"""Progress on standard error: one line per step, one more each tenth of it."""

import sys


class Progress:
    """Call it with a step's name and how much of it is done (0 to 1)."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = ("", -1)

    def __call__(self, step: str, done: float) -> None:
        tenth = (step, int(done * 10))
        if tenth != self._last:
            self._last = tenth
            sys.stderr.write(f"{step} {done:.0%}\n" if done else f"{step}\n")
            sys.stderr.flush()

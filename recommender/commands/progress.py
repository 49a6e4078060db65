"""Prints progress on standard error: one line per step, and one for each tenth of it."""

import sys


class Progress:
    """Callable with the name of a step and the part of it that is done (0 to 1)."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = ("", -1)

    def __call__(self, step: str, done: float) -> None:
        tenth = (step, int(done * 10))
        if tenth != self._last:
            self._last = tenth
            sys.stderr.write(f"{step} {done:.0%}\n" if done else f"{step}\n")
            sys.stderr.flush()

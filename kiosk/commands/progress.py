"""Progress of a command on the error output: a line that is written again on a terminal, else nothing."""

from __future__ import annotations

import sys


class CountLine:
    """Shows what is read and how much of it was."""

    def __init__(self) -> None:
        self._terminal, self._shown = sys.stderr.isatty(), False

    def show(self, words: str, done: int, total: int | None) -> None:
        """`done` of `total` were read; None if it is not known of how many."""
        if self._terminal:
            self._shown = True
            count = f"{done} of {total}" if total is not None else str(done)
            print(f"\rreading {words}: {count}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Deletes the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class PercentLine:
    """Shows `words` with how much is done."""

    def __init__(self, words: str) -> None:
        self._words, self._terminal, self._shown = words, sys.stderr.isatty(), -1

    def show(self, done: int, total: int) -> None:
        """`done` of `total` parts are done."""
        percent = 100 * done // total if total else 100
        if self._terminal and percent != self._shown:
            self._shown = percent
            print(f"\r{self._words} {percent} %\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Deletes the line."""
        if self._shown >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

"""Progress of a command with several steps, on the error output of a terminal."""

from __future__ import annotations

from kiosk.commands.progress import PercentLine


class Steps:
    """Shows which step is done, and how much of it."""

    def __init__(self) -> None:
        self._words, self._line = "", PercentLine("")

    def show(self, words: str, done: int, total: int) -> None:
        """`done` of `total` parts of the step `words` are done."""
        if words != self._words:
            self._line.end()
            self._words, self._line = words, PercentLine(words)
        self._line.show(done, total)

    def end(self) -> None:
        """Deletes the line."""
        self._line.end()

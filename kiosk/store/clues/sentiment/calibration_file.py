"""The file of a calibration: JSON, without any text; read anew when it was replaced."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

from kiosk.store.clues.sentiment.calibration import (
    MIN_PRECISION,
    MIN_TEXTS,
    OfLanguage,
    Opinion,
    Shown,
    is_from,
)
from kiosk.store.clues.sentiment.lexicon import score

log = logging.getLogger(__name__)
VERSION: Final = 1
MAX_BYTES: Final = 1 << 16


def as_json(found: Sequence[OfLanguage]) -> str:
    """The content of the file."""
    languages = {
        one.language: {
            "texts": one.texts,
            "good": _side(one.good),
            "bad": _side(one.bad),
            "unsure": round(one.unsure, 3),
        }
        for one in found
    }  # fmt: skip
    return json.dumps({"version": VERSION, "languages": languages}, indent=1, sort_keys=True) + "\n"


def _side(shown: Shown | None) -> dict[str, float] | None:
    return {"from": shown.threshold, "precision": shown.precision, "texts": shown.texts} if shown else None


class WrittenOpinions:
    """Reads reviews with the calibration of a file. Safe from any thread. Without a usable file nothing is read."""

    def __init__(self, file: Path | None) -> None:
        self._file, self._lock = file, Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._sides: dict[tuple[str, Opinion], Shown] = {}

    def of(self, text: str, language: str) -> tuple[Opinion, float] | None:
        """Whether a text is good or bad, and the measured precision of that; None where it is unsure."""
        self._refresh()
        sides = [(side, shown) for (of, side), shown in self._sides.items() if of == language]
        found = score(text, language) if sides else None
        return next(((s, shown.precision) for s, shown in sides if is_from(found, shown.threshold, s)), None)

    def _refresh(self) -> None:
        if self._file is None:
            return
        with self._lock:
            try:
                stat = self._file.stat()
                stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
                if stamp == self._stamp:
                    return
                self._stamp = stamp
                self._sides = _sides_of(self._file)
            except FileNotFoundError:
                self._stamp, self._sides = None, {}
            except (OSError, ValueError, OverflowError, RecursionError) as error:
                self._sides = {}
                log.warning(
                    "%s is no calibration of texts; reviews without stars are not read: %s", self._file, error
                )


def _sides_of(file: Path) -> dict[tuple[str, Opinion], Shown]:
    """Raises OSError, ValueError."""
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    body = json.loads(content) if len(content) <= MAX_BYTES else None
    languages = body.get("languages") if isinstance(body, dict) and body.get("version") == VERSION else None
    if not isinstance(languages, dict):
        raise ValueError(f"not of version {VERSION}")
    found = {}
    for language, sides in languages.items():
        for side in (Opinion.GOOD, Opinion.BAD):
            given = sides.get(side.value) if isinstance(sides, dict) else None
            if given is not None:
                found[language, side] = _shown(given)
    return found


def _shown(given: Any) -> Shown:
    """Raises ValueError, also for what was measured too badly to be shown."""
    numbers = (
        [
            value
            for value in (given.get(name) for name in ("from", "precision", "texts"))
            if isinstance(value, int | float) and not isinstance(value, bool)
        ]
        if isinstance(given, dict)
        else []
    )
    if len(numbers) != 3:
        raise ValueError("a threshold, a precision and a number of texts are needed")
    shown = Shown(float(numbers[0]), float(numbers[1]), int(numbers[2]))
    if not (0 < shown.threshold <= 1 and MIN_PRECISION <= shown.precision <= 1 and shown.texts >= MIN_TEXTS):
        raise ValueError(f"below a precision of {MIN_PRECISION} on {MIN_TEXTS} texts nothing is shown")
    return shown

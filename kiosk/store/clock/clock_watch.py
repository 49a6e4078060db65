"""Notices when the computer's clock is set, and keeps a step of it from deleting anything by age.

The clock is compared with one that nobody can set. What is deleted by its age is judged by `trusted_us`: after a step
forward of more than an hour that goes on as if the clock had not been set, until it has stayed so for 7 days. A step
while the store was off is noticed by a file in the state folder, which says what the clock showed last.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from hardware.regular_files import read_regular
from kiosk.clock import US, Clocks

log = logging.getLogger(__name__)
NOTICED_US: Final = 2 * US
"""A smaller difference is no step: time servers correct more slowly than this."""
TRUSTED_STEP_US: Final = 3600 * US
OFF_US: Final = 30 * 24 * 3600 * US
"""If the store was off for longer than this, the clock may as well have been set ahead."""
HOLD_US: Final = 7 * 24 * 3600 * US
SAVE_US: Final = 60 * US
FILE: Final = "clock.json"
_MAX_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class ClockState:
    """For the health report. `step_s`: the last step in seconds, forward positive, 0 for none since the start;
    `stepped_us`: when, by the clock after it; `held`: nothing is deleted by the present time of the clock."""

    step_s: int = 0
    stepped_us: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class _Saved:
    """The file: what the clock showed, what was trusted instead, and how long that goes on."""

    clock_us: int
    trusted_us: int
    hold_left_us: int


class ClockWatch:
    """Safe from any thread. `tick` is called at least every few seconds."""

    def __init__(self, clocks: Clocks, folder: Path) -> None:
        self._clocks, self._file, self._lock = clocks, folder / FILE, Lock()
        self._offset_us = self._trusted_offset_us = clocks.now_us() - clocks.steady_us()
        self._held_until_us = self._saved_at_us = clocks.steady_us()
        self._state = ClockState()
        self._compare_with_file()

    @property
    def state(self) -> ClockState:
        with self._lock:
            return self._state

    def tick(self) -> None:
        """Looks for a step, and notes the time in the file once a minute. Raises OSError if that fails."""
        self.trusted_us()
        if self._clocks.steady_us() - self._saved_at_us >= SAVE_US:
            self.save()

    def trusted_us(self) -> int:
        """The time by which records are old enough to be deleted, microseconds since 1970."""
        with self._lock:
            self._look()
            steady_us = self._clocks.steady_us()
            if self._state.held and steady_us >= self._held_until_us:
                self._release()
            return steady_us + min(self._trusted_offset_us, self._offset_us)

    def save(self) -> None:
        """Notes the time in the file. Raises OSError."""
        with self._lock:
            steady_us = self._clocks.steady_us()
            left_us = max(0, self._held_until_us - steady_us) if self._state.held else 0
            saved = _Saved(steady_us + self._offset_us, steady_us + self._trusted_offset_us, left_us)
            self._saved_at_us = steady_us
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(asdict(saved)), "utf-8")
        part.replace(self._file)

    def _look(self) -> None:
        offset_us = self._clocks.now_us() - self._clocks.steady_us()
        step_us = offset_us - self._offset_us
        if abs(step_us) < NOTICED_US:
            return
        self._offset_us = offset_us
        self._stepped(step_us)

    def _stepped(self, step_us: int) -> None:
        ahead = self._offset_us - self._trusted_offset_us > TRUSTED_STEP_US
        if not ahead:
            self._trusted_offset_us = self._offset_us
        elif not self._state.held:
            self._held_until_us = self._clocks.steady_us() + HOLD_US
        self._state = ClockState(step_us // US, self._clocks.steady_us() + self._offset_us, ahead)
        log.warning(
            "the computer's clock was set %s by %d s; %s", "ahead" if step_us > 0 else "back", abs(step_us) // US,
            "nothing is deleted by its age for 7 days, or until it is set back" if ahead else "nothing waits for it",
        )  # fmt: skip

    def _release(self) -> None:
        self._trusted_offset_us = self._offset_us
        self._state = ClockState(self._state.step_s, self._state.stepped_us)
        log.warning("the computer's clock counts as right again: it was not set for 7 days")

    def _compare_with_file(self) -> None:
        saved, steady_us = _read(self._file), self._clocks.steady_us()
        if saved is None:
            return
        gone_us = self._clocks.now_us() - saved.clock_us
        if -NOTICED_US < gone_us <= OFF_US and not saved.hold_left_us:
            return
        if saved.hold_left_us or gone_us > OFF_US:
            # how long the store was off is not known: as if it had not been
            self._trusted_offset_us = saved.trusted_us - steady_us
        if -NOTICED_US < gone_us <= OFF_US:
            self._held_until_us = steady_us + saved.hold_left_us
            self._state = ClockState(held=self._offset_us - self._trusted_offset_us > TRUSTED_STEP_US)
            return
        self._stepped(gone_us)


def _read(file: Path) -> _Saved | None:
    """None for a file that is not there or damaged: then nothing is known of the clock."""
    try:
        tree = json.loads(read_regular(file, _MAX_BYTES))
        return _Saved(*(int(tree[name]) for name in ("clock_us", "trusted_us", "hold_left_us")))
    except (OSError, ValueError, KeyError, TypeError):
        return None

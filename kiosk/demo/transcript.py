"""Writes a visit as JSON lines: every event, effect, new scene and step of the script.

A shopper's body measures are not written.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event, Tick
from kiosk.core.visit.state import Visit
from kiosk.core.wire import to_json


class Transcript:
    """Writes lines to a file, if one is given, and keeps the last scene for `wait_for`."""

    def __init__(self, file: Path | None, now_us: Callable[[], int]) -> None:
        self._now = now_us
        self._out: TextIO | None = file.open("w", encoding="utf-8") if file else None
        self._changed = threading.Condition()
        self._scene: dict[str, Any] | None = None
        self._visit: Visit | None = None

    def close(self) -> None:
        if self._out is not None:
            self._out.close()
            self._out = None

    def write(self, **line: Any) -> None:
        """One line of its own, e.g. a step of the script."""
        with self._changed:
            self._line(line)

    def watch(self, visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None:
        """Called after each step of the visit; ticks without effects are not written."""
        seen = to_json(scene)
        assert isinstance(seen, dict)
        with self._changed:
            self._visit = visit
            if not isinstance(event, Tick) or effects:
                self._line({"event": to_json(event)})
            for effect in effects:
                self._line({"effect": to_json(effect)})
            if seen != self._scene:
                self._line({"scene": seen})
            self._scene = seen
            self._changed.notify_all()

    def wait_for(self, holds: Callable[[dict[str, Any]], bool], within_s: float) -> dict[str, Any] | None:
        """The scene as soon as `holds` is true for it; None after `within_s` seconds."""
        with self._changed:
            met = self._changed.wait_for(lambda: self._scene is not None and holds(self._scene), within_s)
            return self._scene if met else None

    @property
    def scene(self) -> dict[str, Any] | None:
        with self._changed:
            return self._scene

    @property
    def visit(self) -> Visit | None:
        with self._changed:
            return self._visit

    def _line(self, line: dict[str, Any]) -> None:
        if self._out is not None:
            values = {name: _redacted(value) for name, value in line.items()}
            self._out.write(json.dumps({"at_us": self._now(), **values}, ensure_ascii=False) + "\n")
            self._out.flush()


def _redacted(value: Any) -> Any:
    """Without body measures and label sizes: the fit questions' steps, values and answers become null."""
    if isinstance(value, list):
        return [_redacted(one) for one in value]
    if not isinstance(value, dict):
        return value
    secret = {"told", "fit"} | ({"by"} if value.get("is") == "FitDialled" else set())
    return {name: None if name in secret else _redacted(one) for name, one in value.items()}

"""A mirror as a process of its own, with short times: `python -m tests.faults.visit_memory.mirror_program CONFIG`.

It is put together as `cheval mirror` does it; with `--as-before` it does not overwrite released memory, with `--still`
nothing on its glass is animated, so that a touch need not wait for the end of an animation. Prints one JSON line for
each new state of the visit; a line of standard input is a command: `wake`, `close` (the shopper ends the visit), `touch
NAME` (the control of that name is clicked in the window), `quit`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Final

from hardware.threads.supervised import start_job
from kiosk import cleared_memory
from kiosk.clock import now_us
from kiosk.config import parse_mirror
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event
from kiosk.core.visit.settings import MirrorSettings
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken, VisitClosed
from kiosk.mirror_app import build_mirror, window_factory
from kiosk.screen.touch_driver import TouchDriver
from kiosk.screen.window import MirrorWindow

SETTINGS = MirrorSettings(goodbye_us=300_000)


_SAYING: Final = Lock()


def say(words: Mapping[str, object]) -> None:
    """Prints one JSON line; the visit's thread and that of the commands do."""
    with _SAYING:
        print(json.dumps(words), flush=True)


def _pairing_of(scene: Scene) -> list[str | int | None]:
    """Need, step, number of digits and problem of the page of the pairing; empty where it is not shown."""
    card = scene.pairing
    if card is None:
        return []
    return [card.need.value, card.step.value, len(card.typed), card.problem and card.problem.value]


def main(arguments: list[str]) -> int:
    """Runs until `quit`."""
    if "--as-before" not in arguments:
        cleared_memory.ensure()
    config = parse_mirror(Path(arguments[0]).read_text("utf-8"))
    last: list[dict[str, object]] = []

    def observe(visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None:
        del visit, event, effects
        state: dict[str, object] = {
            "page": scene.page.value,
            "named": bool(scene.first_name),
            "message": scene.message is not None,
            "pairing": _pairing_of(scene),
        }
        if [state] != last:
            last[:] = [state]
            say(state)

    mirror = build_mirror(
        config,
        window_factory(config, windowed=True, no_motion="--still" in arguments),
        observe=observe,
        settings=SETTINGS,
    )
    assert isinstance(mirror.screen, MirrorWindow)
    finger = TouchDriver(mirror.screen)

    def obey() -> None:
        for line in sys.stdin:
            match line.strip():
                case "wake":
                    mirror.shell.post(ScreenWoken(now_us()))
                case "close":
                    mirror.shell.post(VisitClosed(now_us()))
                case touch if touch.startswith("touch "):
                    name = touch.removeprefix("touch ")
                    say({"touched": name, "found": finger.tap(name)})
                case _:
                    break
        mirror.screen.quit()

    start_job("commands", obey)
    mirror.start()
    try:
        return mirror.screen.run()
    finally:
        mirror.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

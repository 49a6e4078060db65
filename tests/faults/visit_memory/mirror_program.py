"""A mirror as a process of its own, with short times: `python -m tests.faults.visit_memory.mirror_program CONFIG`.

It is put together as `cheval mirror` does it; with `--as-before` it does not overwrite released memory. Prints one JSON
line for each new state of the visit; a line of standard input is a command: `wake`, `close` (the shopper ends the
visit), `quit`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

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

SETTINGS = MirrorSettings(goodbye_us=300_000)


def main(arguments: list[str]) -> int:
    """Runs until `quit`."""
    if "--as-before" not in arguments:
        cleared_memory.ensure()
    config = parse_mirror(Path(arguments[0]).read_text("utf-8"))
    last: list[tuple[str, bool]] = []

    def observe(visit: Visit, event: Event, effects: tuple[Effect, ...], scene: Scene) -> None:
        del visit, event, effects
        state = (scene.page.value, bool(scene.first_name))
        if [state] != last:
            last[:] = [state]
            print(json.dumps({"page": state[0], "named": state[1]}), flush=True)

    mirror = build_mirror(config, window_factory(config, windowed=True), observe=observe, settings=SETTINGS)

    def obey() -> None:
        for line in sys.stdin:
            match line.strip():
                case "wake":
                    mirror.shell.post(ScreenWoken(now_us()))
                case "close":
                    mirror.shell.post(VisitClosed(now_us()))
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

"""Threads are started in `hardware.threads` alone, where what they run is supervised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
STARTS: Final = re.compile(
    r"\bThread\(|\bTimer\(|\b_thread\.start_new|ThreadPoolExecutor\(|\bThreadPool\(|\bQThread\(|\bQThreadPool\b"
    r"|\bQRunnable\b|\bcreate_task\(|\bensure_future\(|\brun_in_executor\(|\bTaskGroup\("
)
PLACE: Final = "hardware/threads/"
# programs for tests and for the demo, which end with their process
DOUBLES: Final = (
    "hardware/sim/",
    "kiosk/demo/",
    "kiosk/commands/demo.py",
    "kiosk/commands/simulate/",
    "kiosk/connectors/fiscal/sim_register.py",
    "kiosk/connectors/payments/doubles/",
)
# tasks of the server's event loop: one for each event stream, one for each connection until it is open; whoever makes
# them cancels them
TASKS: Final = {"kiosk/store/api/streaming.py": 1, "kiosk/store/api/connections/acceptor.py": 1}


def started(root: Path) -> list[str]:
    """`file:line` of each start of a thread or task outside of the one place."""
    found = []
    for folder in ("kiosk", "hardware", "recommender"):
        for file in sorted((root / folder).rglob("*.py")):
            place = file.relative_to(root).as_posix()
            if place.startswith((PLACE, *DOUBLES)):
                continue
            lines = [
                number
                for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
                if STARTS.search(line.split("#")[0]) and not line.lstrip().startswith("class ")
            ]
            found += [f"{place}:{number}" for number in lines[TASKS.get(place, 0) :]]
    return found


def test_threads_are_started_in_one_place() -> None:
    assert started(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "threading.Thread(target=run).start()",
        "Thread(target=run, daemon=True).start()",
        "threading.Timer(1.0, run).start()",
        "pool = ThreadPoolExecutor(4)",
        "task = asyncio.create_task(run())",
        "worker = QThread()",
    ],
)
def test_a_thread_that_is_started_elsewhere_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "kiosk/store/planted.py"
    file.parent.mkdir(parents=True)
    file.write_text(f'"""Planted."""\n{line}\n')
    assert started(tmp_path) == ["kiosk/store/planted.py:2"]

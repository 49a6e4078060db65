"""`cheval store` as a process of its own, so that it can be killed without warning."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.kiosk.store.sample_shop import PREFIX, write_feed

ROOT = Path(__file__).resolve().parents[3]


class StoreProcess:
    """A store process of the sample shop; can be killed and started again on the same state."""

    def __init__(self, folder: Path, terminal_uri: str, **more: Any) -> None:
        self.state = folder / "state"
        self._config = folder / "store.yaml"
        settings = {
            "shop": {"name": "Ostrevane", "time_zone": "Europe/Vienna", "tax_percent": 20},
            "listen": {"port": 0},
            "state": str(self.state),
            "rooms": {"1": {"title": "Room 1"}, "2": {"title": "Room 2"}},
            "catalogue": {"feed": str(write_feed(folder / "feed")), "company_prefixes": [PREFIX]},
            "payments": {"terminals": [{"name": "till", "uri": terminal_uri}]},
            **more,
        }
        self._config.write_text(json.dumps(settings), encoding="utf-8")
        self._process: subprocess.Popen[str] | None = None
        self._log = (folder / "store.log").open("a")
        self.url = ""

    def start(self) -> str:
        """Starts it; returns its URL once it answers."""
        words = [sys.executable, "-m", "kiosk", "store", "--config", str(self._config), "--json"]
        self._process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log, text=True, cwd=ROOT
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, Path(self._log.name).read_text()
        self.url = json.loads(line)["url"]
        return self.url

    @property
    def number(self) -> int:
        """The id of the running process."""
        assert self._process is not None
        return self._process.pid

    def wait(self) -> None:
        """Waits for a process that another thread kills, or has killed."""
        if (process := self._process) is not None:
            process.wait(20)

    def kill(self) -> None:
        """Kills it with SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ends it with SIGTERM; returns its exit code."""
        return self._end(signal.SIGTERM)

    def close(self) -> None:
        """Ends it if it runs; may be called at any time."""
        if self._process is not None:
            self.kill()
        self._log.close()

    def _end(self, how: int) -> int:
        process, self._process = self._process, None
        assert process is not None
        assert process.stdout is not None
        if process.poll() is None:
            os.kill(process.pid, how)
        code = process.wait(20)
        process.stdout.close()
        return code

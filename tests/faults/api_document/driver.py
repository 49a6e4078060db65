"""Runs schemathesis against a store that is served on this computer: are the answers those that the document promises?

Schemathesis (MIT) is in the peers' environment, as a process of its own. Event streams are left out, since they have no
end, and the sign-out, which would end the callers' sessions.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from tests.faults.strangers.attacked import LIMITS, STANDS, FaultLines, callers_of, watched_faults
from tests.kiosk.store.sample_shop import sample_store, served, settings_in
from tests.peers.environment import WHY_ABSENT, python

CHECKS: Final = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
)  # fmt: skip
LEFT_OUT: Final = r"/stream$|^/api/v1/session$"
TIMEOUT_S: Final = 1_500.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run found. `calls`: requests that were sent; `breaks`: one line for each; `faults`: lines of the log."""

    calls: int
    operations: int
    breaks: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A store that is served."""

    url: str
    tokens: dict[str, str]
    folder: Path
    faults: FaultLines

    def run(self, examples: int, seed: int, phases: str = "coverage,fuzzing", path: str = "") -> Outcome:
        """Calls every operation; `path`: those alone whose path this pattern finds."""
        interpreter = python()
        assert interpreter is not None, WHY_ABSENT
        report = self.folder / "report.json"
        command = [
            str(interpreter.with_name("schemathesis")), "run", f"{self.url}/api/v1/openapi.json", "--phases", phases,
            "--max-examples", str(examples), "--seed", str(seed), "--checks", ",".join(CHECKS),
            "--exclude-path-regex", LEFT_OUT, "--continue-on-failure", "--no-shrink", "--no-color", "--warnings", "off",
            "--request-timeout", "20", "--generation-database", "none", "--report-json-path", str(report),
            *(("--include-path-regex", path) if path else ()),
        ]  # fmt: skip
        environment = os.environ | {
            "CHEVAL_TOKENS": json.dumps(self.tokens),
            "SCHEMATHESIS_HOOKS": "caller_of_role",
            "PYTHONPATH": str(Path(__file__).parent),
        }
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
        return self._outcome(json.loads(report.read_text("utf-8")))

    def _outcome(self, found: dict[str, Any]) -> Outcome:
        breaks = [f"{', '.join(each['operations'])}: {each['title']}" for each in found["failures"]]
        breaks += [f"schemathesis: {str(each)[:300]}" for each in found["errors"]]
        faults = tuple(self.faults.lines)
        self.faults.lines.clear()
        return Outcome(found["test_cases"]["generated"], found["operations"]["tested"], tuple(breaks), faults)


@contextmanager
def target(
    folder: Path, database: str = "", changed: Callable[[FastAPI], None] = lambda _: None
) -> Iterator[Target]:
    """The sample shop with a caller of each role; `changed` may plant a fault in its application."""
    settings = settings_in(
        folder, limits=LIMITS, stands=STANDS, **({"database": database} if database else {})
    )
    with sample_store(settings) as store, served(store) as url:
        changed(store.http)
        tokens = {name: value.removeprefix("Bearer ") for name, value in callers_of(store, url).items()}
        with watched_faults() as faults:
            yield Target(url, tokens, folder, faults)

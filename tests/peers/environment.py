"""Where the published libraries live that we compare with, and how one of them is run as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def python() -> Path | None:
    """The interpreter of the peers' environment, if it was made."""
    named = os.environ.get("CHEVAL_PEERS_PYTHON")
    path = Path(named) if named else ROOT / ".venv-peers" / "bin" / "python"
    return path if path.exists() else None


WHY_ABSENT = "the peers' environment (.venv-peers, from tests/peers/requirements.txt) was not made"


def run(script: str, *arguments: str, timeout_s: float = 100) -> Any:
    """Runs one script of this folder with the peers' interpreter; its last line is JSON."""
    interpreter = python()
    assert interpreter is not None, WHY_ABSENT
    done = subprocess.run(
        [str(interpreter), "-W", "ignore", str(HERE / script), *arguments],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])

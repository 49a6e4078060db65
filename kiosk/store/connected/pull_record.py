"""What is known of the readings of one system, kept in a file of the state folder; the programs of this computer share
it."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Final

FOLDER: Final = "connectors"
"""In the state folder: a file `NAME.json` for each connector, and its lock."""


@dataclass(frozen=True, slots=True)
class PullRecord:
    """Times in microseconds since 1970, 0 for never.

    `pulled_us`: when the last good reading began: what the store knows is at most so old. `why`: why the last reading
    failed, empty if it did not; `failing_since_us`: the first of the failures in a row, `tries` their number;
    `must_act`: it will not pass by itself. `entries`: of each list; `refused_of`: its rows that the feed does not take.
    `digests`: of the entries of each list; `read_us`: when its last good reading began.
    """

    pulled_us: int = 0
    tried_us: int = 0
    why: str = ""
    failing_since_us: int = 0
    tries: int = 0
    retry_after_s: int = 0
    must_act: bool = False
    entries: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    refused_of: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    read_us: dict[str, int] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Rows that the feed does not take."""
        return sum(self.refused_of.values())

    def failed(self, why: str, at_us: int, retry_after_s: int = 0, *, must_act: bool = False) -> PullRecord:
        """After a reading that failed; what is known stays."""
        return replace(
            self, tried_us=at_us, why=why, failing_since_us=self.failing_since_us if self.tries else at_us,
            tries=self.tries + 1, retry_after_s=retry_after_s, must_act=must_act,
        )  # fmt: skip


def read_record(state: Path, name: str) -> PullRecord:
    """The record of a connector; an empty one if there is none that can be read."""
    try:
        found = json.loads((state / FOLDER / f"{name}.json").read_text("utf-8"))
        known = {one.name for one in fields(PullRecord)}
        values = {key: value for key, value in found.items() if key in known}
        return PullRecord(**{**values, "mistakes": tuple(values.get("mistakes", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return PullRecord()


def write_record(state: Path, name: str, record: PullRecord) -> None:
    """Raises OSError."""
    file = folder_of(state) / f"{name}.json"
    unfinished = file.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(record)), "utf-8")
    unfinished.replace(file)


@contextmanager
def pull_lock(state: Path, name: str) -> Iterator[bool]:
    """Whether nobody else, in any process, reads this system now; then nobody else does until the end of the block.

    Raises OSError.
    """
    with (folder_of(state) / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def folder_of(state: Path) -> Path:
    """The folder of the records. Raises OSError."""
    folder = state / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder

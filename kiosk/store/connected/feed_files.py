"""Puts converted files into the store's feed, and never over files that another program has written.

Killed or out of space at any moment, it leaves the feed as it was, or files that its next call replaces: all new files
are written beside the old ones first, then the record names both, then they are renamed.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kiosk.connectors.feeds.file_names import found_files, serving
from kiosk.store.errors import RefusedError, TryAgainError

WORK: Final = "mapping-"
"""Beginning of the names of folders in which files are converted."""
LOCK: Final = "mapped-files.lock"
WAIT_S: Final = 600.0
"""How long to wait for another writer."""
_POLL_S: Final = 0.2
OF_COMMAND: Final = "mapped-files.json"
"""The record of `cheval import --mapping`."""
_STOCK: Final = "stock.jsonl"
_DELTA: Final = re.compile(r"(styles|items|stock)\.delta-(\d+)\.jsonl")
_UNFINISHED: Final = re.compile(r"\.(styles|items|stock)(\.delta-\d+)?\.jsonl\.[0-9a-f]{16}\.part")
_DELTAS_AT_MOST: Final = 10**9

Stamp = list[int]


class OtherFileError(RefusedError):
    """Another writer's file serves a kind."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"the feed has its own {file.name} in {file.parent}, which something else has written; move it away first"
        )


class FeedFiles:
    """The files that one writer has put into a folder: the store's feed, else `mapped` in the state folder.

    Their sizes and times are recorded: a file that has others is another program's.
    """

    def __init__(
        self, state: Path, feed: Path | None, record: str = OF_COMMAND, *, wait_s: float = WAIT_S
    ) -> None:
        """`record`: file in the state folder, one for each writer."""
        self._configured, self.folder = feed is not None, feed or state / "mapped"
        self._state, self._record, self._wait_s = state, state / record, wait_s

    @property
    def import_folder(self) -> Path | None:
        """The folder to name to an importer: None for the configured feed."""
        return None if self._configured else self.folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One writer at a time; what a killed one has left is deleted. Raises TryAgainError, OSError."""
        with (self._state / LOCK).open("w") as file:
            end = time.monotonic() + self._wait_s
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= end:
                        raise TryAgainError(
                            "another import of a file has not ended; try again later"
                        ) from None
                time.sleep(_POLL_S)
            for left in self._state.glob(f"{WORK}*"):
                shutil.rmtree(left, ignore_errors=True)
            self._delete_unfinished()
            yield

    def check(self, kinds: Sequence[str], *, delta: bool, modified_ns: int = 0) -> None:
        """Raises RefusedError if other files serve these kinds. A delta may be put on top of any file that is not newer
        than it (`modified_ns`): on top of a newer one, the feed would not read it."""
        if not self.folder.is_dir():
            if not self.folder.is_relative_to(self._state):
                raise RefusedError(f"catalogue.feed: {self.folder} is no folder")
            return
        found, _ = found_files(self.folder)
        for kind in kinds:
            files = [file for file in found if file.kind == kind and file.delta is None]
            for file in serving(files, files[0].kind)[0] if files else ():
                if delta and file.stamp.mtime_ns > modified_ns:
                    raise RefusedError(
                        f"the file is older than {file.path.name} in the feed: what has changed is known there already"
                    )
                if not delta and not self._is_ours(file.path.name):
                    raise OtherFileError(file.path)

    def keeps_stock(self, made: Sequence[Path]) -> bool:
        """Whether the stock is from an export of stock alone, which counts of a products export do not replace."""
        return len(made) > 1 and self._stock_alone() and (self.folder / _STOCK).exists()

    def put(self, made: Sequence[Path], modified_ns: int, *, delta: bool) -> None:
        """Moves converted files into the folder, with the time of the export: its counts are as old as it is.

        Raises OSError; the feed is then as it was. To be called within `alone`.
        """
        if self.folder.is_relative_to(self._state):
            self.folder.mkdir(mode=0o700, exist_ok=True)
        ours, new = self._ours(), dict[str, Stamp]()
        alone = made[0].name == _STOCK if any(file.name == _STOCK for file in made) else self._stock_alone()
        parts: dict[str, Path] = {}
        try:
            for file in made:
                name = self._delta_name(file.stem) if delta else file.name
                parts[name] = _copied(file, self.folder, name, modified_ns)
                new[name] = _stamp(parts[name])
            self._write_record(ours, new, stock_alone=alone)
        except BaseException:
            self._delete_unfinished()
            raise
        for name, part in parts.items():
            part.replace(self.folder / name)
        ours |= new
        if not delta:
            for file in made:
                self._forget_deltas(file.stem, ours)
        self._write_record(ours, {}, stock_alone=alone)

    def _write_record(
        self, ours: Mapping[str, Stamp], pending: Mapping[str, Stamp], *, stock_alone: bool
    ) -> None:
        record = {
            "folder": str(self.folder), "files": ours, "pending": pending, "stock_alone": stock_alone,
        }  # fmt: skip
        unfinished = self._record.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(json.dumps(record))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._record)

    def _stock_alone(self) -> bool:
        return bool(self._read().get("stock_alone"))

    def _ours(self) -> dict[str, Stamp]:
        """Stamps of the files that this writer has written; of those of a call that did not end, as they are now."""
        record = self._read()
        pending: dict[str, Stamp] = record.get("pending", {})
        there = {name: stamp for name, stamp in pending.items() if _stamp(self.folder / name) == stamp}
        return {**record.get("files", {}), **there}

    def _is_ours(self, name: str) -> bool:
        return self._ours().get(name) == _stamp(self.folder / name)

    def _read(self) -> dict[str, Any]:
        """The record of this folder; empty if there is none."""
        try:
            record = json.loads(self._record.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) and record.get("folder") == str(self.folder) else {}

    def _delta_name(self, kind: str) -> str:
        numbers = [0]
        for entry in self.folder.iterdir():
            found = _DELTA.fullmatch(entry.name)
            if found and found[1] == kind and int(found[2]) < _DELTAS_AT_MOST:
                numbers.append(int(found[2]))
        return f"{kind}.delta-{max(numbers) + 1}.jsonl"

    def _forget_deltas(self, kind: str, ours: dict[str, Stamp]) -> None:
        """Deltas of this writer belong to the full file that is replaced."""
        for name in [name for name in ours if name.startswith(f"{kind}.delta")]:
            stamp = ours.pop(name)
            with suppress(OSError):
                if _stamp(self.folder / name) == stamp:
                    (self.folder / name).unlink()

    def _delete_unfinished(self) -> None:
        with suppress(OSError):
            for entry in self.folder.iterdir():
                if _UNFINISHED.fullmatch(entry.name):
                    entry.unlink(missing_ok=True)


def _copied(file: Path, folder: Path, name: str, modified_ns: int) -> Path:
    """A copy on the disk under a name that nobody can know before: a link of that name would be written through."""
    part = folder / f".{name}.{secrets.token_hex(8)}.part"
    with file.open("rb") as source, part.open("xb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    os.utime(part, ns=(modified_ns, modified_ns))
    return part


def _stamp(file: Path) -> Stamp:
    try:
        state = file.stat()
    except OSError:
        return []
    return [state.st_size, state.st_mtime_ns]

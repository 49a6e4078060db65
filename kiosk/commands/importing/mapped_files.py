"""Puts converted files into the store's feed, and never over files that another program has written."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kiosk.commands.feed_importers import CommandError
from kiosk.connectors.feeds.file_names import found_files, serving

_RECORD: Final = "mapped-files.json"
_STOCK: Final = "stock.jsonl"
_DELTA: Final = re.compile(r"(styles|items|stock)\.delta-(\d+)\.jsonl")
_DELTAS_AT_MOST: Final = 10**9


class MappedFiles:
    """The files that this command has put into a folder: the configured feed, else `mapped` in the store's folder.

    Their sizes and times are recorded: a file that has others is another program's.
    """

    def __init__(self, state: Path, feed: Path | None) -> None:
        self._configured, self.folder = feed is not None, feed or state / "mapped"
        self._record = state / _RECORD

    @property
    def import_folder(self) -> Path | None:
        """The folder to name to an importer: None for the configured feed."""
        return None if self._configured else self.folder

    def check(self, kinds: Sequence[str], *, delta: bool) -> None:
        """Raises CommandError if other files serve these kinds. A delta may be put on top of any file."""
        if not self._configured:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        elif not self.folder.is_dir():
            raise CommandError(f"catalogue.feed: {self.folder} is no folder")
        if delta:
            return
        ours = self._ours()
        found, _ = found_files(self.folder)
        for kind in kinds:
            files = [file for file in found if file.kind == kind and file.delta is None]
            for file in serving(files, files[0].kind)[0] if files else ():
                if ours.get(file.path.name) != _stamp(file.path):
                    raise CommandError(
                        f"the feed has its own {file.path.name} in {self.folder}, which this command has not written; "
                        "move it away first, or use --delta to put the file on top of it"
                    )

    def keeps_stock(self, made: Sequence[Path]) -> bool:
        """Whether the stock is from an export of stock alone, which counts of a products export do not replace."""
        return len(made) > 1 and self._stock_alone() and (self.folder / _STOCK).exists()

    def put(self, made: Sequence[Path], modified_ns: int, *, delta: bool) -> None:
        """Moves converted files into the folder, with the time of the export: its counts are as old as it is."""
        ours = self._ours()
        for file in made:
            name = self._delta_name(file.stem) if delta else file.name
            unfinished = self.folder / f".{name}.part"
            shutil.copyfile(file, unfinished)
            os.utime(unfinished, ns=(modified_ns, modified_ns))
            unfinished.replace(self.folder / name)
            ours[name] = _stamp(self.folder / name)
            if not delta:
                self._forget_deltas(file.stem, ours)
        alone = made[0].name == _STOCK if any(file.name == _STOCK for file in made) else self._stock_alone()
        text = json.dumps({"folder": str(self.folder), "files": ours, "stock_alone": alone})
        unfinished = self._record.with_suffix(".part")
        unfinished.write_text(text, "utf-8")
        unfinished.replace(self._record)

    def _stock_alone(self) -> bool:
        return bool(self._read().get("stock_alone"))

    def _ours(self) -> dict[str, list[int]]:
        return dict(self._read().get("files", {}))

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

    def _forget_deltas(self, kind: str, ours: dict[str, list[int]]) -> None:
        """Deltas of this command belong to the full file that is replaced."""
        for name in [name for name in ours if name.startswith(f"{kind}.delta")]:
            stamp = ours.pop(name)
            with suppress(OSError):
                if _stamp(self.folder / name) == stamp:
                    (self.folder / name).unlink()


def _stamp(file: Path) -> list[int]:
    try:
        state = file.stat()
    except OSError:
        return []
    return [state.st_size, state.st_mtime_ns]

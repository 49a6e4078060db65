"""`cheval import FILE --mapping ...`: converts a file of another system and imports what it gives."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from kiosk.clock import now_us
from kiosk.commands.feed_importers import CommandError, Importer, Progress
from kiosk.config import ConfigError, StoreConfig
from kiosk.config.connectors.feed_place import feed_folder
from kiosk.config.shop import zone_of
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.values.texts import shown
from kiosk.connectors.mapping import Conversion, Shop, convert, load_mapping
from kiosk.connectors.mapping.model import MappingFile
from kiosk.store.api.feed_answers import FeedLoss, FeedResult
from kiosk.store.connected.feed_files import WORK, FeedFiles, OtherFileError

SHOWN_MISTAKES: Final = 10
_ROWS_OF: Final = {"styles": "styles", "items": "articles", "stock": "counts"}


@dataclass(slots=True)
class MappedImport:
    """Imports one file as an `Importer` does a folder; `conversion` is known after the first `run`."""

    importer: Importer
    file: Path
    mapping: MappingFile
    named: str
    files: FeedFiles
    shop: Shop
    state: Path
    delta: bool = False
    conversion: Conversion | None = field(default=None)

    def run(
        self, folder: Path | None, *, dry_run: bool = False, accepted: Sequence[FeedLoss] = ()
    ) -> FeedResult:
        """`folder` is None: the files go into the feed. Raises CommandError, StoreError and what an importer raises."""
        if folder is not None:
            raise CommandError(f"{folder}: a file that is read by a mapping goes into the feed")
        with self.files.alone():
            if self.conversion is not None and not dry_run:
                return self.importer.run(self.files.import_folder, accepted=accepted)
            with tempfile.TemporaryDirectory(dir=self.state, prefix=WORK) as work:
                return self._run(Path(work), dry_run=dry_run, accepted=accepted)

    def _run(self, work: Path, *, dry_run: bool, accepted: Sequence[FeedLoss]) -> FeedResult:
        modified_ns = self.file.stat().st_mtime_ns
        made = self._convert(work)
        if not self.delta and self.files.keeps_stock(made.paths):
            made = without_stock(made)
        self.conversion = made
        # a dry run says what the import would say
        try:
            kinds = [file.stem for file in made.paths]
            self.files.check(kinds, delta=self.delta, modified_ns=modified_ns)
        except OtherFileError as error:
            raise CommandError(f"{error}, or use --delta to put the file on top of it") from None
        if dry_run:
            if self.delta:
                for file in made.paths:
                    file.rename(file.with_name(f"{file.stem}.delta{file.suffix}"))
            return self.importer.run(work, dry_run=True)
        self.files.put(made.paths, modified_ns, delta=self.delta)
        return self.importer.run(self.files.import_folder, accepted=accepted)

    def _convert(self, folder: Path) -> Conversion:
        progress = Progress()
        try:
            return convert(
                self.file, self.mapping, folder, self.shop,
                lambda done, whole: progress.show(shown(self.file.name), done, whole),
            )  # fmt: skip
        except UnreadableError as error:
            raise CommandError(f"{shown(str(self.file))}: {error}") from None
        finally:
            progress.end()


def mapped_import(
    args: argparse.Namespace, config: StoreConfig, state: Path, importer: Importer
) -> MappedImport:
    """The import that the arguments ask for. Raises CommandError."""
    try:
        mapping = load_mapping(args.mapping)
    except ConfigError as error:
        raise CommandError(f"--mapping {error}") from None
    shop = Shop(config.shop.currency, ZoneInfo(zone_of(config.shop)), now_us())
    files = FeedFiles(state, feed_folder(config, state))
    return MappedImport(importer, args.folder, mapping, args.mapping, files, shop, state, args.delta)


def without_stock(made: Conversion) -> Conversion:
    """A conversion whose counts are not taken; their file is deleted."""
    for file in made.paths:
        if file.stem == "stock":
            file.unlink()
    return replace(
        made,
        lines={kind: count for kind, count in made.lines.items() if kind != "stock"},
        paths=tuple(file for file in made.paths if file.stem != "stock"),
        notes=(*made.notes, "its counts are not taken: an export of stock alone was imported before"),
    )


def check_arguments(args: argparse.Namespace) -> None:
    """Raises CommandError."""
    if args.delta and not args.mapping:
        raise CommandError("--delta belongs to --mapping; a delta of the feed has .delta in its name")
    if args.mapping and (args.folder is None or not args.folder.is_file()):
        what = "name the file" if args.folder is None else f"{args.folder} is no file"
        raise CommandError(f"{what}: cheval import FILE --mapping {args.mapping}")


def mapping_lines(made: Conversion, named: str, *, verbose: bool) -> Iterator[str]:
    """What was read of the file, as lines of text."""
    parts = [f"{made.lines[kind]} {word}" for kind, word in _ROWS_OF.items() if kind in made.lines]
    yield f"{made.file} as {named}: {made.rows} rows: {', '.join(parts)}"
    yield f"  {made.refused} refused, {made.left_out} left out"
    for note in made.notes:
        yield f"note: {made.file}: {note}"
    shown = made.mistakes if verbose else made.mistakes[:SHOWN_MISTAKES]
    for mistake in shown:
        yield f"  {mistake}"
    left = len(made.mistakes) + made.more_mistakes - len(shown)
    if left > 0:
        yield f"  and {left} more{'' if verbose else '; --verbose shows up to 1000'}"


def mapping_json(made: Conversion, named: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": made.file,
        "mapping": named,
        "rows": made.rows,
        "refused": made.refused,
        "left_out": made.left_out,
        "lines": made.lines,
        "mistakes": [{"line": one.line, "what": one.what} for one in made.mistakes],
        "more_mistakes": made.more_mistakes,
        "notes": list(made.notes),
    }

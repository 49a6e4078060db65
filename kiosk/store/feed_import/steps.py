"""The steps of one import: which kinds are read, in which order they are written, and when a kind is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds import FeedFile, FeedFolder, FeedKind, MistakeList
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.items import import_items
from kiosk.store.feed_import.kinds.looks import import_looks
from kiosk.store.feed_import.kinds.promotions import import_promotions
from kiosk.store.feed_import.kinds.shoppers import import_shoppers
from kiosk.store.feed_import.kinds.staff import import_associates
from kiosk.store.feed_import.kinds.stock import counted_by, import_stock, recount_since
from kiosk.store.feed_import.kinds.styles import import_styles
from kiosk.store.feed_import.known_lines import (
    KnownFile,
    content_digest,
    known_digests,
    note_rows,
    save_file,
    stamp_text,
    unchanged,
)
from kiosk.store.feed_import.report import KindReport
from kiosk.store.feed_import.slices import Writes
from kiosk.store.staff.associates import AssociateAccounts


class ImportSteps:
    """One import of a folder. `reports` has one entry for each kind that has or had a file."""

    def __init__(
        self, context: ImportContext, feed: FeedFolder, folder: Path, files: Mapping[str, KnownFile],
        associates: AssociateAccounts, settings: str,
    ) -> None:  # fmt: skip
        """`files`: the files that were imported last. `settings`: what decides how files are read."""
        self._context, self._feed, self._folder, self._files = context, feed, folder, files
        self._accounts, self._settings = associates, settings
        self._marks: dict[str, tuple[str, str]] = {}
        self.reports: dict[str, KindReport] = {k: f.report for k, f in files.items() if f.report is not None}

    def shoppers(self) -> list[str]:
        """Imports shoppers; returns why the file could not be read."""
        reading = self._read("shoppers")
        if isinstance(reading, KindReading):
            import_shoppers(self._context, reading)
            reading.close()
            self._done(reading)
            if reading.deleted:
                self._context.slices.overwrite_erased()
        return _failures(reading)

    def associates(self) -> list[str]:
        """Imports associates; returns why the file could not be read."""
        reading = self._read("associates")
        if isinstance(reading, KindReading):
            import_associates(self._context, reading, self._accounts)
            reading.close()
            self._done(reading)
        return _failures(reading)

    def catalogue(self) -> list[str]:
        """Imports styles, items, stock, looks and promotions, then deletes; returns why a file could not be read."""
        context, failed = self._context, list[str]()
        steps: list[tuple[FeedKind, Callable[[KindReading[Any]], None]]] = [
            ("styles", partial(import_styles, context)),
            ("items", partial(import_items, context)),
            ("stock", self._stock),
            ("looks", partial(import_looks, context)),
            ("promotions", partial(import_promotions, context)),
        ]
        readings: list[KindReading[Any]] = []
        for kind, step in steps:
            reading = self._read(kind, again=self._again(kind))
            failed += _failures(reading)
            if isinstance(reading, KindReading):
                step(reading)
                reading.close()
                readings.append(reading)
                context.changed_kinds.add(kind)
                context.flush()
        for delete in reversed(context.at_end):
            delete()
        for reading in readings:
            self._done(reading)
        context.flush()
        return failed

    def _stock(self, reading: KindReading[Any]) -> None:
        import_stock(self._context, reading, self._file("stock").as_of_us)

    def _again(self, kind: FeedKind) -> bool:
        """Whether a file that has not changed must be read: its lines can be taken now, or can be taken no more."""
        context, waiting = self._context, self._file(kind).waiting > 0
        if kind == "items":
            return bool(context.leaving_styles or context.leaving_colours) or (
                waiting and context.catalogue_grew
            )
        return kind == "stock" and (context.sku_moved or (waiting and context.stock_grew))

    def _file(self, kind: str) -> KnownFile:
        return self._files.get(kind, KnownFile())

    def _read(self, kind: FeedKind, *, again: bool = False) -> KindReading[Any] | FeedFile[Any] | None:
        """The reading of a kind. None: there is no file, or there is nothing new. A file: it cannot be read."""
        stamps, context = self._feed.stamps(kind), self._context
        if not stamps:
            self.reports.pop(kind, None)
            if not context.slices.dry:
                context.mistake_files.forget(kind)
            if context.losses.waits(kind):
                context.slices.once(partial(self._forget, kind=kind))
            return None
        before, stamp = self._file(kind), f"{self._settings} {stamp_text(stamps)}"
        again = again or context.losses.has_yes(kind)
        if stamp == before.stamp and not again:
            return None
        content = content_digest(self._folder, stamps, self._settings)
        if content == before.content and not again:
            context.slices.once(partial(save_file, kind=kind, file=replace(before, stamp=stamp)))
            return None
        return self._reading(kind, stamp, content)

    def _reading(self, kind: FeedKind, stamp: str, content: str) -> KindReading[Any] | FeedFile[Any] | None:
        slices, first = self._context.slices, kind not in self._files
        if first:
            slices.once(partial(note_rows, kind=kind))
        known = slices.use(partial(known_digests, kind=kind, first=first))
        self._context.mistake_files.begin(kind)
        file: FeedFile[Any] | None = self._feed.read(kind, known, partial(slices.progress, kind))
        if file is None or file.failed:
            if file is not None:
                self.reports[kind] = self._kind_reading(file, known).report(self._context.now_us)
                self._context.mistake_files.finish(kind)
            return file
        reading = self._kind_reading(self._dated(file, content), known)
        if not file.partial:
            self._context.losses.begin(kind)
        # a file that was written meanwhile is read again
        same = unchanged(self._folder, self._feed.stamps(kind))
        self._marks[kind] = (stamp, content) if same else ("", "")
        return reading

    def _kind_reading(self, file: FeedFile[Any], known: Mapping[str, bytes]) -> KindReading[Any]:
        on_mistake = partial(self._context.mistake_files.add, file.kind)
        return KindReading(file, known, MistakeList(on_mistake))

    def _dated(self, file: FeedFile[Any], content: str) -> FeedFile[Any]:
        """The file with the time at which it counted. The same content, read again, is not a later count."""
        before = self._file(file.kind)
        same = content == before.content and before.as_of_us > 0
        return replace(file, as_of_us=before.as_of_us) if same else file

    def _done(self, reading: KindReading[Any]) -> None:
        """Notes that all of a file is written."""
        context, kind = self._context, reading.kind
        stamp, content = self._marks[kind]
        self.reports[kind] = report = reading.report(context.now_us)
        before = self._file(kind)
        file = KnownFile(stamp, content, before.as_of_us, reading.waiting, report)
        if kind == "stock":
            file = replace(file, waiting=reading.waiting + context.forgotten_articles)
        if kind == "stock" and not reading.file.partial:
            file = replace(file, as_of_us=counted_by(context, reading.file.as_of_us))
            recount_since(context, min(before.as_of_us, file.as_of_us), file.as_of_us)
        # before the file is noted as imported: if the program ends in between, it is read again
        context.mistake_files.finish(kind)
        context.slices.once(partial(self._save, reading=reading, file=file))
        if kind == "stock":
            # sales between the two steps were counted from the time of the former file
            recount_since(context, context.now_us, file.as_of_us)
            # counts without a time of their own have the time of this file, from now on
            context.changed_kinds.add(kind)

    def _forget(self, writes: Writes, kind: FeedKind) -> None:
        """What waits ends with its file; if the same file comes back, it is read and judged again."""
        self._context.losses.finish(writes, kind)
        if kind in self._files:
            save_file(writes, kind, replace(self._files[kind], stamp="", content=""))

    def _save(self, writes: Writes, reading: KindReading[Any], file: KnownFile) -> None:
        self._context.losses.finish(writes, reading.kind, reading.named)
        save_file(writes, reading.kind, file)


def _failures(reading: KindReading[Any] | FeedFile[Any] | None) -> list[str]:
    return [f"{reading.name}: {reading.failed}"] if isinstance(reading, FeedFile) else []

"""Converts an export into files of the feed: styles, items and stock, row by row."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds.feed_file import FeedMistake
from kiosk.connectors.feeds.mistake_list import MistakeList
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.text_file import Progress
from kiosk.connectors.feeds.values.texts import shown
from kiosk.connectors.mapping.articles import ArticleFields
from kiosk.connectors.mapping.expressions import Compiler
from kiosk.connectors.mapping.families import Families, OrphanError
from kiosk.connectors.mapping.feed_lines import FeedLines, MappedKind
from kiosk.connectors.mapping.model import MappingFile
from kiosk.connectors.mapping.numbers import NumberRules
from kiosk.connectors.mapping.opening import open_export
from kiosk.connectors.mapping.readers.source_rows import Cells, SourceRows, plain
from kiosk.connectors.mapping.row import Row
from kiosk.connectors.mapping.styles import Styles


@dataclass(frozen=True, slots=True)
class Shop:
    """What the meaning of a file depends on besides the mapping: the shop's currency and time zone, and the time."""

    currency: str = ""
    zone: tzinfo = UTC
    now_us: int = 0


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was read of an export. `lines` counts the lines that were written of each kind."""

    file: str
    rows: int
    refused: int
    left_out: int
    lines: dict[str, int]
    mistakes: tuple[FeedMistake, ...] = ()
    more_mistakes: int = 0
    notes: tuple[str, ...] = ()
    paths: tuple[Path, ...] = field(default=(), repr=False)


def convert(
    path: Path, mapping: MappingFile, folder: Path, shop: Shop, progress: Progress | None = None
) -> Conversion:
    """Writes `styles.jsonl`, `items.jsonl` and `stock.jsonl` into a folder, those of them that the mapping makes.

    A row that is refused is a line with the reason, so that what is known of its key stays. Raises UnreadableError if
    the file cannot be read, is cut off or has no rows; OSError.
    """
    with ExitStack() as stack:
        source = stack.enter_context(closing(open_export(path, mapping, shop.currency, progress)))
        converter = _Converter(path.name, source, mapping, folder, shop, stack)
        converter.run()
    result = converter.result()
    for kind in result.lines:
        if (file := folder / f"{kind}.jsonl") not in result.paths:
            file.unlink()
    return result


class _Converter:
    """The state of converting one file."""

    def __init__(
        self, name: str, source: SourceRows, mapping: MappingFile, folder: Path, shop: Shop, stack: ExitStack
    ) -> None:
        self._name, self._source, self._mapping = shown(name), source, mapping
        columns = source.columns
        compiler = Compiler(
            shop.currency, lambda column: columns is None or plain(column).partition(".")[0] in columns
        )
        rules = NumberRules(
            shop.currency, shop.zone, mapping.decimals or source.mark, mapping.locale, mapping.dates,
            mapping.prices == "minor",
        )  # fmt: skip
        self._articles = ArticleFields(mapping, compiler, rules, shop.now_us)
        self._families = stack.enter_context(closing(Families(mapping, compiler, folder)))
        self._skip = [compiler.condition(condition) for condition in mapping.skip]
        self._wanted = [compiler.condition(condition) for condition in mapping.articles]

        def lines(kind: MappedKind) -> FeedLines:
            return stack.enter_context(closing(FeedLines(folder, kind, shop.currency, shop.zone)))

        self._items = lines("items") if mapping.item else None
        has_counts = mapping.stock and compiler.has_any(mapping.stock.get("count", ""))
        self._stock = lines("stock") if has_counts else None
        self._style_lines = lines("styles") if mapping.item else None
        self._styles = (
            stack.enter_context(closing(Styles(mapping, compiler, self._articles, self._style_lines, folder)))
            if self._style_lines
            else None
        )
        self._mistakes = MistakeList(lambda _: None)
        self._rows = self._refused = self._left_out = 0

    def run(self) -> None:
        """Raises UnreadableError."""
        self._families.learn(self._source)
        for line, cells in self._source.rows():
            self._rows += 1
            if isinstance(cells, str):
                self._families.skip()
                self._refuse(line, [cells], {}, {})
            else:
                self._convert(line, cells)
        if self._source.cut:
            raise UnreadableError(f"is incomplete: it {self._source.cut}; export it again")
        if not self._rows:
            raise UnreadableError("has no rows")
        if not any(lines.taken or lines.refused for lines in (self._items, self._stock) if lines is not None):
            raise UnreadableError("has no row that this mapping takes")
        self._write_styles()

    def result(self) -> Conversion:
        kinds = [lines for lines in (self._style_lines, self._items, self._stock) if lines is not None]
        return Conversion(
            file=self._name,
            rows=self._rows,
            refused=self._refused,
            left_out=self._left_out,
            lines={lines.kind: lines.taken for lines in kinds},
            mistakes=self._mistakes.kept,
            more_mistakes=self._mistakes.more,
            notes=(*self._source.notes, *self._mapping.notes),
            # a file that states no count at all says nothing of the stock
            paths=tuple(lines.path for lines in kinds if lines.taken or lines.refused),
        )

    def _convert(self, line: int, cells: Cells) -> None:
        plain_row = self._families.plain(line, cells)
        if self._families.is_parent(plain_row):
            return
        try:
            row, style_row, style_id = self._families.row(line, cells)
        except OrphanError as error:
            item, _ = self._articles.item(plain_row, "")
            self._refuse(line, [str(error)], item, self._articles.stock(plain_row) or {})
            return
        if any(holds(row) or holds(style_row) for holds in self._skip) or not all(
            holds(row) for holds in self._wanted
        ):
            self._left_out += 1
            return
        item, faults = self._item(row, style_row, style_id)
        stock = self._articles.stock(row) if self._stock is not None else None
        if faults:
            self._refuse(line, faults, item, stock or {}, row)
            return
        if self._items is not None:
            self._items.write(item)
        if self._stock is not None and stock is not None:
            self._take_stock(self._stock, line, stock)

    def _item(self, row: Row, style_row: Row, style_id: str) -> tuple[dict[str, Any], list[str]]:
        if self._items is None or self._styles is None:
            return {}, []
        item, faults = self._articles.item(row, style_id)
        key, more = self._items.check(item)
        faults += more
        if not faults:
            faults = self._items.repeats(key, row.line) or self._styles.add(row, style_row, item)
        return item, faults

    def _take_stock(self, lines: FeedLines, line: int, stock: dict[str, Any]) -> None:
        key, faults = lines.check(stock)
        if not faults:
            faults = lines.repeats(key, line)
        if faults:
            self._refused += self._items is None
            lines.refuse(stock, self._mistake(line, [f"stock: {fault}" for fault in faults]))
        else:
            lines.write(stock)

    def _refuse(
        self,
        line: int,
        faults: list[str],
        item: dict[str, Any],
        stock: dict[str, Any],
        row: Row | None = None,
    ) -> None:
        """Refuses a row. Its stock is refused as well where it can be named: it stays as it is known."""
        self._refused += 1
        reason = self._mistake(line, faults)
        if self._items is not None:
            self._items.refuse(item, reason)
        if self._stock is not None and (stock or self._items is None):
            self._stock.refuse(stock, reason)
        if self._styles is not None and row is not None:
            self._styles.refused(row, item, reason)

    def _mistake(self, line: int, faults: list[str]) -> str:
        mistakes = [FeedMistake(self._name, line, fault) for fault in faults]
        for mistake in mistakes:
            self._mistakes.add(mistake)
        return "; ".join(map(str, mistakes[:1])) + "".join(f"; {fault}" for fault in faults[1:3])

    def _write_styles(self) -> None:
        if self._styles is None or self._style_lines is None:
            return
        for line, fields, refused in self._styles.lines():
            if refused:
                reason = (
                    refused if refused.startswith(f"{self._name}:") else f"{self._name}:{line}: {refused}"
                )
                self._style_lines.refuse(fields, reason)
                continue
            _, faults = self._style_lines.check(fields)
            if faults:
                self._style_lines.refuse(fields, self._mistake(line, faults))
            else:
                self._style_lines.write(fields)

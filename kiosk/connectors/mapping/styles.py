"""Styles, put together out of the rows of their articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kiosk.connectors.feeds.limits import COLOUR_CODE, COLOURS
from kiosk.connectors.mapping.articles import ArticleFields, pictures_of
from kiosk.connectors.mapping.expressions import Compiler
from kiosk.connectors.mapping.feed_lines import FeedLines
from kiosk.connectors.mapping.model import MappingFile
from kiosk.connectors.mapping.row import Row, text_of
from kiosk.connectors.mapping.spool import Spool
from kiosk.connectors.mapping.text_checks import text_faults

_ANY_STYLE: Final = {"style_id": "a", "name": "a", "category": "a", "price": 1}
_PRICES = ("price", "price_minor", "price_before", "price_before_minor", "currency")


class Styles:
    """The styles of a file. A style begins with its first article; one with mistakes is refused with its articles."""

    def __init__(
        self,
        mapping: MappingFile,
        compiler: Compiler,
        articles: ArticleFields,
        lines: FeedLines,
        folder: Path,
    ) -> None:
        self._getters = {
            name: compiler.getter(source)
            for name, source in mapping.style.items()
            if name not in ("style_id", "pictures")
        }
        self._pictures = compiler.getter(mapping.style.get("pictures", ""))
        self._articles, self._lines = articles, lines
        self._spool = Spool(folder)

    def __len__(self) -> int:
        return len(self._spool)

    def add(self, row: Row, style_row: Row, item: dict[str, Any]) -> list[str]:
        """Adds the colour of an article to its style, a new one if need be; the mistakes for which it is refused."""
        style_id, code = item["style_id"], item["colour"]
        record = self._spool.get(style_id)
        if record is None or "only" in record:
            return self._begin(row, style_row, item, record["colours"] if record is not None else [])
        if "refused" in record:
            return [f"its style {style_id!r} is refused (line {record['line']})"]
        if code in record["codes"]:
            return []
        colour = self._articles.colour(row, code)
        if faults := self._colour_faults(record, colour):
            return faults
        record["codes"].append(code)
        record["fields"]["colours"].append(colour)
        self._spool.put(style_id, record)
        return []

    def refused(self, row: Row, item: dict[str, Any], reason: str) -> None:
        """Notes that a row of a style is refused. Its colour stays one of the style, else all its articles were lost.

        A style without any other row is refused too, so that it stays as it is known.
        """
        style_id, code = item.get("style_id", ""), item.get("colour", "")
        if not style_id:
            return
        record = self._spool.get(style_id)
        if record is None:
            record = {"line": row.line, "only": reason, "codes": [], "colours": []}
            self._spool.put(style_id, record)
        if "refused" in record or code in record["codes"] or len(code) > COLOUR_CODE:
            return
        colour = self._articles.colour(row, code)
        if self._colour_faults(record, colour):
            return
        record["codes"].append(code)
        (record["colours"] if "only" in record else record["fields"]["colours"]).append(colour)
        self._spool.put(style_id, record)

    def lines(self) -> Iterator[tuple[int, dict[str, Any], str]]:
        """Row number and fields of each style, and why it is refused (empty if it is not)."""
        for style_id, record in self._spool.items():
            fields = record.get("fields", {"style_id": style_id})
            yield record["line"], fields, record.get("refused", "") or record.get("only", "")

    def close(self) -> None:
        self._spool.close()

    def _colour_faults(self, record: dict[str, Any], colour: dict[str, Any]) -> list[str]:
        """Why a colour cannot be added: a style is one line of the feed, and with it would be lost as a whole."""
        if len(record["codes"]) >= COLOURS:
            return [f"colours: more than {COLOURS} in its style"]
        if faults := text_faults(colour):
            return [f"colour {fault}" for fault in faults]
        _, faults = self._lines.check({**record.get("fields", _ANY_STYLE), "colours": [colour]})
        return faults

    def _begin(
        self, row: Row, style_row: Row, item: dict[str, Any], earlier: list[dict[str, Any]]
    ) -> list[str]:
        """`earlier`: colours of rows that were refused before."""
        fields: dict[str, Any] = {"style_id": item["style_id"]}
        for name, get in self._getters.items():
            if text := text_of(get(style_row)):
                fields[name] = text
        fields.update({name: item[name] for name in _PRICES if name in item})
        colour = self._articles.colour(row, item["colour"])
        if "pictures" not in colour and (pictures := pictures_of(self._pictures(style_row))):
            colour["pictures"] = pictures
        fields["colours"] = [*(other for other in earlier if other["code"] != colour["code"]), colour]
        _, faults = self._lines.check(fields)
        faults += [f"colour {fault}" for fault in text_faults(colour)]
        record: dict[str, Any] = {
            "line": row.line,
            "fields": fields,
            "codes": [one["code"] for one in fields["colours"]],
        }
        if faults:
            record = {"line": row.line, "refused": "; ".join(faults)}
        self._spool.put(item["style_id"], record)
        return faults

"""The lines of reports in memory, found by the service's numbers, by our keys and by orders; each is used once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kiosk.connectors.payments.reports.line import LineKind, ReportError, ReportLine, Service

_DATED: Final = re.compile(r"(.+) \d{4}-\d{2}-\d{2}")

MAX_LINES: Final = 2_000_000
"""Lines that are kept; some 1.5 GB."""


class Lines:
    """The lines of all reports of one service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.repeated = 0
        """Lines that were listed before, in an overlapping file."""
        self.first_us = self.last_us = 0
        self.fees: dict[str, int] = {}
        self._lines: list[ReportLine] = []
        self._by: dict[str, list[int]] = {}
        self._used: set[int] = set()
        self._identities: dict[tuple[object, ...], str] = {}

    def add(self, lines: Iterable[ReportLine]) -> None:
        """Adds the lines of a file. Raises ReportError."""
        for line in lines:
            if self._is_repeated(line):
                self.repeated += 1
                continue
            self.fees[line.fee_currency] = self.fees.get(line.fee_currency, 0) + line.fee
            if line.kind is LineKind.OTHER:
                continue
            if len(self._lines) >= MAX_LINES:
                raise ReportError(line.file, line.line, f"more than {MAX_LINES} lines; compare single months")
            self.last_us = max(self.last_us, line.at_us)
            if line.kind is LineKind.CHARGE:
                # other lines may have the time of an earlier payment
                self.first_us = min(self.first_us or line.at_us, line.at_us)
            self._index(line)

    def _is_repeated(self, line: ReportLine) -> bool:
        """Whether the same transaction was read from another file, or with the same identity from this one."""
        identity: tuple[object, ...] = (line.identity,)
        if not line.identity:
            identity = (line.kind, line.reference, line.charge, line.amount, line.at_us, line.batch)
        before = self._identities.setdefault(identity, f"{line.file}" if not line.identity else "")
        if line.identity:
            seen, self._identities[identity] = before == "seen", "seen"
            return seen
        return before != line.file

    def _index(self, line: ReportLine) -> None:
        place = len(self._lines)
        self._lines.append(line)
        names = {_number(line.reference), *map(_number, line.charge)}
        for name in (*names, _key(line.key), _order(line.order)):
            if name:
                self._by.setdefault(name, []).append(place)

    def take(
        self, *, numbers: Iterable[str] = (), keys: Iterable[str] = (), order: str = ""
    ) -> list[tuple[int, ReportLine]]:
        """The lines that are found by any of these, in their order; those that are used are left out."""
        wanted = (
            *map(_number, map(undated, numbers)),
            *map(_number, numbers),
            *map(_key, keys),
            _order(order),
        )
        places = {place for name in wanted if name for place in self._by.get(name, ())}
        return [(place, self._lines[place]) for place in sorted(places - self._used)]

    def use(self, place: int) -> None:
        """The line belongs to a claim, or was reported."""
        self._used.add(place)

    def unused(self) -> Iterator[ReportLine]:
        """Lines that belong to nothing in the ledger."""
        for place, line in enumerate(self._lines):
            if place not in self._used:
                yield line

    def __len__(self) -> int:
        return len(self._lines)


def undated(number: str) -> str:
    """The number of a slip without the day that the ledger adds to it."""
    match = _DATED.fullmatch(number)
    return match[1] if match else number


def _number(text: str) -> str:
    return f"n{text}" if text else ""


def _key(text: str) -> str:
    return f"k{text}" if text else ""


def _order(text: str) -> str:
    return f"o{text}" if text else ""

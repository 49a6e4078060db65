"""The lines of reports in memory, found by the service's numbers, by our keys and by orders; each is used once."""

from __future__ import annotations

import re
from collections import Counter
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
        self._identities: Counter[tuple[object, ...]] = Counter()
        """How often a file has each transaction, at most."""

    def add(self, lines: Iterable[ReportLine]) -> None:
        """Adds the lines of one file; what an earlier one has as often is left out. Raises ReportError."""
        in_file: Counter[tuple[object, ...]] = Counter()
        for line in lines:
            if self._is_repeated(line, in_file):
                self.repeated += 1
                continue
            self.fees[line.fee_currency] = self.fees.get(line.fee_currency, 0) + line.fee
            if line.kind is LineKind.OTHER:
                continue
            if len(self._lines) >= MAX_LINES:
                raise ReportError(line.file, line.line, f"more than {MAX_LINES} lines; compare single months")
            self.last_us = max(self.last_us, line.at_us)
            if line.kind is LineKind.CHARGE or self.service is Service.OWN:
                # other lines of a service may have the time of an earlier payment
                self.first_us = min(self.first_us or line.at_us, line.at_us)
            self._index(line)

    def _is_repeated(self, line: ReportLine, in_file: Counter[tuple[object, ...]]) -> bool:
        """Whether the line was counted before: with its identity, or as often in another file.

        Files are told apart by the call of `add`, because two of them may have one name.
        """
        identity = _identity(line)
        in_file[identity] = 1 if line.identity else in_file[identity] + 1
        if in_file[identity] <= self._identities[identity]:
            return True
        self._identities[identity] = in_file[identity]
        return False

    def _index(self, line: ReportLine) -> None:
        place = len(self._lines)
        self._lines.append(line)
        names = {self._number(line.reference), *map(self._number, line.charge)}
        for name in (*names, _key(line.key), _order(line.order)):
            if name:
                self._by.setdefault(name, []).append(place)

    def take(
        self, *, numbers: Iterable[str] = (), keys: Iterable[str] = (), order: str = ""
    ) -> list[tuple[int, ReportLine]]:
        """The lines that are found by any of these, in their order; those that are used are left out."""
        wanted = (
            *map(self._number, map(undated, numbers)),
            *map(self._number, numbers),
            *map(_key, keys),
            _order(order),
        )
        places = {place for name in wanted if name for place in self._by.get(name, ())}
        return [(place, self._lines[place]) for place in sorted(places - self._used)]

    def _number(self, text: str) -> str:
        return f"n{slip_number(text) if self.service is Service.OWN else text}" if text else ""

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


def _identity(line: ReportLine) -> tuple[object, ...]:
    if line.identity:
        return (line.identity,)
    return (line.kind, line.reference, line.charge, line.amount, line.at_us, line.batch)


def undated(number: str) -> str:
    """The number of a slip without the day that the ledger adds to it."""
    match = _DATED.fullmatch(number)
    return match[1] if match else number


def slip_number(text: str) -> str:
    """The number of a slip without its day and without leading zeros: spreadsheets remove these."""
    plain = undated(text)
    return plain.lstrip("0") or plain if plain.isascii() and plain.isdigit() else plain


def _key(text: str) -> str:
    return f"k{text}" if text else ""


def _order(text: str) -> str:
    return f"o{text}" if text else ""

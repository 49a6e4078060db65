"""Sizes in other countries' words, and what height and weight suggest: the tables that ship, as the store uses them.

A style's system is named as its feed names it: a country and a kind ("eu-women", "us-men", "eu-shoes"), or "alpha".
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erf, hypot, inf, sqrt
from pathlib import Path

from kiosk import paths
from kiosk.core.domain.fit_feedback import BodyFacts, SizeLabel, SizeRun
from kiosk.core.visit.size_labels import SYSTEMS
from kiosk.store.customers.customers import Customer
from recommender.errors import TableError
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_systems import LETTERS, SizeSystems, SizeTable

log = logging.getLogger(__name__)
_HOUSES_DIFFER_CM = 3.0
"""Half a size: by so much two houses' pieces of one size differ; the spread of bodies is wider."""
_SHOES = ("women-shoes", "men-shoes")
_GIRTHS = {"women": "bust_cm", "men": "chest_cm"}
Piece = tuple[str, Sequence[str]]
"""A system of sizes and the run that a style is made in."""


@dataclass(frozen=True, slots=True)
class SizeTables:
    """Safe for any thread. Without a table nothing is said that it would have told."""

    systems: SizeSystems
    chart: BodyChart

    @staticmethod
    def shipped(folder: Path | None = None) -> SizeTables:
        """Those beside the program; one clear line, and empty ones, where they cannot be read."""
        place = folder or paths.assets() / "sizes"
        try:
            return SizeTables(SizeSystems.read(place / "systems.json"), BodyChart.read(place / "body.json"))
        except TableError as broken:
            log.warning("%s: sizes are said in the shop's own system alone", broken)
            return SizeTables(SizeSystems({}, {}, ""), BodyChart({}, "", ""))

    def own(self, system: str) -> str:
        """The country of a style's system; empty for letters and for what no table knows."""
        country = system.partition("-")[0].upper()
        return country if country in SYSTEMS else ""

    def labels(self, system: str, run: Sequence[str]) -> tuple[SizeLabel, ...]:
        """The sizes of a run as each other country prints them, where all tables that know them agree."""
        own = self.own(system)
        return tuple(
            SizeLabel(size, to, label)
            for size in run
            for to in SYSTEMS
            if own and to != own
            for label in self._agreed(self._ladders((system, run)), size, own, to)
        )

    def runs(self, system: str, run: Sequence[str]) -> tuple[SizeRun, ...]:
        """Labels to choose from: the shop's own, then those of each country whose sizes the run knows."""
        found = [SizeRun("", tuple(run), system)]
        labels = self.labels(system, run)
        for country in SYSTEMS:
            sizes = tuple(dict.fromkeys(one.label for one in labels if one.system == country))
            if len(sizes) > 1:
                found.append(SizeRun(country, sizes, system))
        return tuple(found)

    def meant(self, told: BodyFacts, piece: Piece) -> str:
        """The size of a run that a label of these or of like pieces stands for; "" where no table says so."""
        system, run = piece
        if not told.size:
            return ""
        if told.kind == system and not told.system:
            return told.size if told.size in run else ""
        of, to = told.system or self._column(told.kind), self._column(system)
        theirs = {ladder.name for ladder in self._ladders((told.kind, ()))}
        shared = [ladder for ladder in self._ladders(piece) if ladder.name in theirs]
        sizes = [size for size in self._agreed(shared, told.size, of, to) if size in run]
        return sizes[0] if sizes else ""

    def usual(self, customer: Customer | None, category: str, piece: Piece) -> str:
        """The size a customer keeps in pieces of this system; by the tables where she keeps another country's."""
        if customer is None:
            return ""
        usual = customer.usual(category, piece[0])
        if usual in piece[1]:
            return usual
        by_table = (
            self.meant(BodyFacts(kind=worn.category, size=worn.size), piece) for worn in customer.sizes
        )
        return next((size for size in by_table if size), usual)

    def chances(self, piece: Piece, told: BodyFacts) -> tuple[float, ...]:
        """What height and weight suggest of each size of a run, adding up to one; empty where the chart is silent."""
        found = [c for c in (self._of_group(piece, who, told) for who in self._groups(piece)) if sum(c) > 0]
        if not found:
            return ()
        sums = [sum(each) for each in zip(*found, strict=True)]
        return tuple(each / sum(sums) for each in sums)

    def _of_group(self, piece: Piece, who: str, told: BodyFacts) -> list[float]:
        lines = self.chart.groups.get(who)
        shoes = piece[0].endswith("shoes")
        measures = lines.measures(told.height_cm, told.weight_kg) if lines else {}
        measure = measures.get("foot" if shoes else "chest")
        if measure is None:
            return [0.0] * len(piece[1])
        middle, spread = measure[0], hypot(measure[1], 0.0 if shoes else _HOUSES_DIFFER_CM)
        return [_mass(middle, spread, low, high) for low, high in self._bounds(piece, who)]

    def _bounds(self, piece: Piece, who: str) -> Iterator[tuple[float, float]]:
        """Between which girths (for shoes, lengths of foot) each size of a run is worn, cm; nothing where unknown."""
        system, run = piece
        if system == LETTERS:
            girths = self.systems.girths.get(who)
            known = {name: (low, high) for name, low, high in girths.letters} if girths else {}
            yield from (known.get(size.upper(), (inf, inf)) for size in run)
            return
        shoes = system.endswith("shoes")
        ladder = self.systems.tables.get(f"{who}-shoes" if shoes else who)
        # Japan prints the length of the foot on a shoe, in centimetres.
        column = "JP" if shoes else _GIRTHS[who]
        rows = [row for row in ladder.rows if column in row] if ladder else []
        middles = [float(row[column]) for row in rows]
        ends = [-inf, *((a + b) / 2 for a, b in pairwise(middles)), inf]
        by_size = {row.get(self.own(system), ""): ends[at : at + 2] for at, row in enumerate(rows)}
        for size in run:
            low, high = by_size.get(size, (inf, inf))
            yield low, high

    def _groups(self, piece: Piece) -> tuple[str, ...]:
        tables = {ladder.name.partition("-")[0] for ladder in self._ladders(piece)}
        return tuple(who for who in ("women", "men") if who in tables)

    def _ladders(self, piece: Piece) -> list[SizeTable]:
        system, run = piece
        kind = system.partition("-")[2] if self.own(system) else ""
        names = _SHOES if kind == "shoes" else tuple(_GIRTHS) if system == LETTERS else (kind,)
        known = [self.systems.tables[name] for name in names if name in self.systems.tables]
        column = self._column(system)
        holding = [ladder for ladder in known if any(_holds(ladder, column, size) for size in run)]
        return holding if run else known

    def _column(self, system: str) -> str:
        return LETTERS if system == LETTERS else self.own(system)

    @staticmethod
    def _agreed(tables: Sequence[SizeTable], size: str, of: str, to: str) -> tuple[str, ...]:
        said = {ladder.convert(size, of, to) for ladder in tables if _holds(ladder, of, size)}
        return said.pop() if len(said) == 1 else ()


def _holds(ladder: SizeTable, column: str, size: str) -> bool:
    return any(row.get(column, "").upper() == size.upper() for row in ladder.rows)


def _mass(middle: float, spread: float, low: float, high: float) -> float:
    """The share of a normal distribution between two ends."""
    return _below((high - middle) / spread) - _below((low - middle) / spread)


def _below(z: float) -> float:
    return 0.5 * (1.0 + erf(z / sqrt(2.0)))

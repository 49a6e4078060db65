"""Sizes of other countries, and sizes that height and weight suggest, from the tables that are shipped.

A style's size system has the name that its feed gives: a country and a kind ("eu-women", "us-men", "eu-shoes"), or
"alpha".
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot, inf
from pathlib import Path
from statistics import NormalDist

from kiosk import paths
from kiosk.core.domain.fit_feedback import BodyFacts, SizeLabel, SizeRun
from kiosk.core.visit.size_labels import SYSTEMS
from kiosk.store.customers.customers import Customer
from recommender.errors import TableError
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_systems import LETTERS, SizeSystems, SizeTable

log = logging.getLogger(__name__)
_BETWEEN_BRANDS_CM = 3.0
"""Standard deviation between two brands' pieces of one size: half a size. The spread of bodies is wider."""
_SHOES = ("women-shoes", "men-shoes")
_GIRTHS = {"women": "bust_cm", "men": "chest_cm"}
MAX_CONVERTED = 50_000
"""Conversions of a label into a size run that are remembered."""
StyleSizes = tuple[str, Sequence[str]]
"""A style's size system and size run."""


@dataclass(frozen=True, slots=True)
class SizeTables:
    """Size and body tables. Safe from any thread. Empty tables give empty answers."""

    systems: SizeSystems
    chart: BodyChart
    _converted: dict[tuple[str, str, str, str, tuple[str, ...]], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @staticmethod
    def shipped(folder: Path | None = None) -> SizeTables:
        """The shipped tables (`folder` replaces their place); empty ones, with one warning, if they cannot be read."""
        place = folder or paths.assets() / "sizes"
        try:
            return SizeTables(SizeSystems.read(place / "systems.json"), BodyChart.read(place / "body.json"))
        except TableError as broken:
            log.warning("%s: sizes are shown in the shop's own size system only", broken)
            return SizeTables(SizeSystems({}, {}, ""), BodyChart({}, "", ""))

    def country_of(self, system: str) -> str:
        """The country of a size system; empty for letter sizes and for an unknown system."""
        country = system.partition("-")[0].upper()
        return country if country in SYSTEMS else ""

    def labels(self, system: str, run: Sequence[str]) -> tuple[SizeLabel, ...]:
        """The labels of a run's sizes in the other countries, if all tables that contain the size agree."""
        own = self.country_of(system)
        return tuple(
            SizeLabel(size, to, label)
            for size in run
            for to in SYSTEMS
            if own and to != own
            for label in self._agreed(self._ladders((system, run)), size, own, to)
        )

    def runs(self, system: str, run: Sequence[str]) -> tuple[SizeRun, ...]:
        """Size runs to choose a label from: the shop's own, then one for each country with at least two labels."""
        found = [SizeRun("", tuple(run), system)]
        labels = self.labels(system, run)
        for country in SYSTEMS:
            sizes = tuple(dict.fromkeys(one.label for one in labels if one.system == country))
            if len(sizes) > 1:
                found.append(SizeRun(country, sizes, system))
        return tuple(found)

    def size_for_label(self, facts: BodyFacts, style: StyleSizes) -> str:
        """The size of the run that a label means, of this or a like system; "" if no table has it."""
        return next(iter(self.sizes_for_label(facts, style)), "")

    def sizes_for_label(self, facts: BodyFacts, style: StyleSizes) -> tuple[str, ...]:
        """All sizes of the run that a label means, ascending: a letter can be two numbers."""
        system, run = style
        if not facts.size:
            return ()
        if facts.kind == system and not facts.system:
            return (facts.size,) if facts.size in run else ()
        # suggestions ask this for each size run of the shop
        key = (facts.kind, facts.size, facts.system, system, tuple(run))
        found = self._converted.get(key)
        if found is None:
            if len(self._converted) >= MAX_CONVERTED:
                self._converted.clear()
            found = self._converted[key] = self._convert(facts, style)
        return found

    def _convert(self, facts: BodyFacts, style: StyleSizes) -> tuple[str, ...]:
        system, run = style
        of, to = facts.system or self._column(facts.kind), self._column(system)
        theirs = {ladder.name for ladder in self._ladders((facts.kind, ()))}
        shared = [ladder for ladder in self._ladders(style) if ladder.name in theirs]
        return tuple(size for size in self._agreed(shared, facts.size, of, to) if size in run)

    def usual(self, customer: Customer | None, category: str, style: StyleSizes) -> str:
        """The customer's usual size in this system, converted by the tables if it is stored for another country."""
        if customer is None:
            return ""
        usual = customer.usual(category, style[0])
        if usual in style[1]:
            return usual
        by_table = (
            self.size_for_label(BodyFacts(kind=worn.category, size=worn.size), style)
            for worn in customer.sizes
        )
        return next((size for size in by_table if size), usual)

    def probabilities(self, style: StyleSizes, facts: BodyFacts) -> tuple[float, ...]:
        """Probability of each size of a run from height and weight, sum 1; empty if the body chart has no answer.

        A heavier body of the same height never gets smaller sizes: the chart's lines ascend, and of women's and men's
        lines that both count for letters, one is used at its end beyond its range.
        """
        found = self._chances(style, facts)
        sums = [sum(each) for each in zip(*found, strict=True)]
        return tuple(each / sum(sums) for each in sums)

    def in_run(self, style: StyleSizes, facts: BodyFacts) -> float:
        """Probability that height and weight belong to any size of a run, 0 to 1: small where a run has only sizes for
        other bodies. Of women's and men's lines the larger one."""
        return max(map(sum, self._chances(style, facts)), default=0.0)

    def _chances(self, style: StyleSizes, facts: BodyFacts) -> list[list[float]]:
        """Of women's and of men's lines as far as they count: the probability of each size, of all that there are."""
        groups = [who for who in self._groups(style) if who in self.chart.groups]
        if not any(self._in_range(who, facts) for who in groups):
            return []
        return [c for c in (self._of_group(style, who, facts) for who in groups) if sum(c) > 0]

    def has_chart(self, style: StyleSizes) -> bool:
        """Whether the body chart can answer for sizes of a run, for some height and weight."""
        return any(who in self.chart.groups for who in self._groups(style))

    def _in_range(self, who: str, facts: BodyFacts) -> bool:
        return bool(self.chart.groups[who].measures(facts.height_cm, facts.weight_kg))

    def _of_group(self, style: StyleSizes, who: str, facts: BodyFacts) -> list[float]:
        lines = self.chart.groups[who]
        shoes = style[0].endswith("shoes")
        measures = lines.measures(
            min(max(facts.height_cm, lines.height_cm[0]), lines.height_cm[1]),
            min(max(facts.weight_kg, lines.weight_kg[0]), lines.weight_kg[1]),
        )
        measure = measures.get("foot" if shoes else "chest")
        if measure is None:
            return [0.0] * len(style[1])
        body = NormalDist(measure[0], hypot(measure[1], 0.0 if shoes else _BETWEEN_BRANDS_CM))
        return [body.cdf(high) - body.cdf(low) for low, high in self._bounds(style, who)]

    def _bounds(self, style: StyleSizes, who: str) -> Iterator[tuple[float, float]]:
        """Range of girth (for shoes: foot length) of each size of a run, cm; (inf, inf) if unknown."""
        system, run = style
        if system == LETTERS:
            girths = self.systems.girths.get(who)
            known = {name: (low, high) for name, low, high in girths.letters} if girths else {}
            yield from (known.get(size.upper(), (inf, inf)) for size in run)
            return
        shoes = system.endswith("shoes")
        ladder = self.systems.tables.get(f"{who}-shoes" if shoes else who)
        # The Japanese shoe size is the foot length in centimetres.
        column = "JP" if shoes else _GIRTHS[who]
        rows = [row for row in ladder.rows if column in row] if ladder else []
        middles = [float(row[column]) for row in rows]
        ends = [-inf, *((a + b) / 2 for a, b in pairwise(middles)), inf]
        by_size = {row.get(self.country_of(system), ""): ends[at : at + 2] for at, row in enumerate(rows)}
        for size in run:
            low, high = by_size.get(size, (inf, inf))
            yield low, high

    def _groups(self, style: StyleSizes) -> tuple[str, ...]:
        tables = {ladder.name.partition("-")[0] for ladder in self._ladders(style)}
        return tuple(who for who in ("women", "men") if who in tables)

    def _ladders(self, style: StyleSizes) -> list[SizeTable]:
        system, run = style
        kind = system.partition("-")[2] if self.country_of(system) else ""
        names = _SHOES if kind == "shoes" else tuple(_GIRTHS) if system == LETTERS else (kind,)
        known = [self.systems.tables[name] for name in names if name in self.systems.tables]
        column = self._column(system)
        holding = [ladder for ladder in known if any(_holds(ladder, column, size) for size in run)]
        return holding if run else known

    def _column(self, system: str) -> str:
        return LETTERS if system == LETTERS else self.country_of(system)

    @staticmethod
    def _agreed(tables: Sequence[SizeTable], size: str, of: str, to: str) -> tuple[str, ...]:
        labels = {ladder.convert(size, of, to) for ladder in tables if _holds(ladder, of, size)}
        return labels.pop() if len(labels) == 1 else ()


def _holds(ladder: SizeTable, column: str, size: str) -> bool:
    return any(row.get(column, "").upper() == size.upper() for row in ladder.rows)

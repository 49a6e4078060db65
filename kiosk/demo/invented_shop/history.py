"""Writes a year of purchase history drawn from a seeded model; the demo's models are trained on it.

The model, in the order in which a visit is drawn:
1. **Customers** (`customers`) have preferences over six moods, preferred colour families, a budget, a visit rate and
   body measures. One visit in three is a guest's: its rows have no shopper.
2. **Time.** Visits follow the visit rate; Saturdays count double, Sundays are online, December counts 1.5 times.
3. **First piece**: drawn by the style's popularity (log-normal), its season (warm fabrics in winter), its age
   (nothing before its arrival, double in its first eight weeks), the customer's moods and colours, and the price
   against the budget. Customers stay within the women's or men's line.
4. **Other pieces** (1.5 on average): the category by `preferences.COMPANION_ODDS`, the piece by the same odds times
   colour harmony and mood similarity. From these pairs the looks are learned.
5. **Size and fit.** The size taken is the label nearest to the body; `preferences.SIZE_BIAS` shifts the style's real
   size. More than 0.7 sizes off is felt as small or large; a wrong size is mostly not bought. Every second customer
   answers how a piece fits; the newest styles have no answers.
6. **Outcome.** In the shop: tried and kept, or tried and left; 7 of 8 kept pieces are bought. One try in ten asks for
   another size, one in twenty-five is refused ("not this"). Online, everything is a purchase. 5 % (shop) or 18 %
   (online) of purchases are returned, three times as many where the fit was wrong.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.invented_shop import preferences as tastes
from kiosk.demo.invented_shop.catalogue_columns import DAYS, FIRST_DAY, CatalogueColumns, catalogue_columns
from kiosk.demo.invented_shop.customers import Customers, draw_customers
from kiosk.demo.invented_shop.styles import Style

Doubles = NDArray[np.float64]

CUSTOMERS: Final = 4_000
VISITS: Final = 17_500
DAY_S: Final = 86_400
# Days for which a new style is drawn twice as often.
_NEW_DAYS: Final = 56
# Styles that arrived in the last so many days of the year have no fit answers.
_UNANSWERED_DAYS: Final = 62


@dataclass(slots=True)
class HistoryRows:
    """Columns of the history, filled row by row."""

    basket: list[str] = field(default_factory=list)
    shopper: list[str | None] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    channel: list[str] = field(default_factory=list)
    fits: list[tuple[int, int, str, str, int]] = field(default_factory=list)

    def put(self, visit: "Visit", item: int, kind: str, after_s: int) -> None:
        """Add one event of a visit, `after_s` seconds after its start."""
        self.basket.append(visit.basket)
        self.shopper.append(visit.shopper)
        self.item.append(item)
        self.at.append(visit.at + after_s)
        self.kind.append(kind)
        self.channel.append("online" if visit.online else "store")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: customer, start (Unix seconds) and channel."""

    basket: str
    customer: int
    shopper: str | None
    at: int
    online: bool


def write(directory: Path, seed: int) -> None:
    """Write `catalogue.parquet`, `events.parquet` and `fits.parquet` into `directory`; same seed, same rows."""
    directory.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    catalogue = catalogue_columns()
    people = draw_customers(CUSTOMERS, len(catalogue.families), rng)
    rows = _year(catalogue, people, rng)
    _save(directory / "catalogue.parquet", _catalogue(catalogue))
    _save(directory / "events.parquet", _events(rows, catalogue))
    _save(directory / "fits.parquet", _fits(rows, catalogue, people))


def _year(catalogue: CatalogueColumns, people: Customers, rng: np.random.Generator) -> HistoryRows:
    rows = HistoryRows()
    liking = _liking(catalogue, people, rng)
    by_day = _by_day(catalogue)
    beside = np.array(
        [[tastes.COMPANION_ODDS[a].get(b, 0.15) for b in catalogue.categories] for a in catalogue.categories],
        float,
    )
    for visit in _visits(people, rng):
        odds = liking[visit.customer] * by_day[(visit.at // DAY_S) - int(FIRST_DAY.timestamp()) // DAY_S]
        first = _draw(odds, rng)
        chosen = [first]
        near = (
            odds
            * catalogue.harmony[catalogue.family[first], catalogue.family]
            * np.exp(2.2 * (catalogue.mood @ catalogue.mood[first]))
        )
        near *= beside[catalogue.category[first], catalogue.category]
        for _ in range(min(int(rng.poisson(1.5)), 5)):
            near[[catalogue.style[i] is catalogue.style[chosen[-1]] for i in range(len(near))]] *= 0.12
            near[chosen] = 0.0
            chosen.append(_draw(near, rng))
        for place, item in enumerate(chosen):
            _try(rows, catalogue, people, visit, item, 120 * place, rng)
    return rows


def _liking(catalogue: CatalogueColumns, people: Customers, rng: np.random.Generator) -> Doubles:
    """Odds of each item for each customer, independent of the day; shape (customers, items)."""
    popularity = np.exp(rng.normal(0.0, 0.55, len(catalogue.ids)))
    taste = np.exp(3.4 * people.taste @ catalogue.mood.T)
    colour = 0.35 + people.families[:, catalogue.family] * len(catalogue.families) * 0.5
    price = np.log([style.price_minor / 40_000 for style in catalogue.style])
    budget = np.exp(-0.35 * (price - 0.6 * people.budget[:, None]) ** 2)
    lines = np.array([style.line for style in catalogue.style])
    hers, his = np.where(lines == "men", 0.02, 1.0), np.where(lines == "women", 0.012, 1.0)
    line = np.where(people.women[:, None], hers, his)
    found: Doubles = popularity * taste * colour * budget * line
    return found


def _by_day(catalogue: CatalogueColumns) -> Doubles:
    """Odds of each item on each day: season, arrival, newness; shape (days, items)."""
    day = np.arange(DAYS + 1)[:, None]
    # The coldest day, 20 January, is day 59 of the year that is drawn.
    winter = np.cos(2 * np.pi * (day - 59) / 365)
    age = day - catalogue.arrived[None, :]
    news = np.where(age < 0, 0.0, np.where(age < _NEW_DAYS, 2.0, 1.0))
    found: Doubles = np.exp(1.1 * winter * catalogue.warmth) * news
    return found


def _visits(people: Customers, rng: np.random.Generator) -> list[Visit]:
    days = np.arange(DAYS)
    weekday = (days + FIRST_DAY.weekday()) % 7
    busy = np.where(weekday == 5, 2.0, np.where(weekday == 6, 0.55, 1.0))
    busy *= np.where((days >= 9) & (days < 34), 1.5, 1.0)
    day = np.sort(rng.choice(DAYS, VISITS, p=busy / busy.sum()))
    who = rng.choice(len(people.ids), VISITS, p=people.visit_rate / people.visit_rate.sum())
    online = (rng.random(VISITS) < 0.26) | (weekday[day] == 6)
    second = np.where(online, rng.integers(6 * 3600, 23 * 3600, VISITS), rng.integers(36_000, 70_000, VISITS))
    known = online | (rng.random(VISITS) < 0.55)
    start = int(FIRST_DAY.timestamp())
    return [
        Visit(
            basket=f"b-{n:06d}",
            customer=int(who[n]),
            shopper=people.ids[who[n]] if known[n] else None,
            at=start + int(day[n]) * DAY_S + int(second[n]),
            online=bool(online[n]),
        )
        for n in range(VISITS)
    ]


def _draw(odds: Doubles, rng: np.random.Generator) -> int:
    heap = np.cumsum(odds)
    return int(min(np.searchsorted(heap, rng.random() * heap[-1], side="right"), len(odds) - 1))


def _try(
    rows: HistoryRows,
    catalogue: CatalogueColumns,
    people: Customers,
    visit: Visit,
    item: int,
    after_s: int,
    rng: np.random.Generator,
) -> None:
    """Draw size, fit and outcome of one piece of a visit."""
    size, off = _size(catalogue.style[item], people, visit.customer, rng)
    felt = "small" if off < -0.7 else "large" if off > 0.7 else "fit"
    asked = visit.shopper is not None and size and rng.random() < 0.5
    if asked and catalogue.arrived[item] < DAYS - _UNANSWERED_DAYS:
        rows.fits.append((visit.customer, item, size, felt, visit.at + after_s))
    wrong = felt != "fit"
    if visit.online:
        rows.put(visit, item, "purchase", after_s)
        _maybe_back(rows, visit, item, 0.45 if wrong else 0.16, rng)
        return
    if rng.random() < 0.04:
        rows.put(visit, item, "not_this", after_s)
        return
    if rng.random() < (0.3 if wrong else 0.07):
        rows.put(visit, item, "request", after_s + 60)
    if rng.random() < (0.14 if wrong else 0.56):
        rows.put(visit, item, "tryon_kept", after_s + 90)
        if rng.random() < 0.875:
            rows.put(visit, item, "purchase", 1_500)
            _maybe_back(rows, visit, item, 0.14 if wrong else 0.045, rng)
    else:
        rows.put(visit, item, "tryon_left", after_s + 90)


def _maybe_back(rows: HistoryRows, visit: Visit, item: int, chance: float, rng: np.random.Generator) -> None:
    if rng.random() < chance:
        rows.put(visit, item, "return", int(rng.integers(2, 21)) * DAY_S)


def _size(style: Style, people: Customers, who: int, rng: np.random.Generator) -> tuple[str, float]:
    """The size taken, and how many sizes it is off (negative: too small)."""
    if len(style.sizes) == 1:
        return "", 0.0
    run = style.sizes
    body = people.shoe[who] - float(run[0]) if style.category == "shoes" else people.step[who]
    habit = round(body + rng.normal(0.0, 0.35))
    taken = min(max(habit, 0), len(run) - 1)
    return run[taken], taken + tastes.SIZE_BIAS.get(style.style_id, 0.0) - body + rng.normal(0.0, 0.25)


def _catalogue(catalogue: CatalogueColumns) -> dict[str, Any]:
    return {
        "item_id": list(catalogue.ids),
        "style_id": [style.style_id for style in catalogue.style],
        "category": [style.category for style in catalogue.style],
        "material": [style.fabric for style in catalogue.style],
        "colour_family": [colour.family for colour in catalogue.colour],
        "colour": [colour.code for colour in catalogue.colour],
        "line": [style.line for style in catalogue.style],
        "size_system": [style.size_system for style in catalogue.style],
        "price": [style.price_minor / 100 for style in catalogue.style],
    }


def _events(rows: HistoryRows, catalogue: CatalogueColumns) -> dict[str, Any]:
    return {
        "basket_id": rows.basket,
        "shopper_id": rows.shopper,
        "item_id": [catalogue.ids[i] for i in rows.item],
        "at": [datetime.fromtimestamp(at, UTC) for at in rows.at],
        "kind": rows.kind,
        "channel": rows.channel,
    }


def _fits(rows: HistoryRows, catalogue: CatalogueColumns, people: Customers) -> dict[str, Any]:
    return {
        "user_id": [people.ids[who] for who, *_ in rows.fits],
        "item_id": [catalogue.style[item].style_id for _, item, *_ in rows.fits],
        "category": [catalogue.style[item].category for _, item, *_ in rows.fits],
        "size": [size for *_, size, _, _ in rows.fits],
        "height_in": [float(people.height_in[who]) for who, *_ in rows.fits],
        "weight_lbs": [float(people.weight_lbs[who]) for who, *_ in rows.fits],
        "fit": [felt for *_, felt, _ in rows.fits],
        "review_date": [datetime.fromtimestamp(at, UTC) for *_, at in rows.fits],
    }


def _save(path: Path, columns: dict[str, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path)

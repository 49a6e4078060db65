"""Writes a year of the house's past, drawn from a stated model with a seed: what the recommender is trained on.

The model, in the order in which a visit is drawn:
1. **Customers** (`clientele`) have tastes over six moods, favourite colour families, a purse, a zeal for visiting and
   a body. One visit in three is a guest's: its rows carry no shopper.
2. **Time.** Visits follow the zeal; Saturdays count double, Sundays are online, December half as much again.
3. **The first piece** is drawn by: the style's popularity (log-normal), its season (warm cloth in winter), its news
   (nothing before it arrived, twice as likely in its first eight weeks), how the customer's taste meets its moods,
   the favourite colours, and its price against the purse. A customer keeps to the line that is made for her or him.
4. **The others** (one and a half on average) are drawn beside it: the category by `tastes.BESIDE`, the piece by the
   same odds times the harmony of colours and the likeness of moods. This is what looks are learned from.
5. **Size and fit.** The size taken is the label nearest to the body; the style's own run (`tastes.RUNS`) moves the
   truth. More than seven tenths of a size off is felt as small or large; a wrong size is mostly left behind. How a
   piece sat is asked of every other customer, of the newest styles of nobody yet.
6. **What remains.** In the shop: tried and kept, or tried and left; what was kept is bought in seven cases of eight.
   One try in ten asks for another size, one in twenty-five is refused ("not this"). Online everything is a purchase.
   Of purchases 5 % (shop) or 18 % (online) come back, three times as many where the fit was wrong.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kiosk.demo.house import tastes
from kiosk.demo.house.clientele import Clientele, clientele
from kiosk.demo.house.rack import DAYS, FIRST_DAY, Rack, rack
from kiosk.demo.house.styles import Style

Doubles = NDArray[np.float64]

CUSTOMERS: Final = 4_000
VISITS: Final = 17_500
DAY_S: Final = 86_400
# Days on which a new style is news.
_NEWS_DAYS: Final = 56
# What arrived within so many days before the year's end nobody has been asked about yet.
_UNANSWERED_DAYS: Final = 62


@dataclass(slots=True)
class Book:
    """The rows as they are written."""

    basket: list[str] = field(default_factory=list)
    shopper: list[str | None] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    channel: list[str] = field(default_factory=list)
    fits: list[tuple[int, int, str, str, int]] = field(default_factory=list)

    def put(self, visit: "Visit", item: int, kind: str, after_s: int) -> None:
        """Note one event of a visit, `after_s` seconds after its beginning."""
        self.basket.append(visit.basket)
        self.shopper.append(visit.shopper)
        self.item.append(item)
        self.at.append(visit.at + after_s)
        self.kind.append(kind)
        self.channel.append("online" if visit.online else "store")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came when, and by which door."""

    basket: str
    customer: int
    shopper: str | None
    at: int
    online: bool


def write(directory: Path, seed: int) -> None:
    """Write `catalogue.parquet`, `events.parquet` and `fits.parquet` into `directory`; same seed, same rows."""
    directory.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    shelf = rack()
    people = clientele(CUSTOMERS, len(shelf.families), rng)
    book = _year(shelf, people, rng)
    _save(directory / "catalogue.parquet", _catalogue(shelf))
    _save(directory / "events.parquet", _events(book, shelf))
    _save(directory / "fits.parquet", _fits(book, shelf, people))


def _year(shelf: Rack, people: Clientele, rng: np.random.Generator) -> Book:
    book = Book()
    liking = _liking(shelf, people, rng)
    by_day = _by_day(shelf)
    beside = np.array(
        [[tastes.BESIDE[a].get(b, 0.15) for b in shelf.categories] for a in shelf.categories], float
    )
    for visit in _visits(people, rng):
        odds = liking[visit.customer] * by_day[(visit.at // DAY_S) - int(FIRST_DAY.timestamp()) // DAY_S]
        first = _draw(odds, rng)
        chosen = [first]
        near = (
            odds
            * shelf.harmony[shelf.family[first], shelf.family]
            * np.exp(2.2 * (shelf.mood @ shelf.mood[first]))
        )
        near *= beside[shelf.category[first], shelf.category]
        for _ in range(min(int(rng.poisson(1.5)), 5)):
            near[[shelf.style[i] is shelf.style[chosen[-1]] for i in range(len(near))]] *= 0.12
            near[chosen] = 0.0
            chosen.append(_draw(near, rng))
        for place, item in enumerate(chosen):
            _try(book, shelf, people, visit, item, 120 * place, rng)
    return book


def _liking(shelf: Rack, people: Clientele, rng: np.random.Generator) -> Doubles:
    """Odds of each item for each customer, whatever the day."""
    popularity = np.exp(rng.normal(0.0, 0.55, len(shelf.ids)))
    taste = np.exp(3.4 * people.taste @ shelf.mood.T)
    colour = 0.35 + people.families[:, shelf.family] * len(shelf.families) * 0.5
    price = np.log([style.price_minor / 40_000 for style in shelf.style])
    purse = np.exp(-0.35 * (price - 0.6 * people.purse[:, None]) ** 2)
    lines = np.array([style.line for style in shelf.style])
    hers, his = np.where(lines == "men", 0.02, 1.0), np.where(lines == "women", 0.012, 1.0)
    line = np.where(people.women[:, None], hers, his)
    found: Doubles = popularity * taste * colour * purse * line
    return found


def _by_day(shelf: Rack) -> Doubles:
    """Odds of each item on each day: season, arrival, news."""
    day = np.arange(DAYS + 1)[:, None]
    # The coldest day, 20 January, is day 59 of the year that is drawn.
    winter = np.cos(2 * np.pi * (day - 59) / 365)
    age = day - shelf.arrived[None, :]
    news = np.where(age < 0, 0.0, np.where(age < _NEWS_DAYS, 2.0, 1.0))
    found: Doubles = np.exp(1.1 * winter * shelf.warmth) * news
    return found


def _visits(people: Clientele, rng: np.random.Generator) -> list[Visit]:
    days = np.arange(DAYS)
    weekday = (days + FIRST_DAY.weekday()) % 7
    busy = np.where(weekday == 5, 2.0, np.where(weekday == 6, 0.55, 1.0))
    busy *= np.where((days >= 9) & (days < 34), 1.5, 1.0)
    day = np.sort(rng.choice(DAYS, VISITS, p=busy / busy.sum()))
    who = rng.choice(len(people.ids), VISITS, p=people.zeal / people.zeal.sum())
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
    book: Book,
    shelf: Rack,
    people: Clientele,
    visit: Visit,
    item: int,
    after_s: int,
    rng: np.random.Generator,
) -> None:
    """What becomes of one piece of a visit."""
    size, off = _size(shelf.style[item], people, visit.customer, rng)
    felt = "small" if off < -0.7 else "large" if off > 0.7 else "fit"
    asked = visit.shopper is not None and size and rng.random() < 0.5
    if asked and shelf.arrived[item] < DAYS - _UNANSWERED_DAYS:
        book.fits.append((visit.customer, item, size, felt, visit.at + after_s))
    wrong = felt != "fit"
    if visit.online:
        book.put(visit, item, "purchase", after_s)
        _maybe_back(book, visit, item, 0.45 if wrong else 0.16, rng)
        return
    if rng.random() < 0.04:
        book.put(visit, item, "not_this", after_s)
        return
    if rng.random() < (0.3 if wrong else 0.07):
        book.put(visit, item, "request", after_s + 60)
    if rng.random() < (0.14 if wrong else 0.56):
        book.put(visit, item, "tryon_kept", after_s + 90)
        if rng.random() < 0.875:
            book.put(visit, item, "purchase", 1_500)
            _maybe_back(book, visit, item, 0.14 if wrong else 0.045, rng)
    else:
        book.put(visit, item, "tryon_left", after_s + 90)


def _maybe_back(book: Book, visit: Visit, item: int, chance: float, rng: np.random.Generator) -> None:
    if rng.random() < chance:
        book.put(visit, item, "return", int(rng.integers(2, 21)) * DAY_S)


def _size(style: Style, people: Clientele, who: int, rng: np.random.Generator) -> tuple[str, float]:
    """The label that was taken, and by how many sizes it is off (below zero: too small)."""
    if len(style.sizes) == 1:
        return "", 0.0
    run = style.sizes
    body = people.shoe[who] - float(run[0]) if style.category == "shoes" else people.step[who]
    habit = round(body + rng.normal(0.0, 0.35))
    taken = min(max(habit, 0), len(run) - 1)
    return run[taken], taken + tastes.RUNS.get(style.style_id, 0.0) - body + rng.normal(0.0, 0.25)


def _catalogue(shelf: Rack) -> dict[str, Any]:
    return {
        "item_id": list(shelf.ids),
        "style_id": [style.style_id for style in shelf.style],
        "category": [style.category for style in shelf.style],
        "material": [style.fabric for style in shelf.style],
        "colour_family": [colour.family for colour in shelf.colour],
        "colour": [colour.code for colour in shelf.colour],
        "line": [style.line for style in shelf.style],
        "size_system": [style.size_system for style in shelf.style],
        "price": [style.price_minor / 100 for style in shelf.style],
    }


def _events(book: Book, shelf: Rack) -> dict[str, Any]:
    return {
        "basket_id": book.basket,
        "shopper_id": book.shopper,
        "item_id": [shelf.ids[i] for i in book.item],
        "at": [datetime.fromtimestamp(at, UTC) for at in book.at],
        "kind": book.kind,
        "channel": book.channel,
    }


def _fits(book: Book, shelf: Rack, people: Clientele) -> dict[str, Any]:
    return {
        "user_id": [people.ids[who] for who, *_ in book.fits],
        "item_id": [shelf.style[item].style_id for _, item, *_ in book.fits],
        "category": [shelf.style[item].category for _, item, *_ in book.fits],
        "size": [size for *_, size, _, _ in book.fits],
        "height_in": [float(people.height_in[who]) for who, *_ in book.fits],
        "weight_lbs": [float(people.weight_lbs[who]) for who, *_ in book.fits],
        "fit": [felt for *_, felt, _ in book.fits],
        "review_date": [datetime.fromtimestamp(at, UTC) for *_, at in book.fits],
    }


def _save(path: Path, columns: dict[str, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path)

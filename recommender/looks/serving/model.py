"""A looks model in memory: which garments there are, what was learned about them, and how methods are blended."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from recommender.arrays import Bools, Floats, Ints, Longs, SparseRows


@dataclass(frozen=True, slots=True)
class CoPurchaseWeights:
    """How co-purchase speaks: weights of log(1 + 1000 p), log(1 + 50 p), p, and the largest single p; `beside` says
    whether the rows' worth is added."""

    log_1000: float = 0.0
    log_50: float = 0.0
    linear: float = 0.0
    maximum: float = 0.0
    adds_pair_scores: bool = False

    @property
    def active(self) -> bool:
        """Whether it says anything at all."""
        return bool(self.log_1000 or self.log_50 or self.linear or self.maximum or self.adds_pair_scores)

    def apply(self, p: Floats) -> Floats:
        """What it says for each value that the room's garments have together."""
        score = np.log1p(1000 * p)
        score *= self.log_1000
        if self.log_50:
            score += self.log_50 * np.log1p(50 * p)
        if self.linear:
            score += self.linear * p
        return score


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """How loud the sparse rows are beside the vectors, and the name of the blend that was chosen."""

    name: str
    pairs: CoPurchaseWeights
    styles: CoPurchaseWeights


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that garments may have in common (category, material, colour, hand): -1 where not known."""

    codes: Ints
    values: tuple[str, ...]


@dataclass(frozen=True)
class ItemIndex:
    """The items of the catalogue as served; a row is a place in `ids`.

    `sold` are the rows with sales, in order: the candidates of the main ranking. `sales` counts purchases of each row,
    `weight` sums its weights over baskets (what co-purchase values were divided by, less the shrinkage), `price` is -1
    where unknown, `attributes` are by role.
    """

    ids: tuple[str, ...]
    styles: Ints
    price: Floats
    sales: Ints
    weight: Floats
    sold: Ints
    attributes: dict[str, Attribute]
    numeric_ids: bool

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each id."""
        return {item: row for row, item in enumerate(self.ids)}

    @cached_property
    def sold_position(self) -> Ints:
        """Place among `sold` of each row, -1 for what was never sold."""
        position = np.full(len(self.ids), -1, np.int32)
        position[self.sold] = np.arange(len(self.sold), dtype=np.int32)
        return position

    @cached_property
    def categories(self) -> list[int]:
        """The category of each row, -1 where not known; a plain list, since single cells of it are read."""
        category = self.attributes.get("category")
        return category.codes.tolist() if category else [-1] * len(self.ids)

    @cached_property
    def by_style(self) -> tuple[Ints, Longs]:
        """Rows ordered by style, and where each style starts among them."""
        order = np.argsort(self.styles, kind="stable").astype(np.int32)
        last = int(self.styles.max(initial=-1)) + 2
        return order, np.searchsorted(self.styles[order], np.arange(last)).astype(np.int64)

    def same_style_rows(self, row: int) -> Ints:
        """Every row of the same style, itself included."""
        order, start = self.by_style
        style = self.styles.item(row)
        return order[start.item(style) : start.item(style + 1)]

    def rows_of(self, ids: Any) -> list[int]:
        """Rows of those ids that the catalogue knows, in the order given, without repeats."""
        index = self.index
        known = [index.get(str(item)) for item in ids]
        return [row for row in dict.fromkeys(known) if row is not None]


@dataclass(frozen=True, slots=True)
class NewArrivals:
    """What the features-only model knows: `context` for every row, `target` for the rows it may suggest.

    `bonus` is what speaks for a piece beside the room: how alive its shelf is. `styles` has a row per style and columns
    among `rows`: a new colour of a style that sells is known by its style, as loud as `voice` says.
    """

    rows: Ints
    context: Floats
    target: Floats
    bonus: Floats
    styles: SparseRows
    weights: CoPurchaseWeights


@dataclass(frozen=True)
class LooksModel:
    """All arrays of one model. Vectors: `context` (items x d), `target` (sold x d).

    `context` and `target` hold what LightFM learned and, in further dimensions, the folded habits of the catalogue's
    words; the last dimension is 1 on one side and the bias on the other. `pairs` has a row per item and columns among
    the sold; `styles` a row per style.
    """

    items: ItemIndex
    context: Floats
    target: Floats
    pairs: SparseRows
    styles: SparseRows
    arrivals: NewArrivals
    blend: BlendWeights
    category_pairs: Longs
    metadata: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def popularity(self) -> Floats:
        """log(1 + sales) of the sold items, brought to mean 0 and deviation 1."""
        log_sales = np.log1p(self.items.sales[self.items.sold].astype(np.float64))
        return np.asarray(
            (log_sales - log_sales.mean()) / (log_sales.std() + 1e-9) if len(log_sales) else log_sales,
            np.float32,
        )

    @cached_property
    def best_sellers(self) -> Bools:
        """Marks rows among the best-selling tenth of what was sold."""
        sold = self.items.sales[self.items.sold]
        bar = np.quantile(sold, 0.9) if len(sold) else 1
        return np.asarray(self.items.sales >= max(bar, 2), np.bool_)

"""Arrays of a looks model in memory: items, vectors, co-purchase rows, and the weights that combine them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.arrays import Bools, Floats, Ints, Longs, SparseRows
from recommender.looks.serving.chance import NO_PURCHASES, PurchaseCounts

if TYPE_CHECKING:
    from recommender.looks.serving.outfits.exclusions import OutfitExclusions


# The roles of the attributes that hold which items match each other, and their colour with pattern (see `matching`).
MATCH, SHADE = "match", "shade"


@dataclass(frozen=True, slots=True)
class CoPurchaseWeights:
    """Weights of the co-purchase score: coefficients of log(1 + 1000 p), log(1 + 50 p), p and the largest
    single p. `pair_scores` is the coefficient of the rows' `pair_scores`."""

    log_1000: float = 0.0
    log_50: float = 0.0
    linear: float = 0.0
    maximum: float = 0.0
    pair_scores: float = 0.0

    @property
    def active(self) -> bool:
        """Whether any weight is set."""
        return bool(self.log_1000 or self.log_50 or self.linear or self.maximum or self.pair_scores)

    def apply(self, p: Floats) -> Floats:
        """The score of each summed co-purchase value `p`, without the `maximum` term."""
        score = np.log1p(1000 * p)
        score *= self.log_1000
        if self.log_50:
            score += self.log_50 * np.log1p(50 * p)
        if self.linear:
            score += self.linear * p
        return score


@dataclass(frozen=True, slots=True)
class RoomWeights:
    """Weights for rooms of one number of items.

    `scale` (d) multiplies the mean context vector, dimension by dimension. `repeated` is the coefficient of
    log(1 + number of the room's items of the candidate's category), `matched` that of log(1 + number of the room's
    items that the candidate matches); `matched_other` is added to it if its category is not in the room.
    `style_matched` is the coefficient of log(1 + 1000 p), with p the style value of the room's items that have its
    colour and pattern.
    """

    pairs: CoPurchaseWeights
    styles: CoPurchaseWeights
    scale: Floats | None = None
    repeated: float = 0.0
    matched: float = 0.0
    matched_other: float = 0.0
    style_matched: float = 0.0


@dataclass(frozen=True, slots=True)
class BlendWeights:
    """Name and weights of the chosen blend.

    `by_size` holds the weights for rooms of 1, 2, ... items; larger rooms use the last. If it is empty,
    `pairs` and `styles` are the weights for every room.
    """

    name: str
    pairs: CoPurchaseWeights
    styles: CoPurchaseWeights
    by_size: tuple[RoomWeights, ...] = ()

    def of(self, size: float) -> RoomWeights:
        """The weights for a room of `size` items."""
        if not self.by_size:
            return RoomWeights(self.pairs, self.styles)
        return self.by_size[min(max(int(size + 1e-3), 1), len(self.by_size)) - 1]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One categorical attribute (category, material, colour, designer): `codes` index into `values`, -1 if
    unknown."""

    codes: Ints
    values: tuple[str, ...]


@dataclass(frozen=True)
class ItemIndex:
    """The items of the catalogue as served; a row is an index into `ids`.

    `sold` are the rows with sales, ascending: the candidates of the main ranking. `sales` counts purchases;
    `weight` sums the item's weights over baskets (the denominator of co-purchase values, without shrinkage);
    `price` is -1 if unknown; `attributes` are by role.
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
        """Position of each row in `sold`, -1 for items without sales."""
        position = np.full(len(self.ids), -1, np.int32)
        position[self.sold] = np.arange(len(self.sold), dtype=np.int32)
        return position

    @cached_property
    def categories(self) -> list[int]:
        """Category code of each row, -1 if unknown; a plain list, since single cells are read."""
        category = self.attributes.get("category")
        return category.codes.tolist() if category else [-1] * len(self.ids)

    @cached_property
    def sold_by_category(self) -> tuple[Longs, Longs]:
        """Positions in `sold`, sorted by category, and the start of each category code among them."""
        return self._sold_by("category")

    @cached_property
    def matches(self) -> list[int]:
        """Code of the items that match each other, for each row; -1 if it matches none."""
        match = self.attributes.get(MATCH)
        return match.codes.tolist() if match else [-1] * len(self.ids)

    @cached_property
    def shades(self) -> list[int]:
        """Code of colour and pattern of each row, -1 if unknown."""
        shade = self.attributes.get(SHADE)
        return shade.codes.tolist() if shade else [-1] * len(self.ids)

    @cached_property
    def sold_shades(self) -> Ints:
        """The same of the items of `sold`, as an array."""
        return np.array(self.shades, np.int32)[self.sold]

    @cached_property
    def sold_by_match(self) -> tuple[Longs, Longs]:
        """The same as `sold_by_category` by the code of matching items."""
        return self._sold_by(MATCH)

    @cached_property
    def sold_categories(self) -> Ints:
        """Category code of each item of `sold`; one behind the last code if unknown."""
        category = self.attributes.get("category")
        if category is None:
            return np.zeros(len(self.sold), np.int32)
        codes = category.codes[self.sold]
        return np.where(codes < 0, len(category.values), codes).astype(np.int32)

    def _sold_by(self, role: str) -> tuple[Longs, Longs]:
        attribute = self.attributes.get(role)
        if attribute is None:
            return np.zeros(0, np.int64), np.zeros(1, np.int64)
        codes = attribute.codes[self.sold]
        order = np.argsort(codes, kind="stable")
        return order, np.searchsorted(codes[order], np.arange(len(attribute.values) + 1))

    @cached_property
    def by_style(self) -> tuple[Ints, Longs]:
        """Rows sorted by style, and the start of each style among them."""
        order = np.argsort(self.styles, kind="stable").astype(np.int32)
        last = int(self.styles.max(initial=-1)) + 2
        return order, np.searchsorted(self.styles[order], np.arange(last)).astype(np.int64)

    def same_style_rows(self, row: int) -> Ints:
        """All rows of the same style, including this one."""
        order, start = self.by_style
        style = self.styles.item(row)
        return order[start.item(style) : start.item(style + 1)]

    def rows_of(self, ids: Any) -> list[int]:
        """Rows of the known ids, in the given order, without duplicates."""
        index = self.index
        known = [index.get(str(item)) for item in ids]
        return [row for row in dict.fromkeys(known) if row is not None]


@dataclass(frozen=True, slots=True)
class NewArrivals:
    """Items without sales, ranked by features: `context` for every row, `target` for `rows`.

    `bonus` is the part of the score that does not depend on the room. `styles` has a row per style and
    columns into `rows`; `weights` are its co-purchase weights.
    """

    rows: Ints
    context: Floats
    target: Floats
    bonus: Floats
    styles: SparseRows
    weights: CoPurchaseWeights


@dataclass(frozen=True)
class LooksModel:
    """All arrays of one model. Vectors: `context` (items x d) and `target` (sold items x d).

    They hold the LightFM vectors and, in further dimensions, the item factors and the attribute affinities.
    The last `bias_dimensions` are 1 in `context`, so that they do not depend on the room. `pairs` has a row
    per item, `styles` a row per style; columns index into the sold items.
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
    bought: PurchaseCounts = NO_PURCHASES
    bias_dimensions: int = 1

    @cached_property
    def outfits(self) -> "OutfitExclusions":
        """Which items cannot complete an outfit with others."""
        # imported here, since it reads a model
        from recommender.looks.serving.outfits.exclusions import OutfitExclusions

        return OutfitExclusions(self)

    @cached_property
    def popularity(self) -> Floats:
        """log(1 + sales) of the sold items, standardised to mean 0 and deviation 1."""
        log_sales = np.log1p(self.items.sales[self.items.sold].astype(np.float64))
        return np.asarray(
            (log_sales - log_sales.mean()) / (log_sales.std() + 1e-9) if len(log_sales) else log_sales,
            np.float32,
        )

    @cached_property
    def best_sellers(self) -> Bools:
        """Marks the rows among the best-selling 10 % of sold items, with two sales or more."""
        sold = self.items.sales[self.items.sold]
        threshold = np.quantile(sold, 0.9) if len(sold) else 1
        return np.asarray(self.items.sales >= max(threshold, 2), np.bool_)

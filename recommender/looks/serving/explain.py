"""Explains the score of one item for a room: contribution of each item of the room, and the filters that
apply."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.query import RoomQuery
from recommender.looks.serving.reasons import reason_for, reason_text
from recommender.looks.serving.score import bias_of, vector_contributions


@dataclass(frozen=True, slots=True)
class ItemContribution:
    """What one item of the room contributes to the candidate's score."""

    item_id: str
    vectors: float
    baskets_together: int
    co_purchase: float


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """The explanation. `place` is the rank (from 1) among eligible sold items; None if the item is excluded,
    see `left_out`."""

    item_id: str
    score: float
    place: int | None
    left_out: str | None
    own: float
    contributions: tuple[ItemContribution, ...]
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Plain JSON. The field names are part of the command's interface."""
        return {
            "item_id": self.item_id,
            "score": self.score,
            "place": self.place,
            "left_out": self.left_out,
            "own": self.own,
            "reason": self.reason,
            "room": [
                {name: getattr(contribution, name) for name in ItemContribution.__slots__}
                for contribution in self.contributions
            ],
        }


def explain(looks: LooksRecommender, room: list[str], item: str) -> ScoreExplanation | None:
    """Explanation for `item` in a room; None if the model does not contain the item."""
    model = looks.model
    row = model.items.index.get(item)
    if row is None:
        return None
    query = RoomQuery.of(model, room)
    place = int(model.items.sold_position[row])
    excluded = query.left_out((), colours=True)
    left_out = "it is in the room, in this or another colour" if row in excluded else None
    if place < 0:
        left_out = left_out or "it has no sales yet: it is ranked among the new arrivals"
    score = float(query.scores[place]) if place >= 0 else 0.0
    eligible = np.ones(len(model.items.sold), np.bool_)
    eligible[
        [int(model.items.sold_position[other]) for other in excluded if model.items.sold_position[other] >= 0]
    ] = False
    better = int((query.scores[eligible] > score).sum()) + 1
    return ScoreExplanation(
        item,
        round(score, 4),
        None if left_out else better,
        left_out,
        round(bias_of(model, len(query.rows), place), 4) if place >= 0 else 0.0,
        _contributions(looks, query.rows, place),
        reason_text(reason_for(model, row, query.rows)),
    )


def _contributions(looks: LooksRecommender, rows: list[int], place: int) -> tuple[ItemContribution, ...]:
    ids = looks.model.items.ids
    if place < 0:
        return tuple(ItemContribution(ids[row], 0.0, 0, 0.0) for row in rows)
    vectors = vector_contributions(looks.model, rows, place).tolist()
    return tuple(_contribution(looks, row, place, vector) for row, vector in zip(rows, vectors, strict=True))


def _contribution(looks: LooksRecommender, other: int, place: int, vectors: float) -> ItemContribution:
    model = looks.model
    columns = model.pairs.columns_of(other)
    at = int(np.searchsorted(columns, place))
    met = at < len(columns) and int(columns[at]) == place
    value = float(model.pairs.values_of(other)[at]) if met else 0.0
    return ItemContribution(
        model.items.ids[other], round(vectors, 4), model.pairs.count(other, place), round(value, 4)
    )

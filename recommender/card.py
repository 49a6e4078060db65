"""The model card: what a model was made from, how it did, and what it must not be used for."""

from typing import Any

import numpy as np

from recommender.model import LooksModel
from recommender.ranking import best
from recommender.score import scores

_ROOMS = 400
_TEXT = """# Looks model

- Catalogue {catalogue:.12}…: {items} items, {sold} of them with sales or try-ons.
- History: {events} events in {baskets} baskets, {first} to {until}. No shopper is in this model: rooms are.
- Blend: {blend}. Coverage: {coverage:.0%} of the sold items stand among the first ten of {rooms} single-garment rooms.

## How it was chosen

One piece of each basket of the newest days was hidden; every method had learned from the older days only.

| method | R@10 | R@50 | complement R@10 |
|---|---|---|---|
{table}

## What it is for, and what not

It ranks what goes with the garments in a room. It knows no size and no body, so it can be no better to one size than to
another; which sizes are in stock is a filter of the shop. It has seen only what this house sold: what is never stocked
in large sizes can never be suggested in them, which the house should watch. New arrivals are ranked by features alone.
Reasons shown with suggestions are checked against the counts in the model, not composed.
"""


def card_of(facts: dict[str, Any], coverage: float) -> str:
    """The card as Markdown; the same facts give the same text."""
    rows = [
        f"| {name} | {it['at_10']:.4f} | {it['at_50']:.4f} | {it['complement_at_10']:.4f} |"
        for name, it in sorted(facts["choice"].items(), key=lambda pair: pair[1]["at_10"])
    ]
    return _TEXT.format(
        **{name: facts[name] for name in ("catalogue", "items", "sold", "events", "baskets", "until")},
        first=facts["from"],
        blend=facts["chosen"],
        coverage=coverage,
        rooms=_ROOMS,
        table="\n".join(rows) or "| (the history was too short to hold days back) | | | |",
    )


def coverage_of(model: LooksModel) -> float:
    """Share of sold items among the first ten of rooms with one sold garment, evenly drawn."""
    sold = model.shelf.sold
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    shown = {int(place) for room in rooms for place in best(scores(model, [int(room)]), 10)[:10]}
    return len(shown) / min(len(sold), 10 * len(rooms))

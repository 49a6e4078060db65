"""The model card: what a model was made from, how it did, and what it must not be used for."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.score import scores
from recommender.looks.serving.size_coverage import SizeBandShare
from recommender.looks.serving.top_k import top_k

_ROOMS = 400
_TEXT = """# Looks model

- Catalogue {catalogue:.12}…: {items} items, {sold} of them with sales or try-ons.
- History: {history} No shopper is in this model: rooms are.
- Blend: {blend}. Coverage: {coverage:.0%} of the sold items stand among the first ten of rooms with one garment (up to
  {rooms}, evenly drawn).

## How it was chosen

One piece of each basket of the newest days was hidden; every method had learned from the older days only. In brackets
the 95 % interval over baskets.

| method | R@10 | R@50 | complement R@10 |
|---|---|---|---|
{table}

## Sizes

It knows no size and no body; which sizes are in stock is a filter of the shop. {sizes}

## What it is for, and what not

It ranks what goes with the garments in a room. It has seen only what this house sold: what is never stocked in large
sizes can never be suggested in them, which the house should watch. New arrivals are ranked by features alone.
Reasons shown with suggestions are checked against the counts in the model, not composed.
"""
_SIZES = """Of what it suggests and of what it may suggest, so much is made in each third of the sizes:

| sizes | suggested | in the catalogue |
|---|---|---|
{rows}"""
_JUDGED = """
## How it was judged before it was published

{questions} questions of days it had not seen; best single method: {best}. The model less that method, R@10:
{gain}.{published}

| method | R@10 | R@50 | complement R@10 | unseen R@50 |
|---|---|---|---|---|
{rows}
"""


def model_card(metadata: Mapping[str, Any], coverage: float, sizes: Sequence[SizeBandShare] = ()) -> str:
    """The card as Markdown; the same facts give the same text. `sizes` is empty where the catalogue tells none."""
    intervals = metadata.get("intervals", {})
    rows = [
        f"| {name} | {it['at_10']:.4f}{_between(intervals.get(name))} | {it['at_50']:.4f} "
        f"| {it['complement_at_10']:.4f} |"
        for name, it in sorted(metadata["choice"].items(), key=lambda pair: pair[1]["at_10"])
    ]
    return _TEXT.format(
        **{name: metadata[name] for name in ("catalogue", "items", "sold")},
        history=_history(metadata),
        blend=metadata["chosen"],
        coverage=coverage,
        rooms=_ROOMS,
        table="\n".join(rows) or "| (the history was too short to hold days back) | | | |",
        sizes=_sizes(sizes),
    )


def evaluation_section(verdict: Mapping[str, Any]) -> str:
    """What is added to the card of a published model: what `evaluate looks` found."""
    methods = verdict.get("methods", {})
    rows = [
        f"| {name} | {it['at_10']:.4f}{_between(it.get('at_10_between'))} | {it['at_50']:.4f} "
        f"| {it['complement_at_10']:.4f} | {it['unseen_at_50']:.4f} |"
        for name, it in sorted(methods.items(), key=lambda pair: pair[1]["at_10"])
    ]
    against = verdict.get("against_published_at_10")
    return _JUDGED.format(
        questions=verdict.get("questions", 0),
        best=verdict.get("best_single", "none"),
        gain=_gain(verdict.get("gain_at_10", ())),
        published=f" Less the model published before: {_gain(against)}." if against else "",
        rows="\n".join(rows),
    )


def catalogue_coverage(model: LooksModel) -> float:
    """Share of sold items among the first ten of rooms with one sold garment, evenly drawn."""
    sold = model.items.sold
    if not len(sold):
        return 0.0
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    shown = {int(place) for room in rooms for place in top_k(scores(model, [int(room)]), 10)[:10]}
    return len(shown) / min(len(sold), 10 * len(rooms))


def _history(metadata: Mapping[str, Any]) -> str:
    if not metadata["events"]:
        return "none; it ranks by the catalogue's words and the stylists' looks."
    return f"{metadata['events']} events in {metadata['baskets']} baskets, {metadata['from']} to {metadata['until']}."


def _sizes(sizes: Sequence[SizeBandShare]) -> str:
    if not sizes:
        return (
            "The catalogue told no sizes, so whether it favours what is made in few of them was not measured."
        )
    rows = (f"| {each.band} | {each.suggested:.0%} | {each.offered:.0%} |" for each in sizes)
    return _SIZES.format(rows="\n".join(rows))


def _between(interval: Sequence[float] | None) -> str:
    return f" [{interval[0]:.4f}, {interval[1]:.4f}]" if interval else ""


def _gain(told: Sequence[float]) -> str:
    return f"{told[0]:+.4f} [{told[1]:+.4f}, {told[2]:+.4f}]" if len(told) == 3 else "not known"

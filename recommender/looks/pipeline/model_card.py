"""The model card (Markdown): what a model was trained on, its evaluation, and its limits."""

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
- History: {history} The model contains no shoppers, only rooms.
- Blend: {blend}. Coverage: {coverage:.0%} of the sold items are among the first ten suggestions for rooms
  with one garment (up to {rooms}, evenly drawn).

## How it was chosen

One item of each basket of the newest days was hidden; every method was trained on the older days only. In brackets: the
95 % interval over baskets.

| method | R@10 | R@50 | complement R@10 |
|---|---|---|---|
{table}

## Sizes

The model contains no sizes and no body measurements; the shop filters by the sizes in stock. {sizes}

## Purpose and limits

It ranks items that go with the garments in a room. It was trained on the sales of this shop only: what is never
stocked in large sizes cannot be suggested in them. New arrivals are ranked by features alone. Reasons shown with
suggestions are checked against the counts in the model.
"""
_SIZES = """Share of the suggestions and of the catalogue that is made in each third of the sizes:

| sizes | suggested | in the catalogue |
|---|---|---|
{rows}"""
_JUDGED = """
## Evaluation before publishing

{questions} cases of days not used for training; best single method: {best}. The model minus that method, R@10:
{gain}.{published}

| method | R@10 | R@50 | complement R@10 | unseen R@50 |
|---|---|---|---|---|
{rows}
"""


def model_card(metadata: Mapping[str, Any], coverage: float, sizes: Sequence[SizeBandShare] = ()) -> str:
    """The card as Markdown; the same metadata give the same text. `sizes` is empty if the catalogue has no
    sizes."""
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
        table="\n".join(rows) or "| (the history was too short to hold out days) | | | |",
        sizes=_sizes(sizes),
    )


def evaluation_section(evaluation: Mapping[str, Any]) -> str:
    """The section added to the card of a published model: the result of `evaluate looks`."""
    methods = evaluation.get("methods", {})
    rows = [
        f"| {name} | {it['at_10']:.4f}{_between(it.get('at_10_between'))} | {it['at_50']:.4f} "
        f"| {it['complement_at_10']:.4f} | {it['unseen_at_50']:.4f} |"
        for name, it in sorted(methods.items(), key=lambda pair: pair[1]["at_10"])
    ]
    against = evaluation.get("against_published_at_10")
    return _JUDGED.format(
        questions=evaluation.get("questions", 0),
        best=evaluation.get("best_single", "none"),
        gain=_gain(evaluation.get("gain_at_10", ())),
        published=f" Minus the model published before: {_gain(against)}." if against else "",
        rows="\n".join(rows),
    )


def catalogue_coverage(model: LooksModel) -> float:
    """Share of sold items among the first ten suggestions for single-item rooms, evenly drawn."""
    sold = model.items.sold
    if not len(sold):
        return 0.0
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    shown = {int(place) for room in rooms for place in top_k(scores(model, [int(room)]), 10)[:10]}
    return len(shown) / min(len(sold), 10 * len(rooms))


def _history(metadata: Mapping[str, Any]) -> str:
    if not metadata["events"]:
        return "none; items are ranked by catalogue texts and the stylists' looks."
    return f"{metadata['events']} events in {metadata['baskets']} baskets, {metadata['from']} to {metadata['until']}."


def _sizes(sizes: Sequence[SizeBandShare]) -> str:
    if not sizes:
        return (
            "The catalogue has no sizes, so it was not measured whether items made in few sizes are favoured."
        )
    rows = (f"| {each.band} | {each.suggested:.0%} | {each.offered:.0%} |" for each in sizes)
    return _SIZES.format(rows="\n".join(rows))


def _between(interval: Sequence[float] | None) -> str:
    return f" [{interval[0]:.4f}, {interval[1]:.4f}]" if interval else ""


def _gain(gain: Sequence[float]) -> str:
    return f"{gain[0]:+.4f} [{gain[1]:+.4f}, {gain[2]:+.4f}]" if len(gain) == 3 else "not known"

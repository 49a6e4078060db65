"""The card of a sizes model: training data, when one size is stated alone, and its limits."""

from collections import Counter
from typing import Any

from recommender.arrays import Doubles
from recommender.sizes.serving.body_knowledge import KNOWLEDGE_STATES
from recommender.sizes.serving.fit_table import FIT_CLASSES, FitAnswers
from recommender.sizes.serving.size_choice import MIN_STATED_CONFIDENCE, NEVER_STATED
from recommender.sizes.serving.size_scale import size_position

CARD = "CARD.md"
_SIZES = 40
_TEXT = """# Sizes model

- {answers} answers (small, fit, large) about {products} products; {placed} of them by people whose usual size is known
  from other products. Shoppers are stored as digests of their ids: {shoppers}, with size, category, outcome and day of
  at most 100 of their answers each. Without the id, none can be found.
- Trained on this shop's answers alone. Ratings and comments, which are given with the answer, are not used.

## When one size is stated alone

The confidence from which the most likely size was right four times in five, on the latest fifth of the answers; below
it two sizes are named. Of a guest, the size she took off the rail is known: stated from {stated} on.

| known of the shopper | stated alone from |
|---|---|
{alone}

## Answers behind each size

Sizes with few answers are predicted from answers about similar products. Watch the ends of this table.

| size | answers | small | fit | large |
|---|---|---|---|---|
{sizes}

## Purpose and limits

It recommends the size to try first, and how certain that is; what the shopper feels in the room goes before it. It
makes no measurements. For products without answers it gives no advice; the store may then use a chart from height and
weight, derived from ANSUR II (public domain).
Measured on 1,986 women and 4,082 men of the United States Army in 2012, aged 17 to 58. \
Other people may be built otherwise: a hint, not a measure.
"""


def model_card(metadata: dict[str, Any], fits: FitAnswers, stated_from: Doubles) -> str:
    """The card as Markdown; the same answers give the same text."""
    rows = [
        f"| {state} | {_from(float(chance))} |"
        for state, chance in zip(KNOWLEDGE_STATES, stated_from, strict=True)
    ]
    stated = {name: metadata[name] for name in ("answers", "products", "placed", "shoppers")}
    return _TEXT.format(
        **stated, stated=MIN_STATED_CONFIDENCE, alone="\n".join(rows), sizes="\n".join(_sizes(fits))
    )


def _from(chance: float) -> str:
    return "never" if chance >= NEVER_STATED else f"{max(chance, MIN_STATED_CONFIDENCE):.2f}"


def _sizes(fits: FitAnswers) -> list[str]:
    """The sizes with the most answers, ascending."""
    counted = Counter(fits.size.tolist())
    rows = []
    for size in sorted((size for size, _ in counted.most_common(_SIZES)), key=size_position):
        felt = fits.fit[fits.size == size]
        shares = (f"{(felt == kind).mean():.0%}" for kind in range(len(FIT_CLASSES)))
        rows.append(f"| {size} | {counted[size]} | " + " | ".join(shares) + " |")
    return rows

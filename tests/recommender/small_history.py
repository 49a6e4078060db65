"""A catalogue and a history of a few items, for counts that can be checked by hand."""

from collections.abc import Sequence

import numpy as np

from recommender.inputs.event_kinds import EventKind
from recommender.inputs.tables import Events, Items, TextColumn

DAY = 86_400


def items(styles: Sequence[int], **columns: Sequence[int]) -> Items:
    """Items of these styles; `columns` hold the codes of text columns (-1: empty)."""
    texts = tuple(
        TextColumn(name, np.array(codes, np.int32), tuple(f"{name} {code}" for code in range(max(codes) + 1)))
        for name, codes in columns.items()
    )
    count, names = len(styles), tuple(f"{style:03d}" for style in range(max(styles) + 1))
    return Items(
        tuple(f"i{row}" for row in range(count)),
        np.array(styles, np.int32),
        names,
        np.full(count, np.nan),
        texts,
    )


def events(
    baskets: Sequence[Sequence[int]], kind: EventKind = EventKind.PURCHASE, at: Sequence[int] | None = None
) -> Events:
    """One event per item of each basket; `at` is the time of each basket (default: one day after the other)."""
    times = at if at is not None else [DAY * day for day in range(len(baskets))]
    basket = np.repeat(np.arange(len(baskets), dtype=np.int32), [len(held) for held in baskets])
    item = np.array([row for held in baskets for row in held], np.int32)
    zero = np.zeros(len(item), np.int32)
    return Events(
        basket,
        zero - 1,
        item,
        np.array(times, np.int64)[basket] if len(basket) else np.zeros(0, np.int64),
        zero + int(kind),
        zero,
        tuple(f"b{number}" for number in range(len(baskets))),
        (),
        ("store",),
    )

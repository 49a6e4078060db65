"""Compares the tables of a run with what the served model was trained on, and refuses a loss above a limit.

A catalogue that was exported in part, ids that lost their leading zeros or a history that was cut would otherwise
train a model of what is left, which can pass its evaluation and replace a good one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from recommender.errors import LossError
from recommender.inputs.history_limits import NO_ROWS, RowCounts
from recommender.inputs.row_checks import padding_hint
from recommender.inputs.tables import Events, Items
from recommender.looks.pipeline.comparison import TrainedOn

_EXAMPLES = 3


def check_losses(items: Items, events: Events | None, before: TrainedOn | None, max_loss: float) -> None:
    """Raises `LossError` if more than `max_loss` (a share, 0 to 1) was lost since the served model was trained.

    Without a served model, events are compared with a history of which every row names an item of the catalogue. If
    there was one and nothing is left of it, nothing can be compared, and that is refused as well.
    """
    if before is not None and not before.known:
        raise LossError([f"{before.damage}, and nothing is left that states what it was trained on"])
    known = before or TrainedOn()
    counts = known.counts or {}
    losses = [
        *_unmatched(events, counts, max_loss),
        *(_lost_items(items, known, max_loss) or _fewer_items(items, counts, max_loss)),
        *_lost_rows(events, counts, max_loss),
    ]
    if losses:
        raise LossError([*([known.damage] if known.damage else []), *losses])


def history_facts(events: Events | None) -> dict[str, Any]:
    """What is stored with a model, so that the next run can be compared: rows read, rows left out by reason, rows that
    repeat another, and the share of the usable rows that names an item of the catalogue."""
    facts = row_facts(NO_ROWS if events is None else events.counts)
    return facts if events is None else {**facts, "rows": facts["rows"] or len(events)}


def row_facts(counts: RowCounts) -> dict[str, Any]:
    """The same of counted rows."""
    return {
        "rows": counts.read,
        "left_out": counts.left_out,
        "repeated": counts.repeated,
        "matched": round(counts.matched, 6),
    }


def _unmatched(events: Events | None, before_counts: Mapping[str, float], max_loss: float) -> Iterator[str]:
    if events is None:
        return
    matched, before = events.counts.matched, before_counts.get("matched", 1.0)
    if matched < before * (1 - max_loss):
        counts = events.counts
        usable = counts.read - counts.unusable
        than = f"; for the served model it was {1 - before:.0%}" if before < 1 else ""
        share = f"{counts.unknown_item} of {usable} events ({1 - matched:.0%})"
        yield f"{share} name an item that is not in the catalogue{than}"


def _lost_items(items: Items, before: TrainedOn, max_loss: float) -> list[str]:
    missing = [item for item in before.items if item not in items.index]
    if len(missing) <= max_loss * len(before.items):
        return []
    examples = ", ".join(missing[:_EXAMPLES])
    hint = padding_hint(missing, items.ids)
    share = len(missing) / len(before.items)
    text = f"{len(missing)} of the {len(before.items)} items of {_model(before)} ({share:.0%})"
    text += f" are not in the catalogue any more, such as {examples}"
    return [f"{text}; {hint}" if hint else text]


def _fewer_items(items: Items, counts: Mapping[str, float], max_loss: float) -> list[str]:
    before = counts.get("items", 0)
    if len(items) >= before * (1 - max_loss):
        return []
    return [f"the catalogue has {len(items)} items; the served model was trained on {before:.0f}"]


def _model(before: TrainedOn) -> str:
    return "an earlier model" if before.damage else "the served model"


def _lost_rows(events: Events | None, counts: Mapping[str, float], max_loss: float) -> Iterator[str]:
    # distinct events: an export that held every row twice may be followed by one with half of the rows
    now, before = {"events": 0, "baskets": 0}, dict(counts)
    if events is not None:
        now = {**events.sizes, "events": len(events) - events.counts.repeated}
    before["events"] = counts.get("events", 0) - counts.get("repeated", 0)
    for name, count in now.items():
        if count < before.get(name, 0) * (1 - max_loss):
            yield f"the history has {count} {name}; the served model was trained on {before[name]:.0f}"

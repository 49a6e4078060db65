"""Puts a full file and its deltas together as one state of the feed.

A delta is a file with `.delta` in its name: `stock.delta.csv`, `stock.delta-2.csv` ... by number. It names only what
changed; a line with `deleted` says what no longer exists. A short file without that mark is a loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from kiosk.connectors.feeds.feed_file import FeedFile

T = TypeVar("T")


def merged(full: FeedFile[Any] | None, deltas: Sequence[FeedFile[Any]]) -> FeedFile[Any]:
    """One file with the last word on each key. Without a full file it is a delta (`partial`).

    A delta that cannot be read changes nothing; later deltas are applied all the same, because a line states the
    whole of what it names.
    """
    if full is None:
        first, rest = replace(deltas[0], partial=True), deltas[1:]
    else:
        first, rest = full, deltas
    for delta in rest:
        first = _applied(first, delta)
    return first


def _applied(before: FeedFile[Any], delta: FeedFile[Any]) -> FeedFile[Any]:
    mistakes, notes = before.mistakes + delta.mistakes, before.notes + delta.notes
    more = before.more_mistakes + delta.more_mistakes
    if delta.failed:
        return replace(before, mistakes=mistakes, more_mistakes=more, notes=notes)
    named = delta.digests.keys() | delta.mistaken | delta.deleted

    def rest(old: Mapping[str, T], new: Mapping[str, T]) -> Mapping[str, T]:
        return {key: value for key, value in old.items() if key not in named} | dict(new)

    return replace(
        before,
        changed=rest(before.changed, delta.changed),
        digests=rest(before.digests, delta.digests),
        lines=rest(before.lines, delta.lines),
        delta_files=rest(before.delta_files, dict.fromkeys(delta.digests, (delta.name, delta.as_of_us))),
        mistaken=(before.mistaken - named) | delta.mistaken,
        deleted=(before.deleted - named) | delta.deleted,
        unreadable=before.unreadable + delta.unreadable,
        unknown_mistaken=before.unknown_mistaken + delta.unknown_mistaken,
        mistakes=mistakes,
        more_mistakes=more,
        notes=notes,
        truncated=before.truncated or delta.truncated,
    )

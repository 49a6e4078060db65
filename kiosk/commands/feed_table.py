"""How `cheval import` shows an import: a table of the kinds, what waits for a yes, and mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from kiosk.clock import US
from kiosk.connectors.feeds import REPORT_NAME
from kiosk.core.domain.money import Money
from kiosk.store.api.feed_answers import FeedAmount, FeedKindReport, FeedLoss, FeedResult

SHOWN_MISTAKES = 10
SHOWN_KEYS = 5


def lines_of(result: FeedResult, *, verbose: bool) -> Iterator[str]:
    """The result as lines of text. `verbose`: all mistakes that the result contains."""
    if result.not_accepted:
        yield result.not_accepted
    yield from _kinds(result)
    for note in result.notes:
        yield f"note: {note}"
    for why in result.failed:
        yield f"failed: {why}"
    yield from _mistakes(result, verbose=verbose)
    if result.waiting:
        yield "waits for a yes, and stays as it was until then:"
    for loss in result.waiting:
        yield from loss_lines(loss)


def loss_lines(loss: FeedLoss) -> Iterator[str]:
    """What waits, with some examples."""
    yield f"  {loss.kind}: {loss.what}: {loss.count} of {loss.known}, since {_time(loss.since_us)}"
    for price in loss.prices[:SHOWN_KEYS]:
        yield f"    {price.key}: {_money(price.before)} -> {_money(price.after)}"
    if not loss.prices and loss.sample:
        yield f"    {', '.join(loss.sample[:SHOWN_KEYS])}{' ...' if loss.count > SHOWN_KEYS else ''}"


def advice(result: FeedResult, command: str) -> str:
    """What to do about what waits; empty if nothing does. `command`: the same command without options."""
    if not result.waiting:
        return ""
    kinds = list(dict.fromkeys(loss.kind for loss in result.waiting))
    shown = f"--shown {result.revision}"
    one = f", or one kind: {command} --accept {kinds[0]} {shown}" if len(kinds) > 1 else ""
    return f"take it over with: {command} --accept {shown}{one}; or on the associates' page, as a manager"


def _kinds(result: FeedResult) -> Iterator[str]:
    verb = "would be " if result.dry_run else ""
    rows: list[tuple[str, ...]] = [
        ("kind", "file", "lines", f"{verb}changed", f"{verb}deleted", "unchanged", "mistakes")
    ]
    rows += [_row(kind) for kind in result.kinds]
    if len(rows) == 1:
        yield "no feed file was read"
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(
            _cell(word, width, column) for column, (word, width) in enumerate(zip(row, widths, strict=True))
        )


def _row(kind: FeedKindReport) -> tuple[str, ...]:
    """A kind whose file has not changed since an earlier import has nothing changed."""
    changed, deleted, same = (kind.changed, kind.deleted, kind.unchanged) if kind.read else (0, 0, kind.lines)
    return (kind.kind, kind.file, *map(str, (kind.lines, changed, deleted, same, kind.mistakes)))


def _cell(word: str, width: int, column: int) -> str:
    return word.ljust(width) if column < 2 else word.rjust(width)


def _mistakes(result: FeedResult, *, verbose: bool) -> Iterator[str]:
    if not result.mistakes_total:
        return
    yield f"{result.mistakes_total} mistakes; what is known of these lines stays"
    shown: Iterable[str] = result.mistakes if verbose else result.mistakes[:SHOWN_MISTAKES]
    for mistake in shown:
        yield f"  {mistake}"
    left = result.mistakes_total - (
        len(result.mistakes) if verbose else min(SHOWN_MISTAKES, len(result.mistakes))
    )
    if left > 0:
        where = (
            f"{REPORT_NAME} beside the feed has all" if not result.dry_run else "--verbose shows up to 500"
        )
        yield f"  and {left} more; {where}"


def _time(at_us: int) -> str:
    return datetime.fromtimestamp(at_us // US, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _money(amount: FeedAmount) -> str:
    return Money(amount.minor, amount.currency).formatted("en")

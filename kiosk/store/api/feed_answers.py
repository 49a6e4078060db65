"""What the API says about the retailer's feed: what waits for a yes, what was read, imports, and its health."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.domain.money import Money
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.feed_import import HeldLoss, ImportReport, KindReport, Loss, revision_of
from kiosk.store.feed_imports import FeedState, ImportJob

MAX_MISTAKES = 500


class FeedAmount(JsonObject):
    """An amount of money in minor units."""

    minor: int
    currency: str


class FeedPriceChange(JsonObject):
    """A price that waits: of a style by its id, or of a variant by its article."""

    key: str
    before: FeedAmount
    after: FeedAmount


class FeedLoss(JsonObject):
    """What waits for a yes; `kind` and `digest` identify it. `count` of `known` rows are concerned."""

    kind: str
    what: str
    count: int
    known: int
    sample: tuple[str, ...]
    """At most 20 ids; none of shoppers."""
    prices: tuple[FeedPriceChange, ...]
    digest: str
    since_us: int


class FeedKindReport(JsonObject):
    """The last reading of one kind; `mistakes` is their number. `read`: by the import that this is the result of; else
    its file has not changed since `read_us`."""

    kind: str
    file: str
    read: bool
    read_us: int
    lines: int
    changed: int
    deleted: int
    unchanged: int
    mistakes: int


class FeedAnswer(JsonObject):
    """The retailer's data in the store. Times are 0 where they are not known."""

    now_us: int
    folder: str
    """The configured feed; empty if there is none."""
    read_us: int
    importing: bool
    stock_counted_us: int
    """The oldest count of the stock."""
    stock_file_us: int
    """When the stock file was written that was read last."""
    stock_late: bool
    sold_since_count: int
    """Articles that were sold after their last count, which is older than the sale."""
    waiting: tuple[FeedLoss, ...]
    revision: str
    """Identifies this list of what waits; empty if nothing does."""
    kinds: tuple[FeedKindReport, ...]
    mistakes: int
    report: str
    """Path of the file with all mistakes, on the store's computer; empty if there is none."""
    failed: tuple[str, ...]
    notes: tuple[str, ...]


class FeedMistakes(JsonObject):
    """Mistakes of the last reading of each kind, from `offset` on; `total` is the number of all, `shown` of those that
    can be asked for: the first of each kind. The report beside the feed contains all."""

    total: int
    shown: int
    mistakes: tuple[str, ...]


class FeedResult(JsonObject):
    """What an import has done, or would do (`dry_run`)."""

    dry_run: bool
    kinds: tuple[FeedKindReport, ...]
    waiting: tuple[FeedLoss, ...]
    revision: str
    """Identifies this list of what waits; empty if nothing does."""
    not_accepted: str
    """Why what came as accepted was not taken over, or not all of it; empty if it was."""
    mistakes: tuple[str, ...]
    """The first 500; those of the last import are at /feed/mistakes."""
    mistakes_total: int
    notes: tuple[str, ...]
    failed: tuple[str, ...]


class FeedJob(JsonObject):
    """An import on request. While it runs: the kind that is read, and how many bytes of its file."""

    number: int
    folder: str
    dry_run: bool
    running: bool
    kind: str
    done_bytes: int
    all_bytes: int
    failure: str
    """Why it failed as a whole; empty if it did not."""
    result: FeedResult | None


class FeedHealth(JsonObject):
    """Age of the retailer's data in microseconds UTC (0: not known), and numbers of what needs a person."""

    read_us: int
    stock_counted_us: int
    """The oldest count of the stock."""
    stock_file_us: int
    """When the stock file was written that was read last."""
    stock_late: bool
    sold_since_count: int
    """Articles that were sold after their last count, which is older than the sale."""
    waiting: int
    """Losses that wait for a yes; `prices_waiting` are price changes among them."""
    prices_waiting: int
    mistakes: int
    failed: int
    """Kinds that could not be imported and are tried again."""
    report: str
    """Path of the file with all mistakes, on the store's computer; empty if there is none."""


def feed_answer(found: FeedState, folder: Path | None, now_us: int) -> FeedAnswer:
    """The state of the feed at a time of the store's clock."""
    return FeedAnswer(
        now_us=now_us,
        folder=str(folder or ""),
        read_us=found.report.at_us,
        importing=found.importing,
        stock_counted_us=found.stock_counted_us,
        stock_file_us=found.stock_file_us,
        stock_late=found.stock_late(now_us),
        sold_since_count=found.sold_since_count,
        waiting=tuple(map(loss_answer, found.held)),
        revision=revision_of(found.held),
        kinds=tuple(map(_kind, found.report.kinds)),
        mistakes=found.report.mistake_count,
        report=str(found.report_file or ""),
        failed=found.report.failed,
        notes=found.report.every_note[:MAX_MISTAKES],
    )


def feed_health(found: FeedState, now_us: int) -> FeedHealth:
    """The same in numbers, for everybody."""
    return FeedHealth(
        read_us=found.report.at_us,
        stock_counted_us=found.stock_counted_us,
        stock_file_us=found.stock_file_us,
        stock_late=found.stock_late(now_us),
        sold_since_count=found.sold_since_count,
        waiting=len(found.held),
        prices_waiting=sum(loss.count for loss in found.held if loss.what is Loss.PRICES),
        mistakes=found.report.mistake_count,
        failed=len(found.report.failed),
        report=str(found.report_file or ""),
    )


def loss_answer(held: HeldLoss) -> FeedLoss:
    return FeedLoss(
        kind=held.kind,
        what=held.what.value,
        count=held.count,
        known=held.known,
        sample=held.sample,
        prices=tuple(
            FeedPriceChange(key=p.key, before=_amount(p.before), after=_amount(p.after)) for p in held.prices
        ),
        digest=held.digest,
        since_us=held.since_us,
    )


def _amount(money: Money) -> FeedAmount:
    return FeedAmount(minor=money.minor, currency=money.currency)


def _kind(report: KindReport) -> FeedKindReport:
    return FeedKindReport(
        kind=report.kind, file=report.file, read=report.read, read_us=report.read_us, lines=report.lines,
        changed=report.changed, deleted=report.deleted, unchanged=report.unchanged, mistakes=report.mistake_count,
    )  # fmt: skip


def job_answer(job: ImportJob) -> FeedJob:
    return FeedJob(
        number=job.number,
        folder=str(job.folder),
        dry_run=job.dry_run,
        running=job.running,
        kind=job.progress.kind,
        done_bytes=job.progress.done_bytes,
        all_bytes=job.progress.all_bytes,
        failure=job.failure,
        result=result_answer(job.report) if job.report is not None else None,
    )


def result_answer(report: ImportReport) -> FeedResult:
    """The form in which a command shows an import, with a running store or without one."""
    return FeedResult(
        dry_run=report.dry_run,
        kinds=tuple(map(_kind, report.kinds)),
        waiting=tuple(map(loss_answer, report.held)),
        revision=report.revision,
        not_accepted=report.not_accepted,
        mistakes=report.mistakes[:MAX_MISTAKES],
        mistakes_total=report.mistake_count,
        notes=report.every_note[:MAX_MISTAKES],
        failed=report.failed,
    )

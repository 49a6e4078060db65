"""How a destination of sales documents does, as the API answers it."""

from kiosk.store.api.wire_types import JsonObject
from kiosk.store.sales_out.report import DestinationReport
from kiosk.store.sales_out.state_rows import Act, Decision


class SalesOutHealth(JsonObject):
    """A destination of sales documents in the health report. `waiting`: documents that it has not taken; `oldest_us`:
    when the oldest of them happened, in microseconds since 1970, null if none waits."""

    name: str
    section: str
    """Where it stands in the configuration: `folders` or `web_hooks`, in `sales_out`."""
    waiting: int
    oldest_us: int | None
    tries: int
    """Failed tries of the oldest document."""
    why: str
    """Why the last try failed, why the configuration cannot be used, or why ledger or database cannot be asked."""
    stopped: bool
    """It refuses a document: nothing more is given until a person decides."""
    unusable: bool
    """Its configuration cannot be used."""
    failing: bool
    """Somebody must act: one of these, or a document that has waited for `sales_out.late_minutes`."""


class DecisionAnswer(JsonObject):
    """What a person decided. `by`: the id of a manager, or `command/USER`."""

    act: Act
    document: str
    why: str
    """What the destination had said."""
    reason: str
    """What the person wrote, or the day from which documents are given again."""
    by: str
    at_us: int


class DestinationAnswer(SalesOutHealth):
    """A destination of the configuration."""

    to: str
    """Its folder or address."""
    taken: int
    """How many documents it has taken."""
    taken_us: int
    """When the last one was taken; 0 for never."""
    document: str
    """The document that it refuses; empty if it refuses none."""
    decisions: list[DecisionAnswer]
    """The newest ones, the newest first."""


def sales_out_health(report: DestinationReport, now_us: int) -> SalesOutHealth:
    """A destination in the health report."""
    state = report.state
    return SalesOutHealth(
        name=report.name,
        section=report.section,
        waiting=report.waiting.count,
        oldest_us=report.waiting.oldest_us,
        tries=state.tries if state else 0,
        why=_why(report),
        stopped=bool(state and state.stopped),
        unusable=bool(report.unusable),
        failing=report.failing(now_us),
    )


def destination_answer(
    report: DestinationReport, decisions: tuple[Decision, ...], now_us: int
) -> DestinationAnswer:
    """A destination for managers."""
    state = report.state
    return DestinationAnswer(
        **sales_out_health(report, now_us).model_dump(),
        to=report.to,
        taken=state.taken if state else 0,
        taken_us=state.taken_us if state else 0,
        document=state.stopped if state else "",
        decisions=[
            DecisionAnswer(act=d.act, document=d.document, why=d.why, reason=d.reason, by=d.by, at_us=d.at_us)
            for d in decisions
        ],
    )


def _why(report: DestinationReport) -> str:
    if report.unusable:
        return report.unusable
    if report.unread:
        return f"ledger or database cannot be asked ({report.unread})"
    return report.state.why if report.state else ""

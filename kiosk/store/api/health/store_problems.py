"""What is wrong with the store itself, from its health report."""

from hardware.threads.supervised import Condition
from kiosk.store.api.health.health_answers import HealthAnswer
from kiosk.store.fleet.problems import FleetProblem


def store_problems(health: HealthAnswer) -> tuple[FleetProblem, ...]:
    """The worst first. A task that fails is tried again; with `ok` false the store cannot do its work."""
    threads = any(condition is not Condition.OK for condition in health.threads.values())
    closed = health.payments_closed and not health.disk.low
    wrong = {
        FleetProblem.STORE_FAILING: threads
        or bool(health.failing)
        or (not health.ok and not health.payments_closed),
        FleetProblem.PAYMENTS_CLOSED: closed,
        FleetProblem.STORE_DISK: health.disk.low,
        FleetProblem.STORE_CLOCK: health.clock.held,
        FleetProblem.FEED_LATE: health.feed is not None and health.feed.stock_late and not _is_read(health),
        FleetProblem.LEARNING_LATE: health.looks is not None and bool(health.looks.warnings),
        FleetProblem.BACKUP_OVERDUE: health.backup is not None and health.backup.overdue,
        FleetProblem.ALARMS_UNDELIVERABLE: bool(health.alarms_undeliverable),
        FleetProblem.EVENTS_UNDELIVERED: any(hook.failing for hook in health.web_hooks),
        FleetProblem.SALES_UNDELIVERED: any(each.failing for each in health.sales_out),
        FleetProblem.CONNECTOR_FAILING: any(one.failing for one in health.connectors),
    }
    return tuple(problem for problem, holds in wrong.items() if holds)


def store_faults(health: HealthAnswer) -> tuple[tuple[FleetProblem, str], ...]:
    """The same for the alarms, each with the place where it is wrong: the key of a web hook, destination or
    connector in the configuration, so that a second one that fails is told too, or empty."""
    hooks = (
        (FleetProblem.EVENTS_UNDELIVERED, f"events.web_hooks.{h.name}") for h in health.web_hooks if h.failing
    )
    sales = (
        (FleetProblem.SALES_UNDELIVERED, f"sales_out.{s.section}.{s.name}")
        for s in health.sales_out
        if s.failing
    )
    systems = (
        (FleetProblem.CONNECTOR_FAILING, f"connectors.{c.name}") for c in health.connectors if c.failing
    )
    placed = (FleetProblem.EVENTS_UNDELIVERED, FleetProblem.SALES_UNDELIVERED, FleetProblem.CONNECTOR_FAILING)
    others = ((p, "") for p in store_problems(health) if p not in placed)
    return (*others, *hooks, *sales, *systems)


def _is_read(health: HealthAnswer) -> bool:
    """Whether the counts are from a system that is read well: they stay as old as their last change."""
    return any(one.counts and one.pulled_us and not one.failing for one in health.connectors)

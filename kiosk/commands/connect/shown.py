"""What `cheval connect` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.clock import US
from kiosk.commands.importing.mapped import mapping_json, mapping_lines
from kiosk.config.connectors.connector import Connector
from kiosk.connectors.commerce.pulling import Pulled
from kiosk.store.connected.connected_systems import is_failing
from kiosk.store.connected.pull_record import PullRecord

Known = tuple[str, Connector, PullRecord]


def list_lines(found: Sequence[Known], at_us: int) -> Iterator[str]:
    """One line for each system, and one more for what is wrong."""
    for name, connector, record in found:
        entries = ", ".join(f"{count} of {listing}" for listing, count in record.entries.items())
        read = f"read {_ago(at_us - record.pulled_us)}: {entries}" if record.pulled_us else "was never read"
        refused = f", {record.refused} rows refused" if record.refused else ""
        yield f"{name:20} {connector.uri}  every {connector.every_minutes} min  {read}{refused}"
        if record.why:
            yield (
                f"{'':20} {'FAILS' if is_failing(record, connector.every_minutes, at_us) else 'fails'} since "
                f"{_ago(at_us - record.failing_since_us)} ({record.tries} tries): {record.why}"
            )


def list_json(found: Sequence[Known], at_us: int) -> list[dict[str, Any]]:
    """The same for programs. Times in microseconds since 1970, 0 for never."""
    return [
        {
            "name": name, "uri": connector.uri, "every_minutes": connector.every_minutes,
            "pulled_us": record.pulled_us, "tried_us": record.tried_us, "why": record.why, "tries": record.tries,
            "failing": is_failing(record, connector.every_minutes, at_us), "entries": record.entries,
            "lists_us": record.read_us, "lines": record.lines, "refused": record.refused,
            "mistakes": list(record.mistakes),
        }
        for name, connector, record in found
    ]  # fmt: skip


def pulled_lines(name: str, pulled: Pulled, *, verbose: bool) -> Iterator[str]:
    """What was read of each list, and what became of it."""
    for listing, made in pulled.conversions.items():
        yield f"{name}: {listing}: {pulled.entries[listing]} entries"
        yield from mapping_lines(made, name, verbose=verbose)


def pulled_json(name: str, pulled: Pulled) -> dict[str, Any]:
    """The same for programs."""
    return {
        "connector": name,
        "entries": dict(pulled.entries),
        "conversions": {listing: mapping_json(made, name) for listing, made in pulled.conversions.items()},
    }


def _ago(age_us: int) -> str:
    minutes = max(0, age_us) // (60 * US)
    return f"{minutes} min ago" if minutes < 120 else f"{minutes // 60} h ago"

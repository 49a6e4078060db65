"""Checks the law's cash register: it answers, is ready, its clock is right, and its certificate stays valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import Fiscal
from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalError,
    NoRegisterDriverError,
    RegisterDeniedError,
    RegisterProbe,
)

_ABOUT: Final = "cash register"
_MAX_CLOCK_DIFFERENCE_S: Final = 60.0
_MINUTE_US: Final = 60_000_000
_LATE_US: Final = 10 * _MINUTE_US
_RENEW_BEFORE: Final = timedelta(days=30)


def look(fiscal: Fiscal | None) -> Iterator[Finding]:
    """Findings about the register; one note if none is configured."""
    if fiscal is None:
        yield note(
            _ABOUT, "none is configured; the receipt page says that the shop's till registers the sale",
            "If the law wants each sale registered when it is made, configure `fiscal`.",
        )  # fmt: skip
        return
    try:
        probe = open_register(
            fiscal.uri, key_file=fiscal.key_file, ca_file=fiscal.ca_file, timeout_s=fiscal.timeout_s
        ).probe()
    except NoRegisterDriverError as error:
        yield bad(_ABOUT, str(error), "Correct `fiscal` in the store's file.")
    except RegisterDeniedError as error:
        yield bad(
            _ABOUT,
            f"{fiscal.uri}: {error}",
            "Compare `fiscal.uri` and the token in `fiscal.key_file` with the register's own settings.",
        )
    except FiscalError as error:
        yield bad(
            _ABOUT, f"{fiscal.uri}: {error}",
            "Check that it runs, and its address. Sales are kept, and registered when it answers.",
        )  # fmt: skip
    else:
        yield from _of_probe(probe, fiscal.uri)


def waiting(health: Mapping[str, Any], now_us: int) -> Iterator[Finding]:
    """What the running store says of sales that are not registered; `health` is the part `fiscal` of its health."""
    try:
        count, stuck, age_us = int(health["waiting"]), int(health["stuck"]), now_us - int(health["since_us"])
    except (KeyError, TypeError, ValueError):
        return
    if stuck:
        yield bad(
            _ABOUT, f"{stuck} sale(s) may be at a register that is not configured any more",
            "Look there whether it has them. If it is gone, name it in `fiscal.replaces`.",
        )  # fmt: skip
    denied = health.get("denied") is True
    if count and (denied or age_us > _LATE_US):
        why = " ".join(str(health.get("why") or "it has not answered").split())[:200]
        yield bad(
            _ABOUT,
            f"{count} sale(s) or refund(s) are not registered, the oldest for {age_us // _MINUTE_US} minutes: {why}",
            "They are kept, and tried again every ten minutes. Correct `fiscal.uri` or the token in `fiscal.key_file`,"
            " then start the store again."
            if denied
            else "They are kept, and tried again. Mend the register, or correct what it refuses.",
        )  # fmt: skip


def _of_probe(probe: RegisterProbe, uri: str) -> Iterator[Finding]:
    if not probe.ready:
        yield bad(
            _ABOUT,
            f"{probe.register} is not ready: {probe.why or 'no reason given'}",
            "See its own messages.",
        )
    else:
        mode = ", in test mode: its receipts are worth nothing in law" if probe.test_mode else ""
        yield (note if probe.test_mode else good)(_ABOUT, f"{probe.register} at {uri} is ready{mode}")
    difference = probe.clock_difference_s
    if difference is not None and abs(difference) > _MAX_CLOCK_DIFFERENCE_S:
        yield bad(_ABOUT, f"its clock differs from ours by {difference:.0f} s", "Set both clocks by NTP.")
    yield from _certificate(probe.valid_until)


def _certificate(valid_until: str) -> Iterator[Finding]:
    try:
        end = datetime.fromisoformat(valid_until)
    except ValueError:
        return
    end = end if end.tzinfo else end.replace(tzinfo=UTC)
    if end - datetime.now(UTC) < _RENEW_BEFORE:
        yield bad(_ABOUT, f"its certificate ends on {end.date().isoformat()}", "Renew it before that day.")

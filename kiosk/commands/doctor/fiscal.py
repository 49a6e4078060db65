"""Checks the law's cash register: it answers, is ready, its clock is right, and its certificate stays valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import Fiscal
from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalError,
    NoRegisterDriverError,
    RegisterProbe,
    RegisterRefusedError,
)

_ABOUT: Final = "cash register"
_MAX_CLOCK_DIFFERENCE_S: Final = 60.0
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
    except RegisterRefusedError as error:
        yield bad(_ABOUT, f"{fiscal.uri}: refused: {error}", "Check the token in `fiscal.key_file`.")
    except FiscalError as error:
        yield bad(
            _ABOUT, f"{fiscal.uri}: {error}",
            "Check that it runs, and its address. Sales are kept, and registered when it answers.",
        )  # fmt: skip
    else:
        yield from _of_probe(probe, fiscal.uri)


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

"""Where an encryption key is configured, no reply in plain text is believed: no refusal, no result, no "not found"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.connectors.payments.nexo.driver import NexoTerminal
from kiosk.connectors.payments.nexo.exchange import HttpReply
from kiosk.connectors.payments.nexo.line import LocalLine
from kiosk.connectors.payments.nexo.replies import json_object
from kiosk.connectors.payments.port import (
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    new_key,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from tests.kiosk.connectors.payments.nexo.conftest import PRICE, QUICK, WAIT_S, Counter, charge, presented

STATUSES = (400, 401, 403, 404, 500, 503)


@pytest.fixture(params=["local", "cloud"])
def sealed(request: pytest.FixtureRequest, rehearsal: Rehearsal) -> Iterator[Counter]:
    """On both ways, with encryption."""
    place = rehearsal.local if request.param == "local" else lambda one: rehearsal.cloud(one, encrypted=True)
    found = Counter(rehearsal, place)
    yield found
    found.close()


def believed(driver: PaymentTerminal, paid: Presented, references: dict[str, str]) -> list[str]:
    """The calls whose plain reply a driver believes; right is none."""
    found = []
    for name, wanted in (("payment", paid), ("unknown payment", presented(charge()))):
        try:
            driver.query(wanted)
            found.append(name)
        except TerminalLostError:
            pass
    for kind in (FollowUpKind.REFUND, FollowUpKind.VOID):
        try:
            driver.follow_up(FollowUp(new_key(), kind, PRICE, paid, references))
            found.append(kind.value)
        except TerminalBusyError:
            found.append(kind.value)
        except TerminalLostError:
            pass
    return found


def approved(counter: Counter) -> tuple[Presented, dict[str, str]]:
    of = charge()
    return presented(of), dict(counter.paid(of).references)


def test_no_plain_reply_is_believed(sealed: Counter) -> None:
    paid, references = approved(sealed)
    sealed.server.never_seals = True
    assert believed(sealed.driver, paid, references) == []


@pytest.mark.parametrize("good", [True, False], ids=["approved", "declined"])
def test_a_plain_result_of_a_payment_is_lost_and_found_later(sealed: Counter, good: bool) -> None:
    of = charge()
    coming = sealed.start(of)
    sealed.server.never_seals = True
    assert sealed.terminal.tap(good=good)
    with pytest.raises(TerminalLostError):
        coming.result(WAIT_S)
    sealed.server.never_seals = False
    assert sealed.driver.query(presented(of)).key == of.key


@pytest.mark.parametrize("status", STATUSES)
def test_no_status_of_http_ends_anything_on_the_local_network(local: Counter, status: int) -> None:
    paid, references = approved(local)
    local.server.answers_http = status
    assert believed(local.driver, paid, references) == []


class BelievesFailures(LocalLine):
    """Reads a plain reply, as if it could only say that something failed."""

    def unpack(self, reply: HttpReply) -> dict[str, Any]:
        body = json_object(reply.body)
        return body if "NexoBlob" not in str(body) else super().unpack(reply)


def test_planted_a_line_that_believes_plain_failures_is_caught(local: Counter) -> None:
    paid, references = approved(local)
    local.server.never_seals = True
    line = local.driver._line
    assert isinstance(line, LocalLine)
    planted = NexoTerminal(BelievesFailures(line.peer, line.poi, line.key), QUICK)
    assert "unknown payment" in believed(planted, paid, references)
    planted.close()

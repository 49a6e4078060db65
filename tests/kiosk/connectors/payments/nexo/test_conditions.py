"""Every error condition of the published schema has its line in the table."""

from __future__ import annotations

import pytest

from kiosk.connectors.payments.nexo.conditions import CONDITIONS, condition_of
from kiosk.connectors.payments.port import TerminalStatus

PUBLISHED = (
    "Aborted", "Busy", "Cancel", "DeviceOut", "InProgress", "InsertedCard", "InvalidCard", "LoggedOut", "MessageFormat",
    "NotAllowed", "NotFound", "PaymentRestriction", "Refusal", "UnavailableDevice", "UnavailableService",
    "UnreachableHost", "WrongPIN",
)  # fmt: skip
"""ErrorCondition of Adyen's Terminal API v1."""


def test_the_table_is_complete() -> None:
    assert set(CONDITIONS) == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_failure_is_never_an_approval(name: str) -> None:
    assert condition_of(name).status in (TerminalStatus.REFUSED, TerminalStatus.CANCELLED)
    assert condition_of(name).why


def test_only_what_the_shopper_or_the_host_decided_ends_a_payment_at_once() -> None:
    ends = {name for name, condition in CONDITIONS.items() if condition.says_all}
    assert ends == {
        "Aborted", "Cancel", "InvalidCard", "NotFound", "PaymentRestriction", "Refusal", "WrongPIN",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "why"),
    [("Communication timeout", "communication-timeout"), (None, "failure"), ("", "failure"), (7, "failure")],
)
def test_an_unknown_condition_needs_a_question(name: object, why: str) -> None:
    found = condition_of(name)
    assert (found.status, found.why, found.says_all) == (TerminalStatus.REFUSED, why, False)

"""What a failed message means: one table of the error conditions of nexo Sale to POI.

Source: ErrorCondition of Adyen's Terminal API v1, and docs.adyen.com/point-of-sale/error-scenarios with
/refusal-reasons-pos. `refusalReason` and `message` of the additional response are for people: Adyen asks not to decide
by them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.connectors.payments.port import TerminalStatus

IN_PROGRESS: Final = "InProgress"
NOT_FOUND: Final = "NotFound"


@dataclass(frozen=True, slots=True)
class Condition:
    """`status`: what it is as the final result of a transaction. `why`: short code for the journal.

    `says_all`: as the reply to the request itself it is that result; otherwise the terminal is asked by key, since the
    condition may be about the request, about an earlier one with that key, or come from the cloud.
    """

    status: TerminalStatus
    why: str
    says_all: bool = False


_REFUSED, _CANCELLED = TerminalStatus.REFUSED, TerminalStatus.CANCELLED
CONDITIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {
        "Aborted": Condition(_CANCELLED, "aborted", says_all=True),
        "Busy": Condition(_REFUSED, "busy"),
        "Cancel": Condition(_CANCELLED, "cancel", says_all=True),
        "DeviceOut": Condition(_REFUSED, "device-out"),
        IN_PROGRESS: Condition(_REFUSED, "in-progress"),
        "InsertedCard": Condition(_REFUSED, "inserted-card"),
        "InvalidCard": Condition(_REFUSED, "invalid-card", says_all=True),
        "LoggedOut": Condition(_REFUSED, "logged-out"),
        "MessageFormat": Condition(_REFUSED, "message-format"),
        "NotAllowed": Condition(_REFUSED, "not-allowed"),
        NOT_FOUND: Condition(_REFUSED, "unknown-charge", says_all=True),
        "PaymentRestriction": Condition(_REFUSED, "payment-restriction", says_all=True),
        "Refusal": Condition(_REFUSED, "declined", says_all=True),
        "UnavailableDevice": Condition(_REFUSED, "unavailable-device"),
        "UnavailableService": Condition(_REFUSED, "unavailable-service"),
        "UnreachableHost": Condition(_REFUSED, "unreachable-host"),
        "WrongPIN": Condition(_REFUSED, "wrong-pin", says_all=True),
    }
)


def condition_of(name: object) -> Condition:
    """The condition; one that is not in the table (`Communication timeout` ...) is a failure that needs a question."""
    text = name if isinstance(name, str) else ""
    known = CONDITIONS.get(text)
    if known is not None:
        return known
    code = re.sub(r"[^a-z]+", "-", text.lower()).strip("-")[:40]
    return Condition(_REFUSED, code or "failure")

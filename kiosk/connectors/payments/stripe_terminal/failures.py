"""What can go wrong with one call of Stripe's API, without anything secret in it."""

from __future__ import annotations

import re
from enum import Enum, unique

import stripe

_CODE = re.compile(r"[a-z0-9_]{1,60}")


@unique
class FailureKind(Enum):
    """NO_REPLY: nothing usable came. SERVER: 5xx, which may have had an effect. CONFLICT: a call with the same key is
    under way. KEY_USED: the key belongs to other parameters. RATE: too many calls, not carried out. CARD: the card was
    refused. MISSING: no such object. INVALID: refused, nothing was done. ACCESS: the key may not do it. MODE: a key of
    test mode was shown an object of live mode, or the other way round.
    """

    NO_REPLY = "no reply"
    SERVER = "error of the server"
    CONFLICT = "conflict"
    KEY_USED = "key used with other parameters"
    RATE = "too many requests"
    CARD = "card refused"
    MISSING = "not found"
    INVALID = "refused"
    ACCESS = "key not accepted"
    MODE = "object of the other mode (test or live)"


NOT_DONE = frozenset({FailureKind.INVALID, FailureKind.MISSING, FailureKind.ACCESS, FailureKind.CARD})
"""Nothing was done, and nothing will be."""
PERMANENT = NOT_DONE | {FailureKind.MODE}
"""The same call fails again until somebody acts."""


_WHY = {
    FailureKind.NO_REPLY: "no-reply",
    FailureKind.SERVER: "server-error",
    FailureKind.CONFLICT: "in-progress",
    FailureKind.KEY_USED: "key-used",
    FailureKind.RATE: "too-many-requests",
    FailureKind.CARD: "declined",
    FailureKind.MISSING: "unknown-charge",
    FailureKind.INVALID: "refused",
    FailureKind.ACCESS: "key-not-accepted",
    FailureKind.MODE: "other-mode",
}


class StripeFailure(Exception):  # noqa: N818 it may be a refusal, not an error
    """`code` and `decline_code` are Stripe's; the message holds no value of the request."""

    def __init__(self, kind: FailureKind, code: str = "", decline_code: str = "") -> None:
        super().__init__(f"Stripe: {kind.value}" + (f" ({code})" if code else ""))
        self.kind, self.code, self.decline_code = kind, code, decline_code

    @property
    def why(self) -> str:
        """Short code for the journal: Stripe's own, else that of the kind; never a refusal of the card for another."""
        if self.kind is FailureKind.ACCESS or not self.code:
            return _WHY[self.kind]
        return short_code(self.code)


def short_code(code: object) -> str:
    """A code of Stripe as the journal has it: `declined` for the usual ones, words with hyphens."""
    text = code if isinstance(code, str) else ""
    if text in ("", "card_declined", "generic_decline"):
        return "declined"
    return text.removeprefix("terminal_reader_").replace("_", "-")[:40]


def failure_of(error: stripe.StripeError) -> StripeFailure:
    """The failure of an error of the SDK; only its status and its codes are read."""
    body = error.json_body if isinstance(error.json_body, dict) else {}
    inner = body.get("error")
    found = inner if isinstance(inner, dict) else {}
    code = _code(found.get("code"))
    return StripeFailure(_kind(error, found, code), code, _code(found.get("decline_code")))


def _kind(error: stripe.StripeError, found: dict[str, object], code: str) -> FailureKind:
    status = error.http_status or 0
    if not isinstance(found.get("type"), str):
        # not Stripe's: a proxy between may answer 404 with a page of its own
        return FailureKind.SERVER if status >= 500 else FailureKind.NO_REPLY
    if isinstance(error, stripe.IdempotencyError):
        return FailureKind.KEY_USED
    by_status = {
        400: FailureKind.INVALID,
        401: FailureKind.ACCESS,
        402: FailureKind.CARD,
        403: FailureKind.ACCESS,
        404: FailureKind.MISSING if code == "resource_missing" else FailureKind.INVALID,
        409: FailureKind.CONFLICT,
        429: FailureKind.RATE,
    }
    return by_status.get(status, FailureKind.SERVER if status >= 500 else FailureKind.NO_REPLY)


def _code(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""

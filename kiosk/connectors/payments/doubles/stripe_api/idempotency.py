"""Saved answers by idempotency key, as version 1 of Stripe's API keeps them.

docs.stripe.com/api/idempotent_requests: the status and body of the first request that began are saved, errors 500
included, and given again; other parameters under the key are an error; a key whose first request still runs is a
conflict; keys may be removed after 24 hours. A request that was refused before it began saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem

KEPT_S = 24 * 3600


@dataclass(slots=True)
class Saved:
    """`body` None: the first request still runs."""

    request: str
    at_s: float
    status: int = 0
    body: dict[str, Any] | None = None


class IdempotencyKeys:
    """The keys of one account."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._saved: dict[str, Saved] = {}

    def begin(self, key: str, request: str) -> Saved | None:
        """The saved answer of the key, None if this request is its first. Raises ApiProblem."""
        saved = self._saved.get(key)
        if saved is None or self._now_s() - saved.at_s > KEPT_S:
            self._saved[key] = Saved(request, self._now_s())
            return None
        if saved.request != request:
            raise ApiProblem(
                400,
                "",
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                "idempotency_error",
                began=False,
            )
        if saved.body is None:
            raise ApiProblem(
                409,
                "idempotency_key_in_use",
                "Another request with this key runs.",
                "idempotency_error",
                began=False,
            )
        return saved

    def save(self, key: str, status: int, body: dict[str, Any]) -> None:
        """The answer of the first request."""
        saved = self._saved[key]
        saved.status, saved.body = status, body

    def age(self, seconds: float) -> None:
        """All keys were used so much earlier."""
        for saved in self._saved.values():
            saved.at_s -= seconds

    def forget(self, key: str) -> None:
        """The first request did not begin."""
        self._saved.pop(key, None)

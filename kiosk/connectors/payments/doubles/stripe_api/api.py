"""Answers one request as Stripe's API does: key, version, idempotency, parameters by the schema, then the call."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from kiosk.connectors.payments.doubles.stripe_api.account import Account
from kiosk.connectors.payments.doubles.stripe_api.calls import CALLS, call_of
from kiosk.connectors.payments.doubles.stripe_api.faults import REFUSED, Fault, Faults
from kiosk.connectors.payments.doubles.stripe_api.forms import BadParameterError, checked, form_tree
from kiosk.connectors.payments.doubles.stripe_api.idempotency import IdempotencyKeys
from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem

_TEST_KEY = re.compile(r"Bearer [rs]k_test_[A-Za-z0-9_]{8,250}")
_VERSION = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9](\.[a-z]+)?")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """A request; header names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply. `fault`: what happens on its way."""

    status: int
    body: dict[str, Any]
    fault: Fault | None = None
    replayed: bool = False


class StripeDouble:
    """One account of test mode with its readers. Used by one thread."""

    def __init__(self, *, search_delay_s: float = 1.0) -> None:
        self.ahead_s = 0.0
        """Seconds by which its clock is ahead of this computer's."""
        self.account = Account(self.now_s, search_delay_s)
        self.keys = IdempotencyKeys(self.now_s)
        self.faults = Faults()
        self.revoked: set[str] = set()
        """Keys that are not accepted any more."""
        self.live = False
        """Its objects claim to be of live mode."""
        self.answered: list[str] = []
        """The calls that were answered, in order."""

    def now_s(self) -> float:
        """Seconds since 1970 by the double's clock."""
        return time.time() + self.ahead_s

    def answer(self, request: Request) -> Reply | None:
        """The reply; None where the request is lost before it arrives."""
        kind, fault = "", None
        try:
            call, found_id = call_of(request.method, request.path)
            kind = CALLS[call][0]
            fault = self.faults.next_of(kind) if kind else None
            if fault is not None and fault.kind == "never-arrives":
                return None
            self._check_headers(request)
            if fault is not None and (refused := REFUSED.fullmatch(fault.kind)):
                raise ApiProblem(
                    int(refused["status"]), refused["code"] or "", "Refused as planned.", began=False
                )
            if fault is not None and fault.kind == "in-progress":
                raise ApiProblem(
                    409, "idempotency_key_in_use", "Another request with this key runs.", began=False
                )
            self.answered.append(call)
            reply = self._carried_out(request, call, found_id, fault)
            if fault is None and _has_ended(reply.body):
                fault = self.faults.next_of("ended")
                if fault is not None and fault.kind == "error-after":
                    return Reply(500, ApiProblem(500, "", "An error occurred.", "api_error").body, fault)
        except ApiProblem as problem:
            return Reply(problem.status, problem.body, fault)
        except BadParameterError as bad:
            return Reply(400, ApiProblem(400, bad.code, str(bad), param=bad.param).body, fault)
        if fault is not None and fault.kind == "reader-restart":
            for reader in self.account.readers.values():
                reader.action = None
        body = self.faults.change(kind, reply.body)
        return Reply(reply.status, _as_live(body) if self.live else body, fault, reply.replayed)

    def _carried_out(self, request: Request, call: str, found_id: str, fault: Fault | None) -> Reply:
        wanted = checked(call, form_tree(request.body if request.method == "POST" else request.query))
        if request.method == "GET":
            return Reply(200, CALLS[call][1](self.account, found_id, wanted))
        key = request.headers.get("idempotency-key", "")
        if not key:
            return Reply(200, CALLS[call][1](self.account, found_id, wanted))
        saved = self.keys.begin(key, f"{call} {found_id} {sorted(wanted.items(), key=str)}")
        if saved is not None:
            return Reply(saved.status, saved.body or {}, replayed=True)
        try:
            status, body = 200, CALLS[call][1](self.account, found_id, wanted)
        except ApiProblem as problem:
            if not problem.began:
                self.keys.forget(key)
                raise
            status, body = problem.status, problem.body
        if fault is not None and fault.kind == "error-after":
            status, body = 500, ApiProblem(500, "", "An error occurred.", "api_error").body
        self.keys.save(key, status, body)
        return Reply(status, body)

    def _check_headers(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        if not _TEST_KEY.fullmatch(given) or given.removeprefix("Bearer ") in self.revoked:
            raise ApiProblem(401, "", "Invalid API key provided.", began=False)
        if not _VERSION.fullmatch(request.headers.get("stripe-version", "")):
            raise ApiProblem(400, "", "The version of the API is not stated.", began=False)
        if request.body and request.headers.get("content-type", "").split(";")[0] != FORM:
            raise ApiProblem(400, "", "The body is no form.", began=False)


def _as_live(body: Any) -> Any:
    if isinstance(body, list):
        return [_as_live(one) for one in body]
    if not isinstance(body, dict):
        return body
    return {name: True if name == "livemode" else _as_live(value) for name, value in body.items()}


def _has_ended(body: dict[str, Any]) -> bool:
    action = body.get("action") if body.get("object") == "terminal.reader" else None
    return action is not None and action["status"] != "in_progress"

"""The calls of the double: method and path to what is done, with parameters that the schema has typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from kiosk.connectors.payments.doubles.stripe_api import readers
from kiosk.connectors.payments.doubles.stripe_api.account import Account
from kiosk.connectors.payments.doubles.stripe_api.objects import (
    BY_NUMBER,
    CARDS,
    CUSTOMER,
    STORED,
    Intent,
    Reader,
    new_id,
)
from kiosk.connectors.payments.doubles.stripe_api.problems import ApiProblem

Body = dict[str, Any]
Answer = Callable[[Account, str, Body], Body]
_INTENT = "action.process_payment_intent.payment_intent"
SHOPPER = "ring"


def _expand(wanted: Body, prefix: str = "") -> frozenset[str]:
    return frozenset(name.removeprefix(prefix) for name in wanted.get("expand") or ())


def _create(account: Account, _: str, wanted: Body) -> Body:
    return account.create(wanted).body(_expand(wanted))


def _intent(account: Account, found_id: str, wanted: Body) -> Body:
    return account.intent(found_id).body(_expand(wanted))


def _list_intents(account: Account, _: str, wanted: Body) -> Body:
    created = wanted.get("created") or {}
    low, high = created.get("gte", 0), created.get("lte", 1 << 60)
    found = [i for i in account.newest_first() if low <= i.created <= high]
    bodies = [i.body(_expand(wanted, "data.")) for i in found]
    return _page(bodies, wanted, "/v1/payment_intents")


def _search_intents(account: Account, _: str, wanted: Body) -> Body:
    bodies = [i.body(_expand(wanted, "data.")) for i in account.searched(wanted["query"])]
    return {**_page(bodies, wanted, "/v1/payment_intents/search"), "object": "search_result"}


def _cancel(account: Account, found_id: str, wanted: Body) -> Body:
    intent = account.intent(found_id)
    account.cancel(intent, wanted.get("cancellation_reason"))
    return intent.body(_expand(wanted))


def _capture(account: Account, found_id: str, wanted: Body) -> Body:
    intent = account.intent(found_id)
    account.capture(intent, wanted.get("amount_to_capture"), dict(wanted.get("metadata") or {}))
    return intent.body(_expand(wanted))


def _confirm(account: Account, found_id: str, wanted: Body) -> Body:
    intent = account.intent(found_id)
    account.confirm(intent)
    return intent.body(_expand(wanted))


def _refund(account: Account, _: str, wanted: Body) -> Body:
    intent = account.intent(wanted.get("payment_intent", ""))
    metadata = dict(wanted.get("metadata") or {})
    return account.refund(intent, wanted.get("amount"), metadata, at_reader=False).body(intent)


def _list_refunds(account: Account, _: str, wanted: Body) -> Body:
    of = wanted.get("payment_intent")
    bodies = [r.body(i) for i, r in account.all_refunds() if of in (None, i.intent_id)]
    return _page(bodies, wanted, "/v1/refunds")


def _one_refund(account: Account, found_id: str, _: Body) -> Body:
    for intent, refund in account.all_refunds():
        if refund.refund_id == found_id:
            return refund.body(intent)
    raise ApiProblem(404, "resource_missing", "No such refund", param="refund")


def _reader(account: Account, found_id: str, wanted: Body) -> Body:
    return _with_intent(account, account.reader(found_id), wanted)


def _with_intent(account: Account, reader: Reader, wanted: Body) -> Body:
    body = reader.body()
    about = (reader.action or {}).get("process_payment_intent")
    if about and _INTENT in _expand(wanted):
        intent: Intent = account.intent(about["payment_intent"])
        inner = _expand(wanted, _INTENT + ".")
        action = {
            **(reader.action or {}),
            "process_payment_intent": {**about, "payment_intent": intent.body(inner)},
        }
        body["action"] = action
    return body


def _list_readers(account: Account, _: str, wanted: Body) -> Body:
    return _page([r.body() for r in account.readers.values()], wanted, "/v1/terminal/readers")


def _new_reader(account: Account, _: str, wanted: Body) -> Body:
    """docs.stripe.com/terminal/references/testing: the code `simulated-wpe` registers a simulated WisePOS E."""
    if wanted["registration_code"] != "simulated-wpe":
        raise ApiProblem(400, "", "The registration code is not valid.", param="registration_code")
    reader = account.add_reader(new_id("tmr"), wanted.get("label") or "simulated")
    reader.location = wanted.get("location")
    return reader.body()


def _process(account: Account, found_id: str, wanted: Body) -> Body:
    reader = account.reader(found_id)
    readers.process(account, reader, wanted["payment_intent"], wanted.get("process_config") or {})
    return _with_intent(account, reader, wanted)


def _collect(account: Account, found_id: str, wanted: Body) -> Body:
    reader = account.reader(found_id)
    readers.collect(account, reader, wanted["payment_intent"], wanted.get("collect_config") or {})
    return reader.body()


def _confirm_at_reader(account: Account, found_id: str, wanted: Body) -> Body:
    reader = account.reader(found_id)
    readers.confirm(account, reader, wanted["payment_intent"])
    return reader.body()


def _refund_at_reader(account: Account, found_id: str, wanted: Body) -> Body:
    reader = account.reader(found_id)
    readers.refund_payment(account, reader, {n: v for n, v in wanted.items() if n != "expand"})
    return reader.body()


def _stop(account: Account, found_id: str, _: Body) -> Body:
    reader = account.reader(found_id)
    readers.stop(reader)
    return reader.body()


def _present(account: Account, found_id: str, wanted: Body) -> Body:
    reader = account.reader(found_id)
    kind = wanted.get("type", "card_present")
    number = (wanted.get(kind) or {}).get(
        "number", CARDS["interac" if kind == "interac_present" else "visa"].number
    )
    if number not in BY_NUMBER:
        raise ApiProblem(400, "incorrect_number", "This is no simulated card.", param="card_present[number]")
    readers.present(account, reader, BY_NUMBER[number])
    return reader.body()


def _customers(_account: Account, _: str, wanted: Body) -> Body:
    known = wanted["query"] == f"metadata['shopper']:'{SHOPPER}'"
    customer = {
        "id": CUSTOMER,
        "object": "customer",
        "invoice_settings": {"default_payment_method": next(iter(STORED))},
        "metadata": {"shopper": SHOPPER},
    }
    found = [customer] if known else []
    return {**_page(found, wanted, "/v1/customers/search"), "object": "search_result"}


def _page(bodies: Iterable[Body], wanted: Body, url: str) -> Body:
    found = list(bodies)
    if after := wanted.get("starting_after"):
        places = [place for place, body in enumerate(found) if body["id"] == after]
        if not places:
            raise ApiProblem(400, "resource_missing", "No such object", param="starting_after")
        found = found[places[0] + 1 :]
    limit = wanted.get("limit", 10)
    if not 1 <= limit <= 100:
        raise ApiProblem(400, "parameter_invalid_integer", "limit is from 1 to 100", param="limit")
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": url}


CALLS: dict[str, tuple[str, Answer]] = {
    "POST /v1/payment_intents": ("create", _create),
    "GET /v1/payment_intents": ("read", _list_intents),
    "GET /v1/payment_intents/search": ("read", _search_intents),
    "GET /v1/payment_intents/{intent}": ("read", _intent),
    "POST /v1/payment_intents/{intent}/cancel": ("cancel", _cancel),
    "POST /v1/payment_intents/{intent}/capture": ("capture", _capture),
    "POST /v1/payment_intents/{intent}/confirm": ("confirm", _confirm),
    "POST /v1/refunds": ("refund", _refund),
    "GET /v1/refunds": ("read", _list_refunds),
    "GET /v1/refunds/{refund}": ("read", _one_refund),
    "GET /v1/terminal/readers": ("read", _list_readers),
    "POST /v1/terminal/readers": ("", _new_reader),
    "GET /v1/terminal/readers/{reader}": ("read", _reader),
    "POST /v1/terminal/readers/{reader}/process_payment_intent": ("process", _process),
    "POST /v1/terminal/readers/{reader}/collect_payment_method": ("process", _collect),
    "POST /v1/terminal/readers/{reader}/confirm_payment_intent": ("confirm", _confirm_at_reader),
    "POST /v1/terminal/readers/{reader}/refund_payment": ("refund", _refund_at_reader),
    "POST /v1/terminal/readers/{reader}/cancel_action": ("stop", _stop),
    "POST /v1/test_helpers/terminal/readers/{reader}/present_payment_method": ("", _present),
    "GET /v1/customers/search": ("read", _customers),
}
"""`METHOD path` to the kind of call (for faults) and what answers it."""
_PATTERNS = tuple(
    (call, re.compile(re.sub(r"\{[a-z]+\}", "([A-Za-z0-9_]{1,80})", call)))
    for call in sorted(CALLS, key=lambda call: "{" in call)
)


def call_of(method: str, path: str) -> tuple[str, str]:
    """The call of a request, and the id in its path. Raises ApiProblem."""
    for call, pattern in _PATTERNS:
        if match := pattern.fullmatch(f"{method} {path}"):
            return call, match[1] if match.groups() else ""
    raise ApiProblem(404, "", f"Unrecognized request URL ({method}: {path[:100]}).", began=False)

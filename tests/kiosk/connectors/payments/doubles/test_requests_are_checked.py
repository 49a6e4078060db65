"""Every request that a driver sends is checked by the double against the published schema; the guide lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import stripe

from kiosk.connectors.payments.doubles.adyen.schema import request_faults
from kiosk.connectors.payments.doubles.stripe_api.forms import BadParameterError, checked
from kiosk.connectors.payments.nexo import messages
from kiosk.connectors.payments.nexo.messages import Category, Request
from kiosk.connectors.payments.port import Charge, FollowUp, Presented
from kiosk.connectors.payments.stripe_terminal import intent_params
from kiosk.connectors.payments.stripe_terminal.api import API_VERSION, StripeApi
from kiosk.connectors.payments.stripe_terminal.failures import StripeFailure
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.payments.doubles.stripe_loop import stripe_double
from tests.kiosk.connectors.payments.stripe_terminal.bench import Bench

PRICE = Money(12_900, "EUR")
NOW = datetime(2026, 11, 29, tzinfo=UTC)
PRESENTED = Presented("0123456789", "o1", PRICE)
REFERENCES = {"transaction": "a.b", "transaction_at": "2026-01-01T00:00:00Z"}
Call = Callable[[StripeApi, str, float], object]
STRIPE: Mapping[str, Call] = {
    "create_intent": lambda api, _, until_s: api.create_intent(
        intent_params.at_reader(Charge("K", "o1", PRICE, capture=False)), "K", until_s
    ),
    "intent": lambda api, pi, until_s: api.intent(pi, until_s),
    "confirm_intent": lambda api, pi, until_s: api.confirm_intent(pi, "K", until_s),
    "cancel_intent": lambda api, pi, until_s: api.cancel_intent(pi, "abandoned", "K", until_s),
    "capture_intent": lambda api, pi, until_s: api.capture_intent(pi, 1, "K", until_s),
    "intents_between": lambda api, _, until_s: list(api.intents_between(1, 2, until_s)),
    "intents_of": lambda api, _, until_s: api.intents_of("K", until_s),
    "customers_of": lambda api, _, until_s: api.customers_of("ring", until_s),
    "reader": lambda api, _, until_s: api.reader(until_s),
    "readers": lambda api, _, until_s: list(api.readers(until_s)),
    "process": lambda api, pi, until_s: api.process(pi, "P", until_s),
    "refund_at_reader": lambda api, pi, until_s: api.refund_at_reader(
        {"payment_intent": pi, "amount": 1, "metadata": {"key": "K"}}, "K", until_s
    ),
    "cancel_action": lambda api, _, until_s: api.cancel_action("S", until_s),
    "create_refund": lambda api, pi, until_s: api.create_refund(
        {"payment_intent": pi, "amount": 1, "metadata": {"key": "K"}}, "K", until_s
    ),
    "refunds_of": lambda api, pi, until_s: list(api.refunds_of(pi, until_s)),
}
ADYEN: tuple[Request, ...] = (
    messages.payment(Charge("0123456789", "o1", PRICE), NOW),
    *(
        messages.reversal(FollowUp("0123456780", kind, PRICE, PRESENTED, REFERENCES), NOW)
        for kind in (FollowUpKind.REFUND, FollowUpKind.VOID)
    ),
    messages.transaction_status(PRESENTED, "0123456781"),
    messages.abort(PRESENTED, "0123456782"),
    messages.diagnosis("0123456783"),
    messages.display("Cheval: t1", "0123456784"),
    messages.display("", "0123456785"),
)


def sent_to_stripe(tmp_path: Path) -> set[str]:
    """The calls that the driver's methods have made, as the double has answered them after it checked them."""
    with stripe_double() as double:
        bench = Bench(double, tmp_path)
        intent_id = bench.driver.create(bench.charge())
        api, until_s = bench.driver._api, bench.driver._session.until(30)
        for call in STRIPE.values():
            # what is wrong with the state of the intent is refused after the parameters were checked
            with suppress(StripeFailure):
                call(api, intent_id, until_s)
        bench.close()
        return set(double.answered())


def in_the_guide(heading: str, tree: Path) -> set[str]:
    """The requests that the guide names under a heading."""
    text = (tree / "packaging" / "guides" / "terminals.md").read_text("utf-8")
    part = text.partition(heading)[2].partition("\n\n")[0]
    return set(re.findall(r"`([^`]+)`", part))


def test_every_method_of_the_driver_is_tried() -> None:
    methods = {name for name in vars(StripeApi) if not name.startswith("_")}
    assert set(STRIPE) == methods


def test_the_guide_lists_what_is_sent_to_stripe_and_all_of_it_is_checked(tmp_path: Path, tree: Path) -> None:
    sent = sent_to_stripe(tmp_path)
    assert sent == in_the_guide("Requests to Stripe that are checked:", tree)
    for call in sent:
        with pytest.raises(BadParameterError):
            checked(call, {"no_such_parameter": "1"})


def test_every_request_to_adyen_is_of_the_schema_and_an_unknown_field_is_not(tree: Path) -> None:
    assert {request.category for request in ADYEN} == set(Category)
    assert {request.category.value for request in ADYEN} == in_the_guide(
        "Requests to Adyen that are checked:", tree
    )
    for request in ADYEN:
        assert request_faults(request.message("V400m-1")) == ()
        wrong: dict[str, Any] = request.message("V400m-1")
        wrong["SaleToPOIRequest"][f"{request.category.value}Request"]["NoSuchField"] = 1
        assert request_faults(wrong) != ()


def test_the_version_of_stripes_api_is_that_of_its_library() -> None:
    assert stripe.api_version == API_VERSION

"""The double, played by Stripe's own SDK alone: the whole life of a payment, and its rules for keys and parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest
import stripe

from kiosk.connectors.payments.doubles.stripe_api.objects import CARDS
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, SECRET, StripeLoop, stripe_double

VERSION = "2026-10-28.endive"
SCHEMA = files("kiosk.connectors.payments.doubles.stripe_api").joinpath("requests.json")
REQUIRED = json.loads(SCHEMA.read_text("utf-8"))["required"]


@pytest.fixture(scope="module")
def double() -> Iterator[StripeLoop]:
    with stripe_double(search_delay_s=60.0) as found:
        yield found


@pytest.fixture
def sdk(double: StripeLoop) -> Iterator[stripe.StripeClient]:
    double.run(double.double.account.readers.clear)
    double.run(lambda: double.double.account.add_reader(READER))
    with client(double) as found:
        yield found


@contextmanager
def client(double: StripeLoop, key: str = SECRET) -> Iterator[stripe.StripeClient]:
    http = stripe.RequestsClient(timeout=10)
    yield stripe.StripeClient(
        key,
        stripe_version=VERSION,
        base_addresses={"api": double.base},
        max_network_retries=0,
        http_client=http,
    )
    http.close()  # type: ignore[no-untyped-call]


def created(sdk: stripe.StripeClient, key: str = "", *, amount: int = 12_900) -> stripe.PaymentIntent:
    return sdk.v1.payment_intents.create(
        {
            "amount": amount,
            "currency": "eur",
            "allowed_payment_method_types": ["card_present"],
            "metadata": {"key": "K1", "order": "o1"},
        },
        {"idempotency_key": key} if key else {},
    )


def test_the_whole_life_of_a_payment_with_the_official_sdk(sdk: stripe.StripeClient) -> None:
    assert [reader.id for reader in sdk.v1.terminal.readers.list().data] == [READER]
    intent = created(sdk)
    assert intent.status == "requires_payment_method"
    reader = sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
    assert reader.action is not None
    assert (reader.action.type, reader.action.status) == ("process_payment_intent", "in_progress")
    with pytest.raises(stripe.InvalidRequestError) as busy:
        sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": created(sdk).id})
    assert busy.value.code == "terminal_reader_busy"
    sdk.v1.test_helpers.terminal.readers.present_payment_method(READER)
    action = sdk.v1.terminal.readers.retrieve(READER).action
    assert action is not None
    assert action.status == "succeeded"
    paid = sdk.v1.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]})
    assert (paid.status, paid.amount_received) == ("succeeded", 12_900)
    assert isinstance(paid.latest_charge, stripe.Charge)
    details = paid.latest_charge.payment_method_details
    assert details is not None
    assert details.card_present is not None
    assert (details.card_present.brand, details.card_present.last4) == ("visa", "4242")
    refund = sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 900})
    assert (refund.status, refund.amount) == ("succeeded", 900)
    assert [r.id for r in sdk.v1.refunds.list({"payment_intent": intent.id}).data] == [refund.id]
    with pytest.raises(stripe.InvalidRequestError):
        sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 12_001})


def test_a_declined_card_leaves_the_intent_unpaid(sdk: stripe.StripeClient) -> None:
    intent = created(sdk)
    sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
    sdk.v1.test_helpers.terminal.readers.present_payment_method(
        READER, {"card_present": {"number": CARDS["insufficient_funds"].number}}
    )
    action = sdk.v1.terminal.readers.retrieve(READER).action
    assert action is not None
    assert (action.status, action.failure_code) == ("failed", "card_declined")
    assert action.api_error is not None
    assert (action.api_error.type, action.api_error.decline_code) == ("card_error", "insufficient_funds")
    assert sdk.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"


def test_authorise_then_capture_or_cancel(sdk: stripe.StripeClient) -> None:
    for card, status in (("visa", "requires_capture"), ("eftpos", "succeeded")):
        intent = sdk.v1.payment_intents.create(
            {
                "amount": 500,
                "currency": "aud",
                "allowed_payment_method_types": ["card_present"],
                "payment_method_options": {"card_present": {"capture_method": "manual_preferred"}},
            }
        )
        sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
        helpers = sdk.v1.test_helpers.terminal.readers
        helpers.present_payment_method(READER, {"card_present": {"number": CARDS[card].number}})
        assert sdk.v1.payment_intents.retrieve(intent.id).status == status
        if status == "requires_capture":
            assert sdk.v1.payment_intents.capture(intent.id).status == "succeeded"
        with pytest.raises(stripe.InvalidRequestError) as late:
            sdk.v1.payment_intents.cancel(intent.id)
        assert late.value.code == "payment_intent_unexpected_state"


def test_replies_have_the_fields_that_the_schema_requires(
    sdk: stripe.StripeClient, double: StripeLoop
) -> None:
    readers, helpers = sdk.v1.terminal.readers, sdk.v1.test_helpers.terminal.readers
    for card in ("visa", "declined", "interac"):
        intent = created(sdk)
        seen = [("payment_intent", raw(intent))]
        seen.append(
            ("terminal.reader", raw(readers.process_payment_intent(READER, {"payment_intent": intent.id})))
        )
        seen.append(("terminal_reader_reader_resource_reader_action", seen[-1][1]["action"]))
        helpers.present_payment_method(READER, {"card_present": {"number": CARDS[card].number}})
        paid = raw(sdk.v1.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]}))
        charge = paid["latest_charge"]
        details = charge["payment_method_details"]
        seen += [("payment_intent", paid), ("charge", charge)]
        seen.append((f"payment_method_details_{details['type']}", details[details["type"]]))
        if card == "visa":
            seen.append(("refund", raw(sdk.v1.refunds.create({"payment_intent": intent.id}))))
        missing = [(name, field) for name, found in seen for field in REQUIRED[name] if field not in found]
        assert missing == []


def raw(found: stripe.StripeObject) -> dict[str, Any]:
    """An object as it came."""
    assert found.last_response is not None
    return json.loads(found.last_response.body)


def test_a_card_can_be_read_first_and_charged_then(sdk: stripe.StripeClient) -> None:
    readers, helpers = sdk.v1.terminal.readers, sdk.v1.test_helpers.terminal.readers
    for card, status in (("visa", "succeeded"), ("declined", "requires_payment_method")):
        intent = created(sdk)
        with pytest.raises(stripe.InvalidRequestError):
            readers.confirm_payment_intent(READER, {"payment_intent": intent.id})
        readers.collect_payment_method(
            READER, {"payment_intent": intent.id, "collect_config": {"skip_tipping": True}}
        )
        helpers.present_payment_method(READER, {"card_present": {"number": CARDS[card].number}})
        action = readers.retrieve(READER).action
        assert action is not None
        assert action.collect_payment_method is not None
        assert action.collect_payment_method.payment_method is not None
        assert sdk.v1.payment_intents.retrieve(intent.id).amount_received == 0
        readers.confirm_payment_intent(READER, {"payment_intent": intent.id})
        assert sdk.v1.payment_intents.retrieve(intent.id).status == status


def test_a_key_gives_its_saved_answer_for_a_day(sdk: stripe.StripeClient, double: StripeLoop) -> None:
    first = created(sdk, "key-1")
    again = created(sdk, "key-1")
    assert again.id == first.id
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        created(sdk, "key-1", amount=13_000)
    double.double.ahead_s = 25 * 3600.0
    try:
        assert created(sdk, "key-1").id != first.id
    finally:
        double.double.ahead_s = 0.0


def test_a_500_after_success_is_saved_under_its_key(sdk: stripe.StripeClient, double: StripeLoop) -> None:
    before = len(double.intents())
    double.fault("create", "error-after")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as error:
            created(sdk, "key-500")
        assert error.value.http_status == 500
    assert len(double.intents()) == before + 1


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"currency": "eur"}, "amount"),
        ({"amount": 10, "currency": "eur", "colour": "red"}, "colour"),
        ({"amount": "ten", "currency": "eur"}, "amount"),
        ({"amount": 100, "currency": "eur", "capture_method": "late"}, "capture_method"),
        ({"amount": 100, "currency": "eur", "metadata": "text"}, "metadata"),
        ({"amount": 49, "currency": "eur"}, "amount"),
        ({"amount": 100, "currency": "euro"}, "currency"),
        (
            {"amount": 100, "currency": "eur", "payment_method_types": ["card_present"]},
            "payment_method_types",
        ),
    ],
)
def test_each_parameter_is_checked(sdk: stripe.StripeClient, params: dict[str, object], param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sdk.raw_request("post", "/v1/payment_intents", **params)
    assert refused.value.param == param


def test_the_search_knows_an_intent_later_than_the_list(sdk: stripe.StripeClient, double: StripeLoop) -> None:
    intent = sdk.v1.payment_intents.create(
        {"amount": 100, "currency": "eur", "metadata": {"key": "SEARCHED"}}
    )
    query = "metadata['key']:'SEARCHED'"
    assert sdk.v1.payment_intents.search({"query": query}).data == []
    assert sdk.v1.payment_intents.list({"limit": 1}).data[0].id == intent.id
    double.double.ahead_s = 61.0
    try:
        assert [i.id for i in sdk.v1.payment_intents.search({"query": query}).data] == [intent.id]
    finally:
        double.double.ahead_s = 0.0


def test_lists_come_in_pages(sdk: stripe.StripeClient) -> None:
    made = [created(sdk).id for _ in range(4)]
    found: list[str] = []
    page = sdk.v1.payment_intents.list({"limit": 2})
    while len(found) < 4:
        found += [intent.id for intent in page.data]
        page = sdk.v1.payment_intents.list({"limit": 2, "starting_after": found[-1]})
    assert found[:4] == made[::-1]


def test_a_reader_that_authorises_or_is_offline_refuses(sdk: stripe.StripeClient, double: StripeLoop) -> None:
    intent = created(sdk)
    sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
    double.run(lambda: double.server.controlled({"do": "reader", "reader": READER, "authorising": True}))
    with pytest.raises(stripe.InvalidRequestError) as busy:
        sdk.v1.terminal.readers.cancel_action(READER)
    assert busy.value.code == "terminal_reader_busy"
    double.run(lambda: double.server.controlled({"do": "reader", "reader": READER, "online": False}))
    with pytest.raises(stripe.InvalidRequestError) as offline:
        sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
    assert offline.value.code == "terminal_reader_offline"


def test_only_a_key_of_test_mode_is_taken(double: StripeLoop) -> None:
    for key in ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", "pk_test_4eC39HqLyjWDarjtT1zdp7dc"):
        with client(double, key) as sdk, pytest.raises(stripe.AuthenticationError):
            sdk.v1.terminal.readers.list()


def test_interac_is_refunded_at_the_reader_only(sdk: stripe.StripeClient) -> None:
    intent = sdk.v1.payment_intents.create(
        {
            "amount": 700,
            "currency": "cad",
            "allowed_payment_method_types": ["card_present", "interac_present"],
        }
    )
    sdk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": intent.id})
    helpers = sdk.v1.test_helpers.terminal.readers
    helpers.present_payment_method(READER, {"type": "interac_present"})
    with pytest.raises(stripe.InvalidRequestError):
        sdk.v1.refunds.create({"payment_intent": intent.id})
    sdk.v1.terminal.readers.refund_payment(READER, {"payment_intent": intent.id, "amount": 700})
    helpers.present_payment_method(READER, {"type": "interac_present"})
    assert [r.amount for r in sdk.v1.refunds.list({"payment_intent": intent.id}).data] == [700]

"""What is kept of a card: brand, last four digits, AID, label, method, authorisation code. Nothing else."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.nexo.card import additional, card_of
from kiosk.core.domain.card_shown import CardShown

PAIRS = {
    "AID": "A0000000041010",
    "applicationPreferredName": "MCC",
    "paymentMethod": "mc",
    "cardSummary": "3511",
    "posEntryMode": "CLESS_SWIPE",
    "authCode": "123456",
    "cardHolderName": "A SHOPPER",
    "cardBin": "541333",
    "expiryDate": "12/2030",
    "alias": "M900978995070104",
}
SHOWN = CardShown("mc", "3511", "A0000000041010", "MCC", "contactless", "123456")


def as_json(pairs: object) -> str:
    return base64.b64encode(json.dumps(pairs).encode()).decode()


@pytest.mark.parametrize(
    "text", [urlencode(PAIRS), as_json(PAIRS), as_json({"additionalData": PAIRS, "store": "x"})]
)
def test_both_forms_of_the_additional_response_are_read(text: str) -> None:
    assert card_of({}, additional(text)) == SHOWN


def test_the_payment_result_has_it_too() -> None:
    result = {
        "PaymentInstrumentData": {
            "CardData": {"EntryMode": ["ICC"], "PaymentBrand": "visa", "MaskedPan": "411111 **** 1111"}
        },
        "PaymentAcquirerData": {"ApprovalCode": "ab12cd"},
    }
    assert card_of(result, {}) == CardShown("visa", "1111", method="chip", authorisation="AB12CD")


@pytest.mark.parametrize("masked", ["4111111111111111", "411111******1111 ", "", None, 5, "****"])
def test_of_a_card_number_at_most_the_last_four_digits_are_kept(masked: object) -> None:
    card = card_of({"PaymentInstrumentData": {"CardData": {"MaskedPan": masked}}}, {})
    assert card is None or card.last_four in ("1111", "")


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    card_of({"PaymentInstrumentData": text}, additional(text))


@pytest.mark.parametrize(
    "text", [None, 5, "x" * 70_000, as_json([1]), as_json({"a": {"b": 1}}), "&=&=", "%ff=%fe"]
)
def test_what_cannot_be_read_is_left_out(text: object) -> None:
    assert card_of(None, additional(text)) is None
    assert all(isinstance(value, str) for value in additional(text).values())

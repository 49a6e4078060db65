"""A receipt's link: how long it is open, where it is shown, and that associates find the sale all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState, Receipt
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.payments.receipts.links import DAY_US, ReceiptLinks, token_of
from kiosk.store.texts import page_texts
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.payments.receipts.paid_store import ORDER, PUBLIC, paid
from tests.kiosk.store.sample_shop import PIN
from tests.optional_values import present


def test_a_link_is_open_for_its_days_and_then_says_so_in_her_language(tmp_path: Path) -> None:
    with paid(tmp_path, days=30) as sold:
        sold.clock.now_us = sold.receipt.at_us + 30 * DAY_US - 1
        assert sold.opened().status_code == 200
        sold.clock.now_us += 1
        for language in LANGUAGES:
            answer = sold.opened(language)
            assert answer.status_code == 410
            assert answer.headers["content-language"] == language
            assert page_texts("receipt_link", language)["title"] in answer.text
            assert "30" in answer.text
            # it says nothing of the sale
            assert sold.receipt.number not in answer.text
            assert "Linen" not in answer.text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_part_of_a_link_shows_a_page_in_her_language(tmp_path: Path, language: str) -> None:
    with paid(tmp_path) as sold:
        token = token_of(sold.receipt)
        for wrong in (token[:-1], f"{token}.", token.swapcase(), "a"):
            address, headers = f"{sold.url}/r/{wrong}", {"Accept-Language": language}
            for answer in (
                requests.get(address, headers=headers, timeout=10),
                requests.post(address, data={"address": "a@b.example"}, headers=headers, timeout=10),
            ):
                assert (answer.status_code, answer.headers["content-language"]) == (404, language)
                assert page_texts("receipt_link", language)["unknown"] in answer.text
                assert sold.receipt.number not in answer.text


def test_associates_find_the_sale_of_an_expired_link(tmp_path: Path) -> None:
    with paid(tmp_path, days=1) as sold:
        sold.clock.now_us = sold.receipt.at_us + 60 * DAY_US
        assert sold.opened().status_code == 410
        with associate(sold.url, "a-ines", PIN) as ines:
            for label in (sold.receipt.link, f"{PUBLIC}/r/{token_of(sold.receipt)}"):
                status, found = ines.ask("GET", "/api/v1/sales", params={"label": label})
                assert (status, found["sales"][0]["receipt"]) == (200, sold.receipt.number)


def test_without_a_limit_a_link_stays_open(tmp_path: Path) -> None:
    with paid(tmp_path, days=0) as sold:
        sold.clock.now_us += 4000 * DAY_US
        assert sold.opened().status_code == 200


@pytest.mark.parametrize(
    ("public_url", "shown"),
    [
        ("", ""), ("http://127.0.0.1:8075", ""), ("http://receipts.shop.example", ""),
        (PUBLIC, f"{PUBLIC}/r/"), ("http://192.168.1.20:8075/", "http://192.168.1.20:8075/r/"),
    ],
)  # fmt: skip
def test_the_mirror_gets_a_link_only_where_a_phone_can_open_it(
    tmp_path: Path, public_url: str, shown: str
) -> None:
    with paid(tmp_path, public_url=public_url) as sold:
        assert sold.link == (shown + token_of(sold.receipt) if shown else "")
        # the page itself is there in any case
        assert sold.opened().status_code == 200
        desk = sold.store.service.desk.payment(ORDER)
        assert bool(desk.code) is bool(shown)
        assert present(desk.receipt).link == sold.link


def receipt(at_us: int, link: str = "http://old.example/r/abc") -> Receipt:
    money = Money(100, "EUR")
    return Receipt(ORDER, "000001", money, money, PaymentMeans.TERMINAL, link, at_us)


def test_an_earlier_receipt_follows_the_same_rule_and_the_present_address() -> None:
    links = ReceiptLinks(lambda: PUBLIC, lambda: 100 * DAY_US, 90)
    assert links.for_phone(receipt(11 * DAY_US)) == f"{PUBLIC}/r/abc"
    assert links.for_phone(receipt(10 * DAY_US)) == ""
    assert links.is_expired(receipt(10 * DAY_US))
    # paid while the clock was wrong: it is open until that time has passed
    assert not links.is_expired(receipt(150 * DAY_US))


def test_planted_a_rule_that_never_expires_is_caught() -> None:
    # a clock that stands still: the rule depends on it, and the first test would fail
    assert not ReceiptLinks(lambda: PUBLIC, lambda: 0, 90).is_expired(receipt(0))


def test_the_card_of_the_attempt_that_paid_is_on_the_receipt(tmp_path: Path) -> None:
    with paid(tmp_path) as sold:
        book = sold.store.payments.book
        was: Attempt = present(book.paid_attempt(ORDER))
        assert was.state is PaymentState.PAID
        book.put_attempt(replace(was, card=CardShown("visa", "4242", authorisation="123456")))
        page = sold.opened().text
    assert "Visa •••• 4242" in page
    assert "123456" in page

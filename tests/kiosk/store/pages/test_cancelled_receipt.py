"""A receipt whose sale was taken back says so in every form and language, and does not say that it was paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest

from kiosk.connectors.messages.port import mail_address
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.core.domain.slips.slip import Line, Pair
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_mail import receipt_mail
from kiosk.store.pages.receipt_print import receipt_slip
from kiosk.store.payments.order_book import Sale
from kiosk.store.texts import page_texts
from tests.kiosk.connectors.printers.sample_sale import LINK, SHOP, sample_sale

TO = mail_address("clara@example.com")
TEXT_OF = {TakeBackReason.PARTLY_CHARGED: "cancelled_part"}


def forms(sale: Sale, language: str) -> Mapping[str, str]:
    """The receipt on the page, as e-mail in both forms, and on paper."""
    mail = receipt_mail(sale, SHOP, language, LINK, TO, "m@shop.example")
    rows = receipt_slip(sale, SHOP, language, LINK).rows
    paper = [row.text if isinstance(row, Line) else row.start for row in rows if isinstance(row, Line | Pair)]
    return {
        "page": unescape(receipt_page(sale, SHOP, language)), "html": unescape(mail.html), "text": mail.text,
        "paper": "\n".join(paper),
    }  # fmt: skip


def wrong(sale: Sale, language: str, said: str) -> list[str]:
    """The forms that do not say it, or say more."""
    texts = page_texts("receipt", language)
    unsaid = [texts[name] for name in ("thanks", "paid_with", "shop_till", "pending")]
    found = forms(sale, language).items()
    return [form for form, text in found if texts[said] not in text or any(one in text for one in unsaid)]


@pytest.mark.parametrize("reason", TakeBackReason)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_that_the_sale_was_cancelled(language: str, reason: TakeBackReason) -> None:
    sale = sample_sale()
    taken = TakenBack(sale.order.order_id, sale.receipt.number, "KEY", reason, "a-ines", 1)
    assert wrong(replace(sale, taken_back=taken), language, TEXT_OF.get(reason, "cancelled")) == []


def test_planted_a_valid_receipt_is_not_taken_for_a_cancelled_one() -> None:
    assert set(wrong(sample_sale(), "en", "cancelled")) == {"page", "html", "text", "paper"}

"""The e-mail with a receipt: in every language, as text and HTML, complete, escaped, with the card as allowed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from kiosk.connectors.messages.port import mail_address
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_mail import Posted, posted_page, receipt_mail
from kiosk.store.pages.receipt_view import receipt_view
from kiosk.store.texts import page_texts
from tests.kiosk.connectors.printers.sample_sale import LINK, SHOP, sample_sale

TO = mail_address("clara@example.com")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_says_what_the_receipt_says(language: str) -> None:
    sale = sample_sale(is_signed=True)
    mail = receipt_mail(sale, SHOP, language, LINK, TO, "m@shop.example")
    total = sale.order.total.formatted(language, with_zeros=True)
    for body in (mail.text, mail.html):
        for shown in (total, "001234", "Visa •••• 4242", "A0000000031010", "123456", "TILL-0001", LINK):
            assert shown in body
        assert page_texts("receipt", language)["net"] in body
        assert "contactless" not in body
    assert "Scarf &lt;b&gt;" in mail.html
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in mail.html
    assert mail.subject == page_texts("receipt_mail", language)["subject"].format(
        number="001234", shop="Ostrevane"
    )
    assert "src=" not in mail.html, "nothing is loaded when it is opened"


def test_without_a_link_none_is_named() -> None:
    mail = receipt_mail(sample_sale(), SHOP, "en", "", TO, "m@shop.example")
    assert "/r/" not in mail.text + mail.html
    assert "http" not in mail.text + mail.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("posted", Posted)
def test_the_page_after_the_form_says_what_became_of_it(posted: Posted, language: str) -> None:
    assert page_texts("receipt_mail", language)[posted.value] in posted_page(SHOP, language, posted)


class _Isolated(HTMLParser):
    """The texts of a page by whether a `bdi` isolates them from the direction of what is around."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.inside, self.outside = 0, list[str](), list[str]()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.depth += tag == "bdi"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "bdi"

    def handle_data(self, data: str) -> None:
        (self.inside if self.depth else self.outside).append(data)


def not_isolated(html: str) -> list[str]:
    """Texts of a receipt that keep their own direction and are not isolated: `Scarf <b>` would be `<Scarf <b`."""
    parser, view = _Isolated(), receipt_view(sample_sale(is_signed=True), SHOP, "ar")
    parser.feed(html)
    body = "".join(parser.outside)
    own = [*(line.name for line in view.lines), view.paid_at, view.means, *(row.value for row in view.card)]
    return [text for text in own if text in body or text not in "\n".join(parser.inside)]


def test_names_numbers_and_times_keep_their_direction_in_arabic() -> None:
    sale = sample_sale(is_signed=True)
    mail = receipt_mail(sale, SHOP, "ar", LINK, TO, "m@shop.example").html
    assert not_isolated(mail) == []
    assert not_isolated(receipt_page(sale, SHOP, "ar")) == []
    planted = mail.replace("<bdi>Scarf &lt;b&gt;</bdi>", "Scarf &lt;b&gt;")
    assert not_isolated(planted) == ["Scarf <b>"]

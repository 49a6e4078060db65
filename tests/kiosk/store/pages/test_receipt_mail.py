"""The e-mail with a receipt: in every language, as text and HTML, complete, escaped, with the card as allowed."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from html.parser import HTMLParser
from io import BytesIO

import pytest
import segno
from PIL import Image

from kiosk import paths
from kiosk.connectors.messages.composing import composed
from kiosk.connectors.messages.port import mail_address
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.printers.addresses import parse_printer
from kiosk.connectors.printers.commands import slip_commands
from kiosk.core.domain.fiscal.entry import sale_entry, signed
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.slips.slip import Code, Slip
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_mail import Posted, posted_page, receipt_mail
from kiosk.store.pages.receipt_print import receipt_slip
from kiosk.store.pages.receipt_view import receipt_view
from kiosk.store.payments.order_book import Sale
from kiosk.store.texts import page_texts
from tests.kiosk.connectors.messages.mail_server import mail_server
from tests.kiosk.connectors.printers.sample_sale import LINK, SHOP, SIGNATURE, sample_sale
from tests.optional_values import present

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
    sources = re.findall(r'src="([^"]*)"', mail.html)
    assert sources == [f"cid:{image.content_id}" for image in mail.images], (
        "nothing is loaded when it is opened"
    )


def with_code(content: str) -> Sale:
    """The signed sale, whose register gave this text for a QR code."""
    entry = sale_entry(OrderId("o"), 1)
    return replace(sample_sale(), registration=signed(entry, replace(SIGNATURE, code=content), 2))


def modules(png: bytes) -> list[list[int]]:
    """The modules of a QR code in a picture, without its quiet zone."""
    image = Image.open(BytesIO(png)).convert("L")
    side = image.width // 4 - 8
    return [[int(image.getpixel((18 + 4 * x, 18 + 4 * y)) == 0) for x in range(side)] for y in range(side)]


def test_the_registers_code_is_in_the_message_as_picture_and_as_text() -> None:
    sale = sample_sale(is_signed=True)
    with mail_server() as server:
        SmtpSender(MailAccount(f"smtp://127.0.0.1:{server.port}", "receipts@shop.example")).send(
            receipt_mail(sale, SHOP, "de", LINK, TO, "m@shop.example")
        )
        (message,) = server.received
    html = present(message.get_body(("html",))).get_content()
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html
    assert picture.get_content_disposition() == "inline"
    expected = [list(row) for row in segno.make(SIGNATURE.code, error="m", micro=False).matrix]
    assert modules(picture.get_content()) == expected
    for body in (html, present(message.get_body(("plain",))).get_content()):
        assert SIGNATURE.code in body


def test_without_a_code_of_the_register_there_is_no_picture() -> None:
    for sale in (sample_sale(), with_code("")):
        mail = receipt_mail(sale, SHOP, "de", LINK, TO, "m@shop.example")
        assert (mail.images, "<img" in mail.html) == ((), False)
        message = message_from_bytes(composed(mail, TO, 0))
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative", "text/plain", "text/html",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "drawn"),
    [("a" * 2332, True), pytest.param("a" * 2900, True, marks=pytest.mark.full), ("\u20ac" * 2900, False)],
    ids=["long", "longest", "too-long"],
)
def test_a_code_of_any_length_that_a_register_may_give_is_shown(content: str, *, drawn: bool) -> None:
    """Longer than a code with error correction M holds; longer than any: its text stands in its place."""
    sale = with_code(content)
    mail, page = receipt_mail(sale, SHOP, "de", LINK, TO, "m@shop.example"), receipt_page(sale, SHOP, "de")
    assert content in mail.text
    assert (len(mail.images), "<svg" in page, content in page) == (int(drawn), drawn, not drawn)
    rows = receipt_slip(sale, SHOP, "de", "").rows
    assert [row.content for row in rows if isinstance(row, Code)] == ([content] if drawn else [])
    assert slip_commands(Slip("de", rows), parse_printer("escpos+tcp://h?width=58"), paths.assets() / "fonts")


def test_planted_a_code_that_only_fits_with_less_error_correction_is_noticed() -> None:
    with pytest.raises(segno.DataOverflowError):
        segno.make("a" * 2332, error="m", micro=False)


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
    own = [
        *(line.name for line in view.lines),
        *view.issuer,
        view.paid_at,
        view.means,
        *(row.value for row in view.card),
    ]
    return [text for text in own if text in body or text not in "\n".join(parser.inside)]


def test_names_numbers_and_times_keep_their_direction_in_arabic() -> None:
    sale = sample_sale(is_signed=True)
    mail = receipt_mail(sale, SHOP, "ar", LINK, TO, "m@shop.example").html
    assert not_isolated(mail) == []
    assert not_isolated(receipt_page(sale, SHOP, "ar")) == []
    planted = mail.replace("<bdi>Scarf &lt;b&gt;</bdi>", "Scarf &lt;b&gt;")
    assert not_isolated(planted) == ["Scarf <b>"]

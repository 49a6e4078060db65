"""A receipt as an e-mail, text and HTML; and the page that says whether it is on its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, unique
from typing import Final

from kiosk.connectors.messages.port import InlineImage, Mail, MailAddress
from kiosk.pictures.slips.qr_codes import qr_png
from kiosk.store.pages.receipt_view import ReceiptView, receipt_view
from kiosk.store.pages.render import render
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE: Final = "receipt_mail"


@unique
class Posted(Enum):
    """What became of an address that a shopper typed on the receipt's page."""

    WAITING = "waiting"
    WRONG = "wrong"
    MANY = "many"


STATUS: Final = {Posted.WAITING: 202, Posted.WRONG: 422, Posted.MANY: 429}
"""HTTP status of the page."""


def receipt_mail(
    sale: Sale, shop: ShopSettings, language: str, link: str, to: MailAddress, message_id: str
) -> Mail:
    """The message. `link`: the receipt's address for phones; empty for none."""
    view, texts = receipt_view(sale, shop, language), page_texts(PAGE, language)
    code = _code(view, message_id)
    return Mail(
        message_id=message_id,
        to=to,
        subject=texts["subject"].format(number=view.number, shop=view.shop),
        text="\n".join(_rows(view, link)) + "\n",
        html=render(
            PAGE, language, shop=shop, receipt=view, of_page=page_texts("receipt", language), link=link,
            code=code,
        ),
        language=language,
        sender_name=shop.name,
        images=(code,) if code else (),
    )  # fmt: skip


def _code(view: ReceiptView, message_id: str) -> InlineImage | None:
    """The cash register's QR code; None if it gave none, or one that has no room in a code."""
    png = qr_png(view.signature.code) if view.signature and view.signature.code else b""
    return InlineImage(f"register-{message_id}", png) if png else None


def posted_page(shop: ShopSettings, language: str, posted: Posted) -> str:
    """The page after the address was sent."""
    return render("receipt_posted", language, shop=shop, says=page_texts(PAGE, language)[posted.value])


def _rows(view: ReceiptView, link: str) -> Iterator[str]:
    """The plain text, a line each."""
    texts, mail = page_texts("receipt", view.language), page_texts(PAGE, view.language)
    yield from (view.shop, "", f"{texts['receipt']} {view.number}", view.paid_at, "")
    if view.cancelled:
        yield from (view.cancelled, "")
    yield from _sold(view, texts)
    yield ""
    if view.note:
        yield view.note
    yield from _registered(view, texts)
    if not view.cancelled:
        yield from (texts["thanks"], mail["keep"])
    if link:
        yield f"{mail['online']}: {link}"
    if view.issuer:
        yield from ("", *view.issuer)


def _sold(view: ReceiptView, texts: Mapping[str, str]) -> Iterator[str]:
    """The pieces, and how they were paid."""
    for line in view.lines:
        yield f"{line.name}: {line.price}"
        if line.details:
            yield f"  {line.details}"
        for discount in line.discounts:
            yield f"  {discount.label}: {discount.value}"
    for row in view.promises:
        yield from ("", f"{row.label} ({row.value})" if row.value else row.label)
    yield from ("", f"{texts['total']}: {view.total}")
    if view.means:
        yield f"{texts['paid_with']}: {view.means}"
    yield from (f"{row.label}: {row.value}" for row in view.card)
    if view.refunded:
        yield f"{texts['paid_back']}: {view.refunded}"
    for tax in view.taxes:
        yield f"{view.tax_title} {tax.rate}: {tax.tax} ({texts['net']}: {tax.net})"


def _registered(view: ReceiptView, texts: Mapping[str, str]) -> Iterator[str]:
    """What the law's cash register says."""
    if view.signature is None:
        return
    yield from (f"{row.label}: {row.value}" for row in view.signature_rows)
    yield f"{texts['signature']}: {view.signature.signature}"
    yield from view.signature.texts
    if view.signature.code:
        yield view.signature.code

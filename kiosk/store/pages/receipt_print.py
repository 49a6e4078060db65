"""The printed receipt: the rows of a receipt printer."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.domain.slips.slip import Code, Gap, Line, Pair, Row, Rule, Slip
from kiosk.pictures.slips.qr_codes import qr_code
from kiosk.store.pages.receipt_view import ReceiptView, receipt_view
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE = "receipt_print"


def receipt_slip(sale: Sale, shop: ShopSettings, language: str, link: str) -> Slip:
    """The receipt of a sale. `link`: its address for phones, printed as a QR code; empty for none."""
    view = receipt_view(sale, shop, language)
    return Slip(
        language, (*_head(view), *_lines(view), *_payment(view), *_register(view), *_foot(view, link))
    )


def _head(view: ReceiptView) -> Iterator[Row]:
    yield Line(view.shop, large=True, centred=True)
    for line in view.issuer:
        yield Line(line, centred=True)
    yield Gap()
    yield Pair(f"{page_texts('receipt', view.language)['receipt']} {view.number}", view.paid_at)
    yield Rule()
    if view.cancelled:
        yield Line(view.cancelled, large=True)
        yield Rule()


def _lines(view: ReceiptView) -> Iterator[Row]:
    for line in view.lines:
        yield Pair(line.name, line.price)
        if line.details:
            yield Line(line.details)
        for discount in line.discounts:
            yield Pair(f"  {discount.label}", discount.value)
    for row in view.promises:
        yield Gap()
        yield Line(row.label)
        if row.value:
            yield Line(f"  {row.value}")
    yield Rule()


def _payment(view: ReceiptView) -> Iterator[Row]:
    texts = page_texts("receipt", view.language)
    yield Pair(texts["total"], view.total, large=True)
    if view.means:
        yield Pair(texts["paid_with"], view.means)
    for row in view.card:
        yield Pair(row.label, row.value)
    if view.refunded:
        yield Pair(texts["paid_back"], view.refunded)
    if view.taxes:
        yield Gap()
    for tax in view.taxes:
        yield Pair(f"{view.tax_title} {tax.rate}", tax.tax)
        yield Pair(f"  {texts['net']}", tax.net)


def _register(view: ReceiptView) -> Iterator[Row]:
    if view.note:
        yield Gap()
        yield Line(view.note)
    if view.signature is None:
        return
    yield Rule()
    for row in view.signature_rows:
        yield Pair(row.label, row.value)
    yield Line(page_texts("receipt", view.language)["signature"])
    yield Line(view.signature.signature)
    for text in view.signature.texts:
        yield Line(text)
    if view.signature.code:
        yield Code(view.signature.code) if qr_code(view.signature.code) else Line(view.signature.code)


def _foot(view: ReceiptView, link: str) -> Iterator[Row]:
    yield Gap()
    if not view.cancelled:
        yield Line(page_texts("receipt", view.language)["thanks"], centred=True)
    if link:
        yield Code(link)
        yield Line(page_texts(PAGE, view.language)["scan"], centred=True)

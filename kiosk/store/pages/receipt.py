"""The receipt page, which the QR code on the mirror opens on the shopper's phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import segno

from kiosk.clock import US
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.money import total
from kiosk.core.domain.payment import OrderLine, PaymentMeans
from kiosk.core.domain.tax import TaxLine, percent_text
from kiosk.store.pages.render import render
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE = "receipt"


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One piece as the page shows it; `picture` is a path below /api/v1/pictures, empty for none."""

    name: str
    details: str
    price: str
    picture: str
    returned: bool


def receipt_page(sale: Sale, shop: ShopSettings, language: str) -> str:
    """The page of a paid sale; returned pieces are struck out and the refunded total is shown."""
    order, receipt = sale.order, sale.receipt
    texts = page_texts(PAGE, language)
    returned = [li.paid for li in order.lines if li.piece in sale.returned]
    return render(
        PAGE,
        language,
        shop=shop,
        receipt=receipt,
        lines=[
            _line(li, language, texts["returned"] if li.piece in sale.returned else "") for li in order.lines
        ],
        total=receipt.total.formatted(language, with_zeros=True),
        taxes=[_tax(tax, language) for tax in order.tax_lines],
        tax_title=texts["tax_added" if order.tax_added else "tax"],
        pending=sale.registration is not None and sale.registration.signature is None,
        registration=_registration(sale),
        means=texts["terminal" if receipt.paid_with is PaymentMeans.TERMINAL else "stored"],
        refunded=total(returned, order.total.currency).formatted(language, with_zeros=True)
        if sale.returned
        else "",
        paid_at=paid_at(sale, shop).strftime("%Y-%m-%d %H:%M %Z"),
    )


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate as the page shows it."""

    rate: str
    net: str
    tax: str


@dataclass(frozen=True, slots=True)
class RegistrationBlock:
    """What the law's cash register said; `code` is its QR code as SVG."""

    signature: Signature
    code: str


def _tax(tax: TaxLine, language: str) -> TaxRow:
    net, amount = (money.formatted(language, with_zeros=True) for money in (tax.net, tax.tax))
    return TaxRow(percent_text(tax.rate_ppm, language), net, amount)


def _registration(sale: Sale) -> RegistrationBlock | None:
    """None where the register has not signed the sale, or none is configured."""
    signature = sale.registration.signature if sale.registration else None
    if signature is None:
        return None
    code = (
        segno.make(signature.code, error="m", micro=False).svg_inline(scale=3, border=2)
        if signature.code
        else ""
    )
    return RegistrationBlock(signature, code)


def paid_at(sale: Sale, shop: ShopSettings) -> datetime:
    """The time of the payment in the shop's time zone."""
    return datetime.fromtimestamp(sale.receipt.at_us // US, ZoneInfo(shop.time_zone))


def _line(line: OrderLine, language: str, returned: str) -> ReceiptLine:
    details = (line.colour.in_language(language), line.size, returned)
    return ReceiptLine(
        name=line.name.in_language(language),
        details=" · ".join(filter(None, details)),
        price=line.price.formatted(language, with_zeros=True),
        picture=line.picture,
        returned=bool(returned),
    )

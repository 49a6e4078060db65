"""The receipt page, which the QR code on the mirror opens on the shopper's phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import segno

from kiosk.clock import US
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.garment import displayed_size
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
    now = sale.now.lines
    returned = [li.paid for li in now if li.piece in sale.returned]
    return render(
        PAGE,
        language,
        shop=shop,
        receipt=receipt,
        lines=[
            _line(was, is_now, language, texts, returned=is_now.piece in sale.returned)
            for was, is_now in zip(order.lines, now, strict=True)
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


def _line(
    line: OrderLine, now: OrderLine, language: str, texts: Mapping[str, str], *, returned: bool
) -> ReceiptLine:
    """A line as it was bought, and for what it was changed since then."""
    changed = " ".join(filter(None, (_other(line, now, language), displayed_size(now.size))))
    details = (
        line.colour.in_language(language),
        displayed_size(line.size),
        texts["changed"].format(what=changed) if now.piece != line.piece else "",
        texts["returned"] if returned else "",
    )
    return ReceiptLine(
        name=line.name.in_language(language),
        details=" · ".join(filter(None, details)),
        price=line.price.formatted(language, with_zeros=True),
        picture=line.picture,
        returned=returned,
    )


def _other(line: OrderLine, now: OrderLine, language: str) -> str:
    """The new colour, where it is another one."""
    was, is_now = line.colour.in_language(language), now.colour.in_language(language)
    return is_now if was != is_now else ""

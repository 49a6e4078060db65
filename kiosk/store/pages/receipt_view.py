"""What a receipt says, as texts in one language: the page, the e-mail and the print show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.garment import displayed_size
from kiosk.core.domain.money import Money, minus, total
from kiosk.core.domain.payment import Order, OrderLine, PaymentMeans
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.domain.sales.taken_back import TakeBackReason
from kiosk.core.domain.tax import TaxLine, percent_text
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE = "receipt"
_WAYS = {
    DeliveryWay.TAKE: "way_take",
    DeliveryWay.BAG: "way_bag",
    DeliveryWay.COLLECT: "way_collect",
    DeliveryWay.SEND: "way_send",
}


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A value with what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One piece as it is shown; `picture` is a path below /api/v1/pictures, empty for none.

    `price` is without promotions; `discounts`: what each promotion took off, with a minus sign.
    """

    name: str
    details: str
    price: str
    picture: str
    returned: bool
    discounts: tuple[LabelledText, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate."""

    rate: str
    net: str
    tax: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt in one language.

    `card`: the brand and the last four digits, application and authorisation, where the terminal said them. `signature`
    is that of the law's cash register; `pending`: it has not signed yet. `note`: who registers the sale, where that is
    not this register. `refunded`: empty where nothing was paid back. `issuer`: who gives the receipt, as configured:
    company, address, tax numbers, a line each. `cancelled`: says that the sale was taken back; empty for a valid one.
    `promises`: how the pieces reach her, and the day, as it was shown; empty where she took everything along.
    """

    language: str
    shop: str
    issuer: tuple[str, ...]
    number: str
    paid_at: str
    lines: tuple[ReceiptLine, ...]
    promises: tuple[LabelledText, ...]
    total: str
    means: str
    card: tuple[LabelledText, ...]
    refunded: str
    tax_title: str
    taxes: tuple[TaxRow, ...]
    pending: bool
    signature: Signature | None
    signature_rows: tuple[LabelledText, ...]
    note: str
    cancelled: str


def receipt_view(sale: Sale, shop: ShopSettings, language: str) -> ReceiptView:
    """The receipt of a sale; returned pieces are marked, and the total that was paid back is shown."""
    order, receipt, texts = sale.order, sale.receipt, page_texts(PAGE, language)
    now = sale.now.lines
    returned = [li.paid for li in now if li.piece in sale.returned]
    signature = sale.registration.signature if sale.registration else None
    return ReceiptView(
        language=language,
        shop=shop.name,
        issuer=shop.issuer.lines,
        number=receipt.number,
        paid_at=paid_at(sale, shop).strftime("%Y-%m-%d %H:%M %Z"),
        lines=tuple(
            _line(was, is_now, language, texts, returned=is_now.piece in sale.returned)
            for was, is_now in zip(order.lines, now, strict=True)
        ),
        promises=() if sale.taken_back else _promises(order, language, texts),
        total=_amount(receipt.total, language),
        means="" if sale.taken_back else _means(receipt.paid_with, sale.card, texts),
        card=() if sale.taken_back else _card(sale.card, texts),
        refunded=_amount(total(returned, order.total.currency), language) if sale.returned else "",
        tax_title=texts["tax_added" if order.tax_added else "tax"],
        taxes=tuple(_tax(tax, language) for tax in order.tax_lines),
        pending=sale.registration is not None and signature is None and not sale.taken_back,
        signature=signature,
        signature_rows=_signature_rows(signature, texts),
        note=texts["shop_till"] if sale.registration is None and not sale.taken_back else "",
        cancelled=_cancelled(sale, texts),
    )


def _promises(order: Order, language: str, texts: Mapping[str, str]) -> tuple[LabelledText, ...]:
    """The way of each part with its pieces, and the day: on it for members, from it on for guests."""
    names = {line.piece: line.name.in_language(language) for line in order.lines}
    return tuple(
        LabelledText(
            f"{texts[_WAYS[one.way]]}: {', '.join(names[piece] for piece in one.pieces)}",
            texts["on_day" if one.guaranteed else "from_day"].format(day=one.day) if one.day else "",
        )
        for one in order.promises
    )


def _cancelled(sale: Sale, texts: Mapping[str, str]) -> str:
    if sale.taken_back is None:
        return ""
    partly = sale.taken_back.reason is TakeBackReason.PARTLY_CHARGED
    return texts["cancelled_part" if partly else "cancelled"]


def paid_at(sale: Sale, shop: ShopSettings) -> datetime:
    """The time of the payment in the shop's time zone."""
    return datetime.fromtimestamp(sale.receipt.at_us // US, ZoneInfo(shop.time_zone))


def _amount(money: Money, language: str) -> str:
    return money.formatted(language, with_zeros=True)


def _tax(tax: TaxLine, language: str) -> TaxRow:
    return TaxRow(
        percent_text(tax.rate_ppm, language), _amount(tax.net, language), _amount(tax.tax, language)
    )


def _means(paid_with: PaymentMeans, card: CardShown | None, texts: Mapping[str, str]) -> str:
    """Brand and last four digits of the card; a general word where the terminal did not say them."""
    if card is None or not (card.brand or card.last_four):
        return texts["terminal" if paid_with is PaymentMeans.TERMINAL else "stored"]
    brand = (card.brand[:1].upper() + card.brand[1:]) or texts["terminal"]
    return f"{brand} •••• {card.last_four}" if card.last_four else brand


def _card(card: CardShown | None, texts: Mapping[str, str]) -> tuple[LabelledText, ...]:
    """Application and authorisation code, as the card schemes ask for on a receipt (EMV Book 4, 11.4)."""
    if card is None:
        return ()
    application = " ".join(filter(None, (card.application_label, card.application)))
    rows = ((texts["application"], application), (texts["authorisation"], card.authorisation))
    return tuple(LabelledText(label, value) for label, value in rows if value)


def _signature_rows(signature: Signature | None, texts: Mapping[str, str]) -> tuple[LabelledText, ...]:
    if signature is None:
        return ()
    rows = {"register": signature.register, "transaction": signature.number, "signed_at": signature.signed_at}
    return tuple(LabelledText(texts[name], value) for name, value in rows.items())


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
        price=_amount(line.listed, language),
        picture=line.picture,
        returned=returned,
        discounts=tuple(
            LabelledText(one.name.in_language(language), _amount(minus(one.amount), language))
            for one in line.discounts
        ),
    )


def _other(line: OrderLine, now: OrderLine, language: str) -> str:
    """The new colour, where it is another one."""
    was, is_now = line.colour.in_language(language), now.colour.in_language(language)
    return is_now if was != is_now else ""

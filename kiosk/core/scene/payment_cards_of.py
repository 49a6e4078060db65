"""The cards of the basket, of the payment and of the receipt."""

from __future__ import annotations

from kiosk.core.domain.garment import Piece, displayed_size
from kiosk.core.domain.money import Money, minus, total
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.promise.values import is_fee
from kiosk.core.domain.sales.order import OrderLine, discounts_of
from kiosk.core.domain.slips.printing import PrintState
from kiosk.core.domain.tax import percent_of_ppm, percent_text
from kiosk.core.scene.delivery_cards import parcel_cards
from kiosk.core.scene.outline import outline_of
from kiosk.core.scene.service_cards import BasketCard, BasketLineCard, PayCard, ReceiptCard
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.state import Visit


def basket_card(visit: Visit) -> BasketCard:
    """What could be bought, what is chosen, and the total of what is chosen and with her, with promotions."""
    taken = visit.basket
    priced = visit.pay.prices_of([p.piece_id for p in taken])
    here = [p for p in visit.pieces if p.visible and p.garment and visit.why_not(p) is not WhyNot.BOUGHT]
    lines = (
        *(_line(visit, p, priced.get(p.piece_id), taken=p in taken) for p in here),
        *(_line(visit, p, gone=True) for p in visit.pay.left),
    )
    buyable = [p for p in here if visit.why_not(p) is None]
    currency, language = visit.settings.currency, visit.language
    before = total((p.garment.price for p in taken if p.garment), currency)
    now = total((line.price for line in priced.values()), currency) if priced else before
    saved = Money(before.minor - now.minor, currency)
    return BasketCard(
        lines,
        now.formatted(language) if taken else "",
        len(taken),
        uncertain=sum(visit.why_not(p) is WhyNot.UNSURE for p in here),
        tax_added=visit.settings.tax_added,
        gone=len(visit.pay.left),
        can_take_all=len(buyable) > max(1, len(taken)) and not visit.pay.busy,
        saved=saved.formatted(language) if saved.minor > 0 else "",
        can_send=visit.settings.delivery and bool(taken) and not visit.pay.busy,
        later=sum(p.piece_id in visit.delivery.ways for p in taken),
    )


def shown_price(visit: Visit, piece: Piece) -> str:
    """The price of a piece in the room; empty where it has none."""
    priced = piece.garment is not None and visit.why_not(piece) is not WhyNot.NO_PRICE
    return piece.garment.price.formatted(visit.language) if piece.garment and priced else ""


def _line(
    visit: Visit, piece: Piece, priced: OrderLine | None = None, *, taken: bool = False, gone: bool = False
) -> BasketLineCard:
    garment, language = piece.garment, visit.language
    lowered = priced is not None and priced.before is not None
    assert garment is not None  # pieces without a garment are not listed
    return BasketLineCard(
        piece=piece.piece_id,
        name=garment.name.in_language(language),
        colour=garment.colourway.name.in_language(language),
        size=displayed_size(garment.size),
        price=priced.price.formatted(language) if priced and lowered else shown_price(visit, piece),
        picture=garment.colourway.picture,
        taken=taken,
        gone=gone,
        why_not=None if gone else visit.why_not(piece),
        price_before=shown_price(visit, piece) if lowered else "",
        lowest_price=garment.lowest_price.formatted(language) if lowered and garment.lowest_price else "",
        reasons=tuple(one.name.in_language(language) for one in priced.discounts) if priced else (),
        outline=outline_of(garment.category),
    )


def pay_card(visit: Visit) -> PayCard | None:
    """The payment: what is paid for, the total with its tax, and how far it has come; None without one."""
    progress, language = visit.pay.progress, visit.language
    if progress is None:
        return None
    order = progress.order
    stored = visit.shopper.stored_means if visit.shopper else ""
    recognised = visit.pay.tapped or progress.stored_next
    if order is None:
        return PayCard(
            progress.stage, "", "", "", (), progress.means, stored, progress.why, recognised=recognised
        )
    off = discounts_of(order)
    taxed = [tax for tax in order.tax_lines if tax.rate_ppm]
    return PayCard(
        stage=progress.stage,
        total=order.total.formatted(language),
        tax=order.tax.formatted(language),
        tax_percent=" + ".join(percent_of_ppm(tax.rate_ppm) for tax in taxed),
        pieces=tuple(
            f"{line.name.in_language(language)} {displayed_size(line.size)}".strip()
            for line in order.lines
            if not is_fee(line.piece)
        ),
        means=progress.means,
        stored_means=stored,
        why=progress.why,
        tax_rates=tuple(percent_text(tax.rate_ppm, language) for tax in taxed),
        tax_amounts=tuple(tax.tax.formatted(language) for tax in taxed),
        net=order.net.formatted(language) if order.tax_added else "",
        recognised=recognised,
        discounts=tuple(one.name.in_language(language) for one in off),
        discount_amounts=tuple(minus(one.amount).formatted(language) for one in off),
        parcels=parcel_cards(visit, order.promises),
    )


def receipt_card(visit: Visit) -> ReceiptCard | None:
    """The receipt of the last payment of this visit; None without one."""
    receipt = visit.pay.receipt
    if receipt is None:
        return None
    return ReceiptCard(
        number=receipt.number,
        total=receipt.total.formatted(visit.language),
        tax=receipt.tax.formatted(visit.language),
        link=receipt.link,
        means=PaymentMeans(receipt.paid_with),
        can_print=visit.pay.can_print and visit.pay.printing not in (PrintState.WAITING, PrintState.PRINTED),
        printing=visit.pay.printing,
    )

"""A sale with long names, two tax rates, a card and a signature, for receipts in every language."""

from __future__ import annotations

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.fiscal.entry import sale_entry, signed
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine, PaymentMeans, Receipt
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.order_book import Sale
from kiosk.store.receipt_settings import IssuerSettings
from kiosk.store.settings import ShopSettings, TaxSettings

ISSUER = IssuerSettings(
    "Ostrevane Handelsgesellschaft für Damen- und Herrenbekleidung mbH & Co. <KG>",
    ("Am Alten Marktplatz 117, Stiege 3, Tür 12b", "1010 Wien"),
    ("UID ATU12345678", "Steuernummer 12/345/67890"),
)
SHOP = ShopSettings("Ostrevane", "en", ("en",), "EUR", "Europe/Vienna", TaxSettings(190_000), ISSUER)
LINK = "https://receipts.shop.example/r/7Kq2vXw9sTn47Kq2vXw9sTn4"


def _words(**texts: str) -> LocalizedText:
    return LocalizedText(tuple(texts.items()))


COAT = _words(
    en="Long double-breasted coat with a belt and a stand-up collar",
    de="Langer Doppelreiher-Wollmantel mit Stehkragen",
    fr="Manteau long croisé à col montant",
    es="Abrigo largo con cinturón",
    it="Cappotto lungo",
    ja="ロングコート",
    zh="羊毛长大衣",
    ar="معطف صوفي طويل",
)
BLUE = _words(en="Navy", ja="ネイビー", zh="藏青", ar="كحلي")
CARD = CardShown("visa", "4242", "A0000000031010", "VISA CREDIT", "contactless", "123456")
SIGNATURE = Signature(
    "TILL-0001", "4711", "2026-03-29T03:00:00+02:00", "MEUCIQD2" * 12, "V0;TILL-0001;" + "A" * 60
)


def _euro(minor: int) -> Money:
    return Money(minor, "EUR")


def sample_sale(*, is_signed: bool = False) -> Sale:
    """The sale; `is_signed`: by the law's cash register."""
    lines = (
        OrderLine(PieceId("1"), ArticleId("a"), COAT, BLUE, "38", _euro(98_000), rate_ppm=190_000,
                  tax=_euro(15_647), amount=_euro(98_000)),
        OrderLine(PieceId("2"), ArticleId("b"), _words(en="Scarf <b>"), _words(en="Red"), "one",
                  _euro(8_950), rate_ppm=70_000, tax=_euro(586), amount=_euro(8_950)),
    )  # fmt: skip
    taxes = (TaxLine(190_000, _euro(82_353), _euro(15_647)), TaxLine(70_000, _euro(8_364), _euro(586)))
    order = Order(OrderId("o"), RoomId("1"), Ticket("t"), lines, _euro(106_950), _euro(16_233), taxes=taxes)
    receipt = Receipt(
        order.order_id, "001234", order.total, order.tax, PaymentMeans.TERMINAL, LINK, 1_774_746_000_000_000
    )
    entry = signed(sale_entry(order.order_id, 1), SIGNATURE, 2) if is_signed else None
    return Sale(order, receipt, card=CARD, registration=entry)

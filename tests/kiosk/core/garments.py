"""Garments for tests."""

from kiosk.core.domain.garment import Colourway, ElsewhereStock, Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, ItemId, StyleId, article_of_gtin, check_digit, parse_gtin
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LocalizedText


def number(index: int) -> ArticleId:
    body = f"095212340{index:04d}"
    return article_of_gtin(parse_gtin(body + str(check_digit(body))))


def garment(
    style: str = "S1", *, start: int = 1, size: str = "M", price: int = 12000, sizes: str = "S M L XL"
) -> Garment:
    """A style in two colours; L lies in the stockroom only, XL only in Lyon."""
    places = {"L": (0, 2, ()), "XL": (0, 0, (ElsewhereStock("Lyon", 1),))}
    names = sizes.split()

    def offers(first: int) -> tuple[SizeStock, ...]:
        return tuple(SizeStock(s, number(first + i), *places.get(s, (3, 0, ()))) for i, s in enumerate(names))

    colours = (
        Colourway(
            "WHI",
            LocalizedText((("en", "White"), ("de", "Weiß"))),
            "#ffffff",
            f"{style}-WHI.png",
            offers(start),
            ItemId(f"{style}-WHI"),
        ),
        Colourway(
            "SKY",
            LocalizedText((("en", "Sky"), ("de", "Himmel"))),
            "#88aaff",
            f"{style}-SKY.png",
            offers(start + 10),
            ItemId(f"{style}-SKY"),
        ),
    )
    return Garment(
        article=colours[0].sizes[names.index(size)].article,
        style_id=StyleId(style),
        name=LocalizedText((("en", f"Shirt {style}"), ("de", f"Hemd {style}"))),
        category="shirts",
        price=Money(price, "EUR"),
        colour="WHI",
        size=size,
        colours=colours,
    )

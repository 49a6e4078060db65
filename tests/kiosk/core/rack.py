"""Garments to hang into tests."""

from kiosk.core.domain.garment import Colourway, Elsewhere, Garment, SizeOffer
from kiosk.core.domain.ids import Gtin, StyleId, check_digit, gtin
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import Words


def number(index: int) -> Gtin:
    body = f"095212340{index:04d}"
    return gtin(body + str(check_digit(body)))


def garment(
    style: str = "S1", *, start: int = 1, size: str = "M", price: int = 12000, sizes: str = "S M L XL"
) -> Garment:
    """A style in two colours; L lies in the stockroom only, XL only in Lyon."""
    places = {"L": (0, 2, ()), "XL": (0, 0, (Elsewhere("Lyon", 1),))}
    names = sizes.split()

    def offers(first: int) -> tuple[SizeOffer, ...]:
        return tuple(SizeOffer(s, number(first + i), *places.get(s, (3, 0, ()))) for i, s in enumerate(names))

    colours = (
        Colourway(
            "WHI", Words((("en", "White"), ("de", "Weiß"))), "#ffffff", f"{style}-WHI.png", offers(start)
        ),
        Colourway(
            "SKY", Words((("en", "Sky"), ("de", "Himmel"))), "#88aaff", f"{style}-SKY.png", offers(start + 10)
        ),
    )
    return Garment(
        gtin=colours[0].sizes[names.index(size)].gtin,
        style_id=StyleId(style),
        name=Words((("en", f"Shirt {style}"), ("de", f"Hemd {style}"))),
        category="shirts",
        price=Money(price, "EUR"),
        colour="WHI",
        size=size,
        colours=colours,
    )

"""The garment page's facts: the price of the chosen article, what is on its way, the stock's age, pictures, care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.garment import Colourway, Garment, SizeStock
from kiosk.core.domain.money import Money, Price
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.scene.garment_cards import Availability, GarmentCard, SizeLocation
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import GarmentArrived
from kiosk.core.visit.settings import SECOND_US
from kiosk.core.visit.touches import ColourChosen, GarmentOpened, SizeChosen
from tests.kiosk.core.garments import number
from tests.kiosk.core.visit.visit_driver import SHIRT, A, VisitDriver
from tests.optional_values import present

HOUR_US = 3600 * SECOND_US
Change = Callable[[Colourway, SizeStock], SizeStock]


def euros(amount: int) -> Money:
    return Money(100 * amount, "EUR")


def shirt(change: Change) -> Garment:
    """The shirt with changed sizes."""
    return replace(
        SHIRT,
        colours=tuple(replace(c, sizes=tuple(change(c, o) for o in c.sizes)) for c in SHIRT.colours),
    )


def opened(garment: Garment) -> VisitDriver:
    room = VisitDriver()
    room.send(GarmentArrived(0, A, garment), GarmentOpened(0, A))
    return room


def card(scene: Scene) -> GarmentCard:
    return present(scene.garment)


def dearer(colour: Colourway, offer: SizeStock) -> SizeStock:
    """L and XL cost more; sky is on sale."""
    now = 140 if offer.size in ("L", "XL") else 120
    return replace(offer, price=Price(euros(now), euros(200) if colour.code == "SKY" else None))


def test_the_price_is_that_of_the_chosen_colour_and_size() -> None:
    room = opened(shirt(dearer))
    assert (card(room.scene).price, card(room.scene).price_before) == ("€120", "")
    larger = card(room.send(SizeChosen(0, "L")))
    assert (larger.price, larger.price_before) == ("€140", "")
    sky = card(room.send(ColourChosen(0, "SKY")))
    assert (sky.price, sky.price_before) == ("€140", "€200")
    assert card(room.send(SizeChosen(0, "M"))).price == "€120"


def test_a_style_with_one_price_needs_none_for_each_size() -> None:
    room = opened(replace(SHIRT, price_before=euros(150)))
    for size in ("S", "M", "L", "XL"):
        found = card(room.send(SizeChosen(0, size)))
        assert (found.price, found.price_before) == ("€120", "€150")


@pytest.mark.parametrize(
    ("size", "place", "count", "offer"),
    [
        ("S", SizeLocation.HERE, 3, Availability.NOBODY),
        ("L", SizeLocation.STOCKROOM, 2, Availability.NOBODY),
        ("XL", SizeLocation.ELSEWHERE, 1, Availability.ELSEWHERE),
        ("XXL", SizeLocation.EXPECTED, 4, Availability.EXPECTED),
        ("3XL", SizeLocation.NOWHERE, 0, Availability.NONE),
    ],
)
def test_what_is_on_its_way_is_shown_only_where_nothing_can_be_had(
    size: str, place: SizeLocation, count: int, offer: Availability
) -> None:
    def on_the_way(_: Colourway, one: SizeStock) -> SizeStock:
        return replace(one, incoming=4)

    garment = shirt(on_the_way)
    white = garment.colours[0]
    more = (
        replace(white.sizes[0], size="XXL", article=number(90), floor=0, incoming=4),
        replace(white.sizes[0], size="3XL", article=number(91), floor=0, incoming=0),
    )
    garment = replace(garment, colours=(replace(white, sizes=(*white.sizes, *more)), garment.colours[1]))
    found = card(opened(garment).send(SizeChosen(0, size)))
    cell = next(one for one in found.sizes if one.size == size)
    assert (cell.place, cell.count, found.offer) == (place, count, offer)


def test_the_age_is_that_of_the_oldest_count_on_the_page() -> None:
    def counted(_: Colourway, offer: SizeStock) -> SizeStock:
        return replace(offer, counted_us={"S": 20 * HOUR_US, "M": 0}.get(offer.size, 23 * HOUR_US))

    room = VisitDriver()
    room.now = 24 * HOUR_US
    room.send(GarmentArrived(room.now, A, shirt(counted)), GarmentOpened(0, A))
    assert card(room.scene).stock_minutes == 240
    assert card(opened(SHIRT).scene).stock_minutes == -1, "no count is known"


def test_a_count_of_a_clock_that_is_ahead_is_of_now() -> None:
    ahead = shirt(lambda _, offer: replace(offer, counted_us=HOUR_US))
    assert card(opened(ahead).scene).stock_minutes == 0


def test_all_pictures_and_the_care_are_shown() -> None:
    colours = tuple(replace(c, pictures=(c.picture, f"{c.code}-back.png")) for c in SHIRT.colours)
    room = opened(replace(SHIRT, colours=colours, care=LocalizedText.of("Wash cold")))
    found = card(room.scene)
    assert (found.pictures, found.care) == (("S1-WHI.png", "WHI-back.png"), "Wash cold")
    assert card(room.send(ColourChosen(0, "SKY"))).pictures == ("S1-SKY.png", "SKY-back.png")
    assert card(opened(SHIRT).scene).pictures == ("S1-WHI.png",)

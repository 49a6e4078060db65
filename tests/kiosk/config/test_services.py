"""The services of a shop in the store's file: what they mean, and each mistake in words with its line."""

from __future__ import annotations

import pytest

from kiosk.config import ConfigError, parse_store
from kiosk.config.offers.services import service_kinds
from kiosk.core.domain.floor.service_icons import ICON_PATHS, ServiceIcon
from kiosk.core.domain.floor.services import USUAL_SERVICES, AnsweredBy, ServiceKind
from kiosk.core.domain.texts import LocalizedText

FILE = """\
shop: {name: A}
services:
  drink: {minutes: 5}
  gift-wrap:
    label: {en: Gift wrapping, de: Als Geschenk}
    hint: {en: with a ribbon}
    icon: gift
    minutes: 6
    answered_by: back-of-house
    brought: true
"""


def kinds_of(text: str) -> tuple[ServiceKind, ...]:
    return service_kinds(parse_store(text).services)


def told(text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        parse_store(text)
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_shop_without_a_list_offers_what_mirrors_always_had() -> None:
    assert kinds_of("shop: {name: A}\n") == USUAL_SERVICES


def test_the_services_in_their_order_with_help_before_them() -> None:
    help_, drink, gift = kinds_of(FILE)
    assert (help_.key, help_.icon) == ("help", ServiceIcon.BELL)
    assert (drink.key, drink.icon, drink.minutes, drink.brought) == ("drink", ServiceIcon.CUP, 5, True)
    assert gift == ServiceKind(
        "gift-wrap",
        LocalizedText((("en", "Gift wrapping"), ("de", "Als Geschenk"))),
        LocalizedText((("en", "with a ribbon"),)),
        ServiceIcon.GIFT,
        6,
        AnsweredBy.BACK_OF_HOUSE,
        brought=True,
    )
    assert [gift.label.in_language(one) for one in ("de", "fr")] == ["Als Geschenk", "Gift wrapping"]


def test_a_shop_may_put_help_elsewhere_and_offer_nothing_else() -> None:
    assert [kind.key for kind in kinds_of("services: {drink: {}, help: {minutes: 2}}\n")] == ["drink", "help"]
    assert [kind.key for kind in kinds_of("services: {}\n")] == ["help"]


def test_every_sign_can_be_drawn() -> None:
    assert set(ICON_PATHS) == set(ServiceIcon)


LABEL = "label: {en: Gift wrapping, de: Als Geschenk}"
SEVEN = "services: {" + ", ".join(f"s{n}: {{label: {{en: S}}}}" for n in range(6)) + "}\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            FILE.replace(f"    {LABEL}\n", ""),
            "line 4: services.gift-wrap: needs a `label`, its name by language",
        ),
        (FILE.replace("drink:", "drnk:"), "services.drnk: needs a `label`"),
        (FILE.replace("drink:", "drnk:"), "did you mean `drink`?"),
        (FILE.replace("drink:", "size:"), "services.size: `size` means something else"),
        (FILE.replace(LABEL, "label: {}"), "services.gift-wrap.label"),
        (FILE.replace(LABEL, "label: Gift"), "services.gift-wrap.label: `Gift` must be a mapping"),
        (FILE.replace("de: Als", "dk: Als"), "line 5: services.gift-wrap.label.dk: `dk` is not allowed"),
        (FILE.replace("Als Geschenk", "A" * 33), "label.de: is too long; write at most 32 characters"),
        (FILE.replace("Als Geschenk", '""'), "label.de: is empty; write a text"),
        (FILE.replace("Als Geschenk", '"A\\nB"'), "label.de: has a line break"),
        (
            FILE.replace("Als Geschenk", '"\\u202eA"'),
            "label.de: has a line break, another sign that is not shown",
        ),
        (FILE.replace("icon: gift", "icon: gft"), "icon: `gft` is not allowed; did you mean `gift`?"),
        (FILE.replace("minutes: 6", "minutes: 0"), "line 8: services.gift-wrap.minutes"),
        (FILE.replace("back-of-house", "stockroom"), "answered_by: `stockroom` is not allowed"),
        (FILE.replace("brought: true", "brouht: true"), "is an unknown key; did you mean `brought`?"),
        (FILE.replace("gift-wrap:", "Gift:"), "`Gift` is not the key of a service: a-z, digits and -"),
        (FILE.replace("gift-wrap:", "a-very-long-service:"), "at most 16 characters"),
        (
            FILE + "rooms: {1: {}}\nfloor_plan: {zones: {bar: {rooms: [1], prepares: [drink, gift-warp]}}}\n",
            "floor_plan.zones.bar.prepares[1]: unknown service `gift-warp`; did you mean `gift-wrap`?",
        ),
        (SEVEN, "services: has more than 6 services, help included"),
    ],
)
def test_each_mistake_is_named(text: str, mistake: str) -> None:
    assert any(mistake in line for line in told(text)), told(text)


@pytest.mark.parametrize("label", ["\\u3164", "\\u0301", "a\\u0301\\u0301\\u0301\\u0301\\u0301"])
def test_a_label_that_cannot_be_read_on_the_mirror_is_a_mistake(label: str) -> None:
    (mistake,) = told(f'shop: {{name: A}}\nservices: {{hats: {{label: {{en: "{label}"}}}}}}\n')
    assert "cannot be read" in mistake

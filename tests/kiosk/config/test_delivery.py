"""Delivery in the store's file: what it means, and each mistake in words with its line."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.config import ConfigError, parse_store
from kiosk.config.delivery.rules import delivery_rules
from kiosk.core.domain.promise.rules import HERE, DeliveryRules, Fee, Transit
from kiosk.core.domain.promise.values import DeliveryWay
from tests.optional_values import present

FILE = """\
shop: {name: A, time_zone: Europe/Paris, tax_percent: 20}
delivery:
  cut_off: "15:30"
  handling_days: 1
  zones:
    home: {label: {en: France}}
    europe: {label: {en: Europe}}
  carriers:
    post: {working_days: [monday, saturday], holidays: [12-25, "2026-12-26"], days: {home: 1-2, europe: 3}}
  services:
    desk: {way: bag}
    standard:
      way: send
      carrier: post
      zones: [home]
      fees: [{amount: 590, free_from: 15000}, {amount: 0, members: true}]
"""


def rules_of(text: str) -> DeliveryRules | None:
    config = parse_store(text)
    return delivery_rules(config.delivery, config.shop)


def told(text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        parse_store(text)
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_shop_without_services_offers_nothing() -> None:
    assert rules_of("shop: {name: A}\n") is None


def test_what_the_section_means() -> None:
    found = present(rules_of(FILE))
    (here,) = found.places
    assert (here.key, here.time_zone, here.cut_off_min, here.handling_days) == (HERE, "Europe/Paris", 930, 1)
    (post,) = found.carriers
    assert post.transits == (Transit("home", 1, 2), Transit("europe", 3, 3))
    assert post.days.week == (True, False, False, False, False, True, False)
    working = [date(2026, 12, 21), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 2)]
    assert [post.days.is_working(day) for day in working] == [True, False, False, True]
    desk, standard = found.services
    assert (desk.way, standard.way, standard.zones) == (DeliveryWay.BAG, DeliveryWay.SEND, ("home",))
    assert standard.fees == (Fee(590, 15_000), Fee(0, members=True))
    assert found.fee_ppm == 200_000


@pytest.mark.parametrize(
    ("written", "instead", "mistake"),
    [
        ('"15:30"', "15:30", "line 3: delivery.cut_off: `15:30` reads as the number 930 in YAML; write it in quotes"),
        ('"15:30"', '"25:00"', "line 3: delivery.cut_off: `25:00` is not a time of the day"),
        ("home: 1-2", "home: 2-1", "`2-1` is not a number of working days; write `2`, or `1-3`"),
        ("home: 1-2", "hom: 1-2", "unknown zone `hom`; did you mean `home`?"),
        ("carrier: post", "carrier: pots", "unknown carrier `pots`; did you mean `post`?"),
        ("      carrier: post\n", "", "needs a `carrier`"),
        ("zones: [home]", "zones: [hme]", "unknown zone `hme`; did you mean `home`?"),
        ("{way: bag}", "{way: bag, carrier: post}", "is for `way: send`; pieces of `way: bag` stay in the shop"),
        ("europe: {label: {en: Europe}}", "europe: {}", "needs a `label`, since there are several zones"),
        ("{way: bag}", "{way: bags}", "delivery.services.desk.way"),
        ("amount: 590", "amount: 5.90", "has a decimal point"),
    ],
)  # fmt: skip
def test_each_mistake_is_told(written: str, instead: str, mistake: str) -> None:
    assert written in FILE
    found = told(FILE.replace(written, instead, 1))
    assert any(mistake in one for one in found), found

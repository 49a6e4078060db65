"""Properties of the decision, for random rules, hours and clocks; compared with a slow reference."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.domain.hours.opening_hours import Holidays, OpeningHours, Span
from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.promise.decision import Asked, Decision, Wanted, decide, offers, promise_for
from kiosk.core.domain.promise.fees import cost
from kiosk.core.domain.promise.rules import HERE, Carrier, DeliveryRules, Fee, Place, Service, Transit
from kiosk.core.domain.promise.values import (
    DeliveryPromise,
    DeliveryWay,
    DeliveryZone,
    NotPromised,
    PlaceKind,
)
from kiosk.core.domain.promise.working_days import WorkingDays, first_from
from kiosk.core.domain.shopper import Tier
from kiosk.core.wire import from_json, to_json
from tests.kiosk.core.domain.promise.sample_rules import LYON, RULES
from tests.kiosk.core.domain.promise.slow_reference import answer

FIRST_US, LAST_US = 1_780_000_000_000_000, 1_830_000_000_000_000
TIMES = st.integers(FIRST_US, LAST_US)
DATES = st.dates(date(2026, 6, 1), date(2027, 12, 31))
WEEKS = st.lists(st.booleans(), min_size=7, max_size=7).filter(any).map(tuple)
MINUTES = st.integers(0, 1440)
ZONES = st.sampled_from(["Europe/Paris", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"])


@st.composite
def places(draw: st.DrawFn, key: str) -> Place:
    zone, week = draw(ZONES), draw(WEEKS)
    begin, end = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    span = (Span(min(begin, 1439), end),)
    closed = Holidays(tuple((day, ()) for day in draw(st.lists(DATES, max_size=5, unique=True))))
    hours = OpeningHours(ZoneInfo(zone), tuple(span if open_ else () for open_ in week), closed)
    kind = PlaceKind.SHOP if key == HERE else PlaceKind.WAREHOUSE
    return Place(key, kind, hours, zone, draw(st.none() | st.integers(1, 1440)), draw(st.integers(0, 3)))


@st.composite
def rules(draw: st.DrawFn) -> DeliveryRules:
    least = draw(st.integers(0, 4))
    days = WorkingDays(draw(WEEKS), draw(st.frozensets(DATES, max_size=5)), frozenset({(12, 25), (1, 1)}))
    to_home, to_shop = Transit("home", least, least + draw(st.integers(0, 4))), Transit("shop", 1, 2)
    fees = tuple(
        Fee(draw(st.integers(0, 2000)), draw(st.none() | st.integers(0, 20_000)), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 3)))
    )
    all_of = (HERE, "other")
    return DeliveryRules(
        (draw(places(HERE)), draw(places("other"))),
        (
            Service("s", DeliveryWay.SEND, all_of, "post", fees=fees), Service("b", DeliveryWay.BAG),
            Service("c", DeliveryWay.COLLECT, all_of, "post", to_zone="shop"),
        ),
        (Carrier("post", days, (to_home, to_shop)),), (DeliveryZone("home"),), 200_000,
    )  # fmt: skip


def asked(at_us: int, goods: int = 4_000, *, member: bool = False) -> Asked:
    return Asked(at_us, Money(goods, "EUR"), Tier.PROVED if member else Tier.GUEST, zone="home")


LIES = st.sampled_from([(HERE,), ("other",), (HERE, "other"), ()])
WAYS = st.sampled_from(DeliveryWay)


@settings(max_examples=150, deadline=None)
@given(rules(), TIMES, WAYS, LIES, st.booleans(), st.integers(0, 20_000))
def test_it_decides_as_the_slow_reference(
    shop: DeliveryRules, at_us: int, way: DeliveryWay, lies: tuple[str, ...], member: bool, goods: int
) -> None:
    found = promise_for(shop, asked(at_us, goods, member=member), way, lies)
    slow = answer(shop, at_us, way, lies, member=member, zone="home", goods=goods)
    if isinstance(found, DeliveryPromise):
        fee = found.fee.minor if found.fee else None
        assert (found.service, found.place, found.day, fee) == (slow.service, slow.place, slow.day, slow.fee)
    else:
        assert (slow.service, slow.place) == ("", "")


def day_of(found: DeliveryPromise | NotPromised) -> str:
    return found.day if isinstance(found, DeliveryPromise) else "9999"


@settings(max_examples=150, deadline=None)
@given(rules(), TIMES, st.booleans(), st.integers(0, 3), st.integers(0, 3))
def test_what_is_slower_is_never_earlier(
    shop: DeliveryRules, at_us: int, member: bool, more_days: int, more_transit: int
) -> None:
    (here, other), (carrier,) = shop.places, shop.carriers
    slower_place = replace(here, handling_days=here.handling_days + more_days)
    slower_carrier = replace(
        carrier,
        transits=tuple(Transit(t.zone, t.at_least + more_transit, t.at_most + more_transit) for t in carrier.transits),
    )  # fmt: skip
    slower = replace(shop, places=(slower_place, other), carriers=(slower_carrier,))
    ask = asked(at_us, member=member)
    send, here_only = DeliveryWay.SEND, (HERE,)
    assert day_of(promise_for(slower, ask, send, here_only)) >= day_of(
        promise_for(shop, ask, send, here_only)
    )
    # a later order is never promised an earlier day, nor a member an earlier one than a guest's first
    later = asked(at_us + 3_600_000_000, member=member)
    assert day_of(promise_for(shop, later, send, here_only)) >= day_of(
        promise_for(shop, ask, send, here_only)
    )
    guest, sure = (promise_for(shop, asked(at_us, member=m), send, here_only) for m in (False, True))
    assert day_of(sure) >= day_of(guest)
    # more places to choose from never make it later
    assert day_of(promise_for(shop, ask, send, (HERE, "other"))) <= day_of(
        promise_for(shop, ask, send, here_only)
    )


@settings(max_examples=100, deadline=None)
@given(rules(), TIMES, WAYS, st.booleans())
def test_a_day_holds_until_its_hour_and_not_after(
    shop: DeliveryRules, at_us: int, way: DeliveryWay, member: bool
) -> None:
    found = promise_for(shop, asked(at_us, member=member), way, (HERE,))
    if not isinstance(found, DeliveryPromise) or not found.order_by_us:
        return
    assert found.order_by_us > at_us
    last = promise_for(shop, asked(found.order_by_us - 1, member=member), way, (HERE,))
    after = promise_for(shop, asked(found.order_by_us, member=member), way, (HERE,))
    assert day_of(last) == found.day
    assert day_of(after) >= found.day
    assert not isinstance(after, DeliveryPromise) or after.order_by_us > found.order_by_us


@settings(max_examples=100, deadline=None)
@given(rules(), TIMES, st.lists(st.tuples(WAYS, LIES), max_size=8), st.booleans())
def test_each_piece_is_in_one_parcel_or_refused(
    shop: DeliveryRules, at_us: int, chosen: list[tuple[DeliveryWay, tuple[str, ...]]], member: bool
) -> None:
    wanted = [Wanted(PieceId(f"p{n}"), way, lies) for n, (way, lies) in enumerate(chosen)]
    ask = asked(at_us, member=member)
    decision = decide(shop, ask, wanted)
    placed = [piece for promise in decision.promises for piece in promise.pieces]
    refused = [piece for piece, _ in decision.refused]
    assert sorted([*placed, *refused]) == sorted(one.piece for one in wanted)
    ways = {one.piece: one.way for one in wanted}
    assert all(ways[piece] is one.way for one in decision.promises for piece in one.pieces)
    # what is stored is what was decided: through JSON and decided again, byte by byte
    text = json.dumps(to_json(decision))
    assert json.dumps(to_json(decide(shop, ask, wanted))) == text
    assert from_json(Decision, json.loads(text)) == decision


@given(
    st.lists(st.builds(Fee, st.integers(0, 999), st.none() | st.integers(0, 999), st.booleans())),
    st.integers(0, 999),
)
def test_more_in_the_basket_or_a_card_never_makes_it_dearer(fees: list[Fee], goods: int) -> None:
    guest, member = cost(fees, goods, member=False)[0], cost(fees, goods, member=True)[0]
    assert cost(fees, goods + 500, member=False)[0] <= guest or not fees
    if any(not fee.members for fee in fees):
        assert member <= guest


def test_offers_have_one_promise_for_each_way_and_assume_the_first_zone() -> None:
    found = offers(RULES, Asked(FIRST_US, Money(4_000, "EUR"), zone="mars"))
    assert [one.way for one in found.promises] == list(DeliveryWay)
    assert (found.zone, [zone.key for zone in found.zones]) == ("home", ["home", "abroad"])


def test_pieces_in_different_places_make_two_parcels() -> None:
    here, far = PieceId("a"), PieceId("b")
    wanted = [Wanted(here, DeliveryWay.SEND), Wanted(far, DeliveryWay.SEND, (LYON.key,))]
    found = decide(RULES, Asked(FIRST_US, Money(4_000, "EUR"), zone="home"), wanted)
    assert [(one.place, one.pieces) for one in found.promises] == [(HERE, (here,)), (LYON.key, (far,))]
    both = [replace(one, places=(HERE, LYON.key)) for one in wanted]
    (one,) = decide(RULES, Asked(FIRST_US, Money(4_000, "EUR"), zone="home"), both).promises
    assert one.pieces == (here, far)


def test_a_calendar_without_a_working_day_ends_the_search() -> None:
    never = WorkingDays(dates=frozenset(), week=(False,) * 7)
    assert first_from(date(2026, 12, 1), never.is_working) is None
    carriers = tuple(replace(one, days=never) for one in RULES.carriers)
    closed = replace(RULES, carriers=carriers, services=RULES.services[1:])
    found = promise_for(closed, Asked(FIRST_US, Money(1, "EUR"), zone="home"), DeliveryWay.SEND, (HERE,))
    assert found is NotPromised.NEVER

"""What a tap of a card proves, and how a copied card is recognised."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.ntag424 import encrypt_picc_data, sun_link
from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.effects import IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.customers import Customers, TapResult
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, settings_in
from tests.kiosk.store.shop_cards import MASTER, key_file, link
from tests.optional_values import present

CLARA, HENRIK = "04A1B2C3D4E501", "04A1B2C3D4E502"
SHOP = ShopKeys(MASTER)
T1 = Ticket("t1")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, keys=key_file(tmp_path))


@pytest.fixture
def customers(store: Store) -> Customers:
    return store.service.customers


@pytest.fixture
def room(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    with mirror(url, settings.state, "1") as client:
        client.of_room("PUT", "/visit", ReportVisit(T1, began=True, at_us=1))
        yield client


def laid(uid: str, counter: int, master: bytes = MASTER, at: str = "") -> CardTapped:
    return CardTapped(1, "ntag424", at or uid, link(uid, counter, master))


def copies(uid: str = CLARA) -> dict[CloneIndicator, CardTapped]:
    """What a copy of Clara's ring can show after tap number 7."""
    return {
        CloneIndicator.UID_WITHOUT_PROOF: CardTapped(1, "uid", uid),
        CloneIndicator.REPLAYED_LINK: laid(uid, 7),
        CloneIndicator.ROLLED_BACK: laid(uid, 3),
        CloneIndicator.OTHER_CHIP: laid(uid, 9, at=HENRIK),
        CloneIndicator.FORGED_CODE: laid(uid, 9, bytes(16)),
    }


def no_tap_identifies(customers: Customers, taps: Mapping[CloneIndicator, CardTapped]) -> None:
    """No tap identifies anybody; the signs of copied cards are returned."""
    for sign, tap in taps.items():
        assert customers.evaluate_tap(tap) == TapResult(sign=sign), sign


class ForgetfulCardBook(CardBook):
    """Planted fault: reports that it stored the counter, and did not."""

    def raise_counter(self, uid: str, counter: int) -> bool:  # noqa: ARG002  # that it does not look at them is the fault
        return True


def test_a_copy_shows_nothing_and_is_recognised(customers: Customers) -> None:
    assert present(customers.evaluate_tap(laid(CLARA, 7)).shopper).tier is Tier.PROVED
    no_tap_identifies(customers, copies())
    assert present(customers.evaluate_tap(laid(CLARA, 8)).shopper).first_name == "Clara", (
        "the card itself still works"
    )


def test_planted_fault_a_store_without_counters_is_caught(store: Store, customers: Customers) -> None:
    planted = Customers(
        store.resources.database,
        ForgetfulCardBook(store.resources.database, store.resources.mac),
        customers.keys,
    )
    assert planted.evaluate_tap(laid(CLARA, 7)).shopper
    with pytest.raises(AssertionError):
        no_tap_identifies(planted, copies())


def test_a_card_that_never_signed_still_collects_points_and_no_more(customers: Customers) -> None:
    shopper = present(customers.evaluate_tap(CardTapped(1, "uid", HENRIK.lower())).shopper)
    assert (shopper.tier, shopper.first_name) == (Tier.STATIC, "")
    assert (
        present(customers.evaluate_tap(CardTapped(1, "ndef", HENRIK, "https://x/plain")).shopper).tier
        is Tier.STATIC
    )


@pytest.mark.parametrize(
    "tap", [CardTapped(1, "uid", "\ud800"), CardTapped(1, "uid", ""), CardTapped(1, "uid", "x" * 999)]
)
def test_an_invalid_uid_identifies_no_shopper(customers: Customers, tap: CardTapped) -> None:
    assert customers.evaluate_tap(tap) == TapResult()


def count_proofs(customers: Customers, links: Iterable[str]) -> int:
    """How many of these links prove anything."""
    return sum(
        customers.evaluate_tap(CardTapped(1, "ntag424", CLARA, one)).shopper is not None for one in links
    )


def random_codes(number: int) -> Iterator[str]:
    """Links with a valid encrypted UID and a higher counter, but random message codes."""
    air = random.Random(number)
    uid = bytes.fromhex(CLARA)
    for counter in range(10, 10 + number):
        picc = encrypt_picc_data(uid, counter, SHOP.sdm_meta_read_key, air.randbytes(5))
        yield sun_link("https://ostrevane.example/m", picc, air.randbytes(8))


LONG = (pytest.mark.full, pytest.mark.timeout(900))


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=LONG)])
def test_no_random_code_ever_passes(customers: Customers, number: int) -> None:
    assert count_proofs(customers, random_codes(number)) == 0
    planted = [*list(random_codes(3)), link(CLARA, 99_999)]
    assert count_proofs(customers, planted) == 1, "a valid code among them would have been noticed"


def shown_together(customers: Customers, tap: CardTapped, together: Barrier) -> bool:
    together.wait(10)
    return customers.evaluate_tap(tap).shopper is not None


def test_one_link_shown_in_two_rooms_at_once_opens_one(customers: Customers) -> None:
    for counter in range(1, 21):
        with ThreadPoolExecutor(2) as both:
            together = Barrier(2)
            shown = [both.submit(shown_together, customers, laid(CLARA, counter), together) for _ in range(2)]
            assert sorted(one.result() for one in shown) == [False, True]


def test_a_blocked_card_identifies_no_shopper_even_with_a_proof(customers: Customers) -> None:
    book = customers.book
    assert customers.evaluate_tap(laid(CLARA, 1)).shopper
    for uid in (CLARA, HENRIK):
        book.block(present(book.card(uid)).short, blocked=True)
    assert customers.evaluate_tap(laid(CLARA, 2)) == TapResult(blocked=True), (
        "genuine: no alarm, and nobody is identified"
    )
    assert customers.evaluate_tap(CardTapped(1, "uid", HENRIK)) == TapResult()
    assert not customers.can_authenticate(CLARA)
    book.block(present(book.card(CLARA)).short, blocked=False)
    assert customers.evaluate_tap(laid(CLARA, 2)).sign is CloneIndicator.REPLAYED_LINK, (
        "links shown while blocked are used up"
    )
    assert customers.evaluate_tap(laid(CLARA, 3)).shopper


def test_an_alarm_is_logged_counted_and_published(
    store: Store, room: HttpClient, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with associate(url, "a-ines", PIN) as ines, read_stream(ines, "/api/v1/floor/stream") as floor:
        floor.named("Floor")
        room.of_room("POST", "/identify", IdentifyShopper(T1, laid(CLARA, 7)))
        caplog.clear()
        said = room.of_room("POST", "/identify", IdentifyShopper(T1, laid(CLARA, 7)))
        assert said == (200, {"shopper": None})
        alarm = floor.named("CloneAlarm")
        assert (alarm["room"], alarm["sign"]) == ("1", "replayed-link")
        assert ines.ask("GET", "/api/v1/health")[1]["clone_alarms"] == 1
    warnings = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert len(warnings) == 1
    told = caplog.text + str(alarm)
    for secret in (CLARA, CLARA.lower(), store.resources.mac(CLARA)[:8], "Clara", "s1"):
        assert secret not in told


def test_an_alarm_leaves_the_visit_as_it_was(store: Store, room: HttpClient) -> None:
    room.of_room("POST", "/identify", IdentifyShopper(T1, laid(CLARA, 7)))
    room.of_room("POST", "/identify", IdentifyShopper(T1, laid(CLARA, 7)))
    assert present(present(store.service.floor.room(RoomId("1")).visit).shopper).first_name == "Clara"


def test_keys_that_appear_while_the_store_runs_are_read(
    tmp_path: Path, store: Store, customers: Customers
) -> None:
    file = tmp_path / "card.keys"
    whole = file.read_text()
    for broken in (file.unlink, lambda: file.write_text("nonsense"), lambda: file.write_text("00")):
        broken()
        assert present(customers.evaluate_tap(laid(CLARA, 1)).shopper).tier is Tier.STATIC, (
            "accepted like any other UID"
        )
    file.write_text(whole)
    assert present(customers.evaluate_tap(laid(CLARA, 1)).shopper).tier is Tier.PROVED


def test_without_keys_a_signing_card_is_not_accepted_by_its_uid(tmp_path: Path, customers: Customers) -> None:
    assert customers.evaluate_tap(laid(CLARA, 1)).shopper
    (tmp_path / "card.keys").unlink()
    assert customers.evaluate_tap(replace(laid(CLARA, 2), link=None)) == TapResult()
    assert present(customers.evaluate_tap(CardTapped(1, "uid", HENRIK)).shopper).tier is Tier.STATIC

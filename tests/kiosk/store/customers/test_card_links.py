"""A card's link on a phone: a name only for a fresh proof, no link twice, nothing stored, and a rate limit."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.models import Response

from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.customers.card_links import MAX_QUERY_LENGTH, LinkResult, LinkStatus, open_link
from kiosk.store.customers.customers import Customers
from kiosk.store.lifecycle import Store
from kiosk.store.pages.card_link import busy_page, card_page
from kiosk.store.settings import ShopSettings, StoreSettings, TaxSettings
from kiosk.store.texts import page_texts
from tests.kiosk.store.customers.test_card_taps import CLARA, LONG, laid, random_codes
from tests.kiosk.store.sample_shop import ManualClock, settings_in
from tests.kiosk.store.shop_cards import key_file, link
from tests.optional_values import present

NOBODYS = "04FFFFFFFFFF80"

ENGLISH = page_texts("card_link", "en")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, keys=key_file(tmp_path))


@pytest.fixture
def customers(store: Store) -> Customers:
    return store.service.customers


def query(uid: str, counter: int, **more: Any) -> str:
    return link(uid, counter, **more).partition("?")[2]


def phone(url: str, said: str = "", **headers: str) -> Response:
    return requests.get(f"{url}/m?{said}", headers=headers, timeout=10)


def test_a_fresh_proof_greets_by_name_once(url: str) -> None:
    first = phone(url, query(CLARA, 7), **{"Accept-Language": "fr-CA,fr;q=0.9"})
    assert (first.status_code, first.headers["content-language"]) == (200, "fr")
    assert "Bonjour Clara." in first.text
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["referrer-policy"] == "no-referrer"
    again = phone(url, query(CLARA, 7))
    assert again.status_code == 410
    assert "Clara" not in again.text
    assert phone(url, query(CLARA, 3)).status_code == 410, "an older counter"
    assert phone(url, query(CLARA, 8)).status_code == 200


def test_without_a_preference_the_page_is_in_the_shoppers_language(url: str) -> None:
    answer = phone(url, query(CLARA, 7), **{"Accept-Language": ""})
    assert "Guten Tag, Clara." in answer.text


def test_a_link_used_on_a_phone_proves_nothing_at_a_mirror_and_vice_versa(
    url: str, customers: Customers
) -> None:
    assert phone(url, query(CLARA, 7)).status_code == 200
    assert customers.evaluate_tap(laid(CLARA, 7)).shopper is None
    assert customers.evaluate_tap(laid(CLARA, 8)).shopper
    assert phone(url, query(CLARA, 8)).status_code == 410


def refused() -> dict[str, str]:
    """All refused links, which must look alike."""
    return {
        "forged": query(CLARA, 9, master=bytes(16)),
        "nobody's": query(NOBODYS, 9),
        "half a code": f"{query(CLARA, 9)[:-2]}",
        "twice": f"{query(CLARA, 9)}&cmac={'0' * 16}",
        "no hexadecimal": "picc_data=zz&cmac=zz",
        "endless": f"{query(CLARA, 9)}&x={'y' * MAX_QUERY_LENGTH}",
    }


def test_all_links_without_proof_look_alike(url: str, store: Store, customers: Customers) -> None:
    pages = {phone(url, one).text for one in refused().values()}
    customers.book.block(present(customers.book.card(CLARA)).short, blocked=True)
    pages.add(phone(url, query(CLARA, 9)).text)
    assert len(pages) == 1
    assert ENGLISH["refused"] in pages.pop()
    assert store.service.alarms.count == 0, "no alarm: a phone's history shows old links"


def test_without_keys_no_link_is_accepted(tmp_path: Path, url: str, customers: Customers) -> None:
    (tmp_path / "card.keys").unlink()
    assert phone(url, query(CLARA, 7)).status_code == 403


def test_an_address_without_signature_gets_a_friendly_page(url: str) -> None:
    for said in ("", "picc_data=00", "utm_source=x"):
        assert (phone(url, said).status_code, ENGLISH["plain"] in phone(url, said).text) == (200, True)


def test_a_head_request_uses_no_proof_up(url: str) -> None:
    assert phone(url, query(CLARA, 7), **{"Sec-Purpose": "prefetch;prerender"}).status_code == 503
    assert requests.head(f"{url}/m?{query(CLARA, 7)}", timeout=10).status_code == 405
    assert phone(url, query(CLARA, 7)).status_code == 200


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=LONG)])
def test_no_random_code_ever_opens_a_page_with_a_name(customers: Customers, number: int) -> None:
    status = [open_link(customers, one.partition("?")[2], 1).status for one in random_codes(number)]
    assert set(status) == {LinkStatus.REFUSED}
    assert open_link(customers, query(CLARA, 99_999), 1).status is LinkStatus.PROVED, (
        "a valid link would be noticed"
    )


def traces(text: str, tmp_path: Path) -> list[Any]:
    """The parts of the link of tap 7 that a text or any file of the store contains."""
    parts = [one.partition("=")[2] for one in query(CLARA, 7).split("&")]
    files = b"".join(f.read_bytes() for f in (tmp_path / "state").rglob("*") if f.is_file())
    return [p for p in (*parts, CLARA, "Clara s1") if p in text or p.encode() in files]


def test_nothing_of_a_link_is_logged_or_kept(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "")
    phone(url, query(CLARA, 7))
    phone(url, query(CLARA, 7))
    phone(url, f"{query(CLARA, 7)}&x={'y' * MAX_QUERY_LENGTH}")
    ours = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("urllib3"))
    assert traces(ours, tmp_path) == []


def test_planted_fault_a_server_that_logs_addresses_is_caught(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("planted").warning("GET /m?%s", query(CLARA, 7))
    assert len(traces(caplog.text, tmp_path)) == 2


def test_a_client_with_too_many_requests_waits_and_no_other(url: str, clock: ManualClock) -> None:
    for counter in range(1, 11):
        assert phone(url, query(CLARA, counter)).status_code == 200
    late = phone(url, query(CLARA, 11))
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    assert ENGLISH["busy"] in late.text
    clock.pass_s(5)
    assert phone(url, query(CLARA, 11)).status_code == 200, "and the proof was not used up"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language_is_complete_and_escaped(language: str) -> None:
    shop = ShopSettings("Ost & <i>Revane</i>", "en", ("en",), "EUR", "Europe/Vienna", TaxSettings(200_000))
    nasty = LinkResult(LinkStatus.PROVED, "<script>{0}", language)
    pages = [card_page(replace(nasty, status=status), shop, language) for status in LinkStatus]
    for page in (*pages, busy_page(shop, language)):
        assert "Ost &amp; &lt;i&gt;Revane" in page
        assert "<script" not in page
        assert ('dir="rtl"' in page) is (language == "ar")
        assert "{" not in page.partition("<body>")[2].replace("&lt;script&gt;{0}", "")
    assert len(set(pages)) == len(LinkStatus)

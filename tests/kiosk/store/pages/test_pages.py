"""What a shopper's phone and a mirror load: receipts, pictures, the shop's own words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import requests

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, Receipt
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit.effects import PriceOrder
from kiosk.pictures import canvas
from kiosk.store.catalogue.picture_cache import PictureCache
from kiosk.store.catalogue.picture_scaling import placeholder, scaled
from kiosk.store.pages.receipt import paid_at, receipt_page
from kiosk.store.pages.render import language_for
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from tests.kiosk.store.sample_shop import gtin_of, settings_in, small_store, tag

SHOP = ShopSettings("Ost & <i>Revane</i>", "en", ("en", "de"), "EUR", "Europe/Vienna", 200)
PIECES = ((tag("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),)


@pytest.fixture
def sale(store):
    order = store.service.price_order(RoomId("1"), PriceOrder(Ticket("t"), OrderId("o1"), PIECES, None))
    at_us = 1_774_746_000_000_000  # 2026-03-29 01:00 UTC, the second at which Vienna's clocks go forward
    return Sale(
        order, Receipt(order.order_id, "000007", order.total, order.tax, PaymentMeans.TERMINAL, "x", at_us)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_in_every_language_is_whole_and_harmless(sale, language):
    page = receipt_page(sale, SHOP, language)
    assert "Ost &amp; &lt;i&gt;Revane" in page
    assert "Linen &lt;b&gt;shirt" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert "000007" in page
    assert sale.order.total.formatted(language) in page
    assert ('dir="rtl"' in page) is (language == "ar")


@pytest.mark.parametrize(
    ("at_us", "said"),
    [
        (1_774_745_999_000_000, "2026-03-29 01:59 CET"),
        (1_774_746_000_000_000, "2026-03-29 03:00 CEST"),
        (1_793_235_600_000_000, "2026-10-29 02:00 CET"),
        (1_792_888_200_000_000, "2026-10-25 02:30 CEST"),
        (1_792_891_800_000_000, "2026-10-25 02:30 CET"),
    ],
)
def test_the_time_on_a_receipt_is_the_shops_own_clock(sale, at_us, said):
    told = replace(sale, receipt=replace(sale.receipt, at_us=at_us))
    assert paid_at(told, SHOP).strftime("%Y-%m-%d %H:%M %Z") == said
    assert said in receipt_page(told, SHOP, "en")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.1,fr", "fr"),
        ("tlh", "en"),
        ("", "en"),
        ("de;q=x,it;q=0.5", "it"),
    ],
)
def test_the_phones_language_is_used_where_it_is_spoken(accept, language):
    assert language_for(accept, SHOP) == language


def test_a_receipt_is_found_by_its_token_only(store, url, sale):
    answer = requests.get(f"{url}/r/nothing", timeout=10)
    assert answer.status_code == 404
    assert requests.get(f"{url}/r/", timeout=10).status_code == 404


def picture_file(folder, name, width=300, height=400):
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.full((height, width, 4), 200, np.uint8)
    (folder / name).write_bytes(canvas.png(pixels))


@pytest.fixture
def settings(tmp_path):
    folder = tmp_path / "pictures"
    picture_file(folder, "S1-WHI.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    (folder / "half.png").write_bytes((folder / "S1-WHI.png").read_bytes()[:150])
    return settings_in(tmp_path, pictures=folder)


def size_of(content):
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def test_a_picture_comes_at_the_next_height_and_is_known_by_its_tag(url):
    first = requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=150", timeout=10)
    assert (first.status_code, first.headers["content-type"]) == (200, "image/webp")
    assert size_of(first.content) == (120, 160)
    again = requests.get(
        f"{url}/api/v1/pictures/S1-WHI.png?h=150",
        headers={"If-None-Match": first.headers["etag"]},
        timeout=10,
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_small_picture_is_not_blown_up(url):
    assert size_of(requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=2000", timeout=10).content) == (300, 400)


@pytest.mark.parametrize("name", ["broken.png", "half.png"])
def test_a_broken_picture_is_a_silhouette_and_one_line_in_the_log(url, name, caplog):
    for height in (150, 300, 150):
        answer = requests.get(f"{url}/api/v1/pictures/{name}?h={height}", timeout=10)
        assert answer.status_code == 200
        assert size_of(answer.content)[1] in (160, 320)
    assert sum(f"picture {name} cannot be read" in r.getMessage() for r in caplog.records) == 1


def test_a_picture_that_was_changed_is_shown_as_it_is_now(url, settings):
    before = requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=150", timeout=10).headers["etag"]
    picture_file(settings.pictures, "S1-WHI.png", 200, 400)
    after = requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=150", timeout=10)
    assert after.headers["etag"] != before
    assert size_of(after.content) == (80, 160)


def test_a_missing_picture_is_missing(url):
    assert requests.get(f"{url}/api/v1/pictures/none.png", timeout=10).status_code == 404
    assert requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=99999", timeout=10).status_code == 422


def test_the_gallery_keeps_no_more_than_its_share(tmp_path):
    from kiosk.store.catalogue import picture_cache as place

    for n in range(4):
        picture_file(tmp_path, f"{n}.png")
    keeper = PictureCache(
        tmp_path, lambda file, _height: (b"x" * (place.MAX_BYTES // 2), file.suffix), placeholder
    )
    for n in range(4):
        keeper.picture(f"{n}.png", 100)
    assert keeper._size <= place.MAX_BYTES
    assert len(keeper._cached) == 2


def test_scaling_is_done_once(tmp_path):
    picture_file(tmp_path, "a.png")
    done = []
    keeper = PictureCache(
        tmp_path, lambda file, height: (done.append(height), scaled(file, height))[1], placeholder
    )
    assert keeper.picture("a.png", 100) == keeper.picture("a.png", 150)
    assert done == [160]


def test_the_shop_describes_itself_and_its_health(tmp_path, url):
    shop = requests.get(f"{url}/api/v1/shop", timeout=10).json()
    assert shop == {
        "name": "Ostrevane", "language": "en", "currency": "EUR", "languages": ["en", "de"],
        "time_zone": "Europe/Vienna", "tax_permille": 200,
    }  # fmt: skip
    health = requests.get(f"{url}/api/v1/health", timeout=10).json()
    assert (health["ok"], health["payments_parked"], health["payments_closed"]) == (True, 0, False)


def test_a_paid_receipt_opens_on_the_phone(tmp_path, clock, terminal):
    from kiosk.core.visit.effects import CollectPayment
    from tests.kiosk.store.http_clients import mirror, read_stream
    from tests.kiosk.store.sample_shop import served

    settings = settings_in(tmp_path / "paid")
    with small_store(settings, clock, terminal) as store, served(store) as url:
        with mirror(url, settings.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
            room.of_room("PUT", "/orders/o1", PriceOrder(Ticket("t"), OrderId("o1"), PIECES, None))
            room.of_room(
                "PUT",
                "/orders/o1/payment",
                CollectPayment(Ticket("t"), OrderId("o1"), PaymentMeans.TERMINAL, 1),
            )
            terminal.tap()
            paid = stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
        answer = requests.get(paid["receipt"]["link"], headers={"Accept-Language": "de-DE,de"}, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "de"
    assert "Linen &lt;b&gt;shirt&lt;/b&gt; (de)" in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"

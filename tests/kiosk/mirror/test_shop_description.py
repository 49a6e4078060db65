"""The shop's description is asked for until the store answers."""

from __future__ import annotations

from typing import Any

from kiosk.core.domain.ids import PieceId
from kiosk.mirror.shop_description import ShopDescriptionLoader
from tests.kiosk.core.garments import garment
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig

A = PieceId("30A")
SHIRT = garment()


def test_the_description_is_requested_until_the_store_answers(store: LoopbackStore, rig: MirrorRig) -> None:
    asked: list[Any] = []

    def shop(body: Any) -> tuple[int, Any]:
        asked.append(body)
        told = {"name": "Ostrevane", "language": "de", "languages": ["de", "en"], "currency": "EUR"}
        return (503, {}) if len(asked) == 1 else (200, told)

    store.replies[("GET", "/shop")] = shop
    plate = ShopDescriptionLoader(rig.client, rig.shell.post, rig.clock, language="en")
    plate.start()
    scene = rig.seen.until(lambda s: s.house == "Ostrevane")
    assert (scene.language, scene.languages, len(asked)) == ("en", ("de", "en"), 2)
    plate.close()

"""What the tests of a stand's reader share: a simulated reader, a ring, the configuration of a paired stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hardware.sim.cards.card_file import NamedCard, make_card
from hardware.sim.cards.pad import SimCardPad
from kiosk.config import MirrorConfig
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token_file
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.shop_cards import MASTER

PATIENCE_S = 60.0


def ring(uid: str = CLARA, master: bytes = MASTER) -> NamedCard:
    """A ring with the shop's keys."""
    return make_card({
        "name": "ring", "kind": "ntag424", "uid": uid, "link_base": "https://ostrevane.example/m",
        "key_hex": master.hex(), "counter": 1,
    })  # fmt: skip


@contextmanager
def simulated_reader() -> Iterator[SimCardPad]:
    """A simulated reader that answers."""
    found = SimCardPad(())
    found.start()
    try:
        yield found
    finally:
        found.close()


def config_of(url: str, settings: StoreSettings, cards: str) -> MirrorConfig:
    """The configuration of the stand's reader, paired."""
    token = mirror_token_file(settings.state, "coat")
    return MirrorConfig.model_validate({
        "store": url, "room": "coat", "cards": cards, "token_file": str(token),
    })  # fmt: skip


def shows(pads: SimCardPad, sign: str) -> bool:
    """Whether the reader shows a sign soon."""
    return pads.pad().wait_for_sign(PATIENCE_S, sign)

"""The reader of a stand with a store over HTTP: a ring on a simulated reader buys, and the reader shows the result."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median

import pytest

from hardware.sim.cards.pad import SimCardPad
from kiosk.commands.stand.parts import stand_of
from kiosk.config import MirrorConfig
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.hardware.pcsc.card_reader_rigs import WHY_NO_PCSCD, PcscdRig
from tests.kiosk.store.http_clients import mirror
from tests.kiosk.store.payments.stands.stand_rigs import PATIENCE_S, config_of, ring, shows, simulated_reader
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock

MAX_TAPS, MAX_LOOKS = 30, 500


@pytest.fixture
def pads() -> Iterator[SimCardPad]:
    """A simulated reader."""
    with simulated_reader() as found:
        yield found


@contextmanager
def running(config: MirrorConfig) -> Iterator[None]:
    """The stand's reader in this process."""
    stand = stand_of(config, str(config.cards))
    stand.start()
    try:
        yield
    finally:
        stand.close()


def test_a_ring_on_the_reader_buys_and_the_reader_shows_it(
    url: str, settings: StoreSettings, pads: SimCardPad, terminal: InProcessTerminal
) -> None:
    with running(config_of(url, settings, pads.uri())):
        pads.pad().lay(ring())
        assert shows(pads, "done")
        pads.pad().lift()
    assert terminal.collected() == [1]


def test_a_foreign_ring_is_shown_as_refused(
    url: str, settings: StoreSettings, pads: SimCardPad, terminal: InProcessTerminal, store: Store
) -> None:
    with running(config_of(url, settings, pads.uri())):
        pads.pad().lay(ring(master=bytes(16)))
        assert shows(pads, "refused")
    assert terminal.collected() == []
    assert [n.why for n in store.service.floor.stands.open()] == ["unknown-card"]
    assert store.service.alarms.count == 1, "a copy of Clara's ring"


def test_a_reader_that_is_started_again_in_the_middle_of_a_purchase_charges_once(
    url: str, settings: StoreSettings, pads: SimCardPad, terminal: InProcessTerminal
) -> None:
    config = config_of(url, settings, pads.uri())
    terminal.silent = True
    with running(config):
        pads.pad().lay(ring())
        assert shows(pads, "wait")
        pads.pad().lift()
    terminal.silent = False
    with running(config):
        pads.pad().lay(ring())
        assert shows(pads, "done")
    # the first charge never arrived: it is asked for and then presented, or it ends and the second ring pays anew
    assert sum(terminal.collected()) == 1


def test_a_tap_is_accepted_within_300_ms(
    url: str, settings: StoreSettings, pads: SimCardPad, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    """The best of three: from the ring on the reader to the first sign; the terminal answers at once.

    On a machine under load, the time of 25 requests of a paired mirror instead, measured in the same run.
    """
    times, requests = [], []
    with mirror(url, settings.state, "coat") as quiet:
        for _ in range(5):
            begun = time.perf_counter()
            quiet.ask("GET", "/api/v1/stands/coat/orders/stand-00000000")
            requests.append(time.perf_counter() - begun)
    with running(config_of(url, settings, pads.uri())):
        for _ in range(3):
            begun = time.perf_counter()
            pads.pad().lay(ring())
            assert pads.pad().wait_for_sign(PATIENCE_S, "wait", "done")
            times.append(time.perf_counter() - begun)
            assert shows(pads, "done")
            pads.pad().lift()
            clock.pass_s(60)
    assert min(times) < max(0.3, 25 * median(requests)), (times, requests)
    assert terminal.collected()


@pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
def test_a_ring_on_a_reader_of_pcscd_buys(
    url: str, settings: StoreSettings, terminal: InProcessTerminal, store: Store
) -> None:
    rig = PcscdRig()
    try:
        config = config_of(url, settings, rig.uri)
        with running(config):
            card = ring().card
            for _ in range(MAX_TAPS):
                # a card of the first seconds counts as one that was there before
                rig.lift()
                rig.lay_card(card)
                with suppress(AssertionError):
                    until(store, lambda: terminal.collected() == [1], MAX_LOOKS)
                    break
        assert terminal.collected() == [1]
    finally:
        rig.close()

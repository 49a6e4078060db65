"""Fixtures of the suites of card readers: each driver with its reader, started."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.ports import CardFact
from tests.contracts.watched_card_reader import Watched
from tests.hardware.pcsc.card_reader_rigs import WHY_NO_PCSCD, CardReaderRig, PadRig, PcscdRig


@pytest.fixture(
    params=[
        pytest.param(
            PcscdRig, id="pcsc", marks=pytest.mark.skipif(WHY_NO_PCSCD is not None, reason=str(WHY_NO_PCSCD))
        ),
        pytest.param(PadRig, id="sim"),
    ]
)
def card_rig(request: pytest.FixtureRequest) -> Iterator[CardReaderRig]:
    made: CardReaderRig = request.param()
    yield made
    made.close()


@pytest.fixture
def watched(card_rig: CardReaderRig) -> Iterator[Watched]:
    facts: queue.Queue[CardFact] = queue.Queue()
    threads: set[str] = set()
    reader = open_card_reader(card_rig.uri, "mirror 3")

    def post(fact: CardFact) -> None:
        threads.add(threading.current_thread().name)
        facts.put(fact)

    reader.start(post)
    yield Watched(reader, facts, threads)
    reader.close()

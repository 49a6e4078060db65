"""The base of network readers: what is broken off by closing is no loss, and everything else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hardware.errors import ConnectionLostError, HardwareError
from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagRead, TagReads
from hardware.supervision.network_reader import NetworkReader
from hardware.watches.field_watch import LLRP_FIELDS, FieldWatch
from tests.hardware.fact_log import FactLog


class Once(NetworkReader):
    """Connects, posts one read, and waits; then raises the error, when it is closed or at once."""

    def __init__(self, error: Exception, *, at_once: bool) -> None:
        super().__init__("r", LLRP_FIELDS, (7,))
        self._error, self._at_once = error, at_once

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        on_up()
        post(TagReads("r", (TagRead("30", None, None, 1),)))
        if not self._at_once:
            self._stop.wait()
        raise self._error


@pytest.mark.parametrize("error", [ConnectionLostError("gone"), OSError(104, "reset"), HardwareError("x")])
def test_what_closing_breaks_off_is_no_loss(error: Exception) -> None:
    facts, reader = FactLog(), Once(error, at_once=False)
    reader.start(facts)
    facts.wait(lambda seen: any(isinstance(fact, TagReads) for fact in seen), "a read")
    reader.close()
    assert not any(isinstance(fact, ReaderDown) for fact in facts.facts)


def test_an_error_of_a_connection_is_a_loss_and_the_only_antenna_is_added() -> None:
    facts, reader = FactLog(), Once(ConnectionLostError("gone"), at_once=True)
    reader.start(facts)
    facts.wait(lambda seen: any(isinstance(fact, ReaderDown) for fact in seen), "the loss")
    reader.close()
    up, reads, note, down = facts.facts[:4]
    assert isinstance(up, ReaderUp)
    assert isinstance(reads, TagReads)
    assert reads.reads[0].antenna == 7
    assert isinstance(note, ReaderNote)
    assert note.kind is NoteKind.SIGNAL
    assert isinstance(down, ReaderDown)
    assert down.why == "gone"

"""Real readers through pyscard and pcscd; the only file that imports smartcard.

Never the library's own CardMonitor or ReaderMonitor: their threads die for good when pcscd restarts. Here every way
to a reader has a context of its own, made anew after each loss, and every call is guarded against a hanging pcscd.
"""

from __future__ import annotations

import time
from typing import Any, Final

from smartcard import scard

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.supervised_reader import SupervisedCardReader
from hardware.pcsc.transport import CardPresence
from hardware.pcsc.wallet import PassReader
from hardware.pcsc.watchdog import PcscdWatchdog

_PLUGGED: Final = "\\\\?PnP?\\Notification"
_CALL_S: Final = 2.0
_TRANSMIT_S: Final = 4.0
_NO_READER_WAIT_MS: Final = 400
_GONE: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE
_PROTOCOLS: Final = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


def pcsc_card_reader(name: str, part: str, passes: PassReader | None = None) -> SupervisedCardReader:
    """A card reader behind pcscd: the first whose PC/SC name contains `part` (any case), or the first of all."""
    guard = PcscdWatchdog()
    return SupervisedCardReader(name, PcscSlotFactory(part, guard).open, guard, passes)


class PcscSlotFactory:
    """Opens the way to one reader, again and again."""

    def __init__(self, part: str, guard: PcscdWatchdog) -> None:
        self._part = part
        self._guard = guard
        self._hung = False

    def open(self) -> PcscSlot:
        """A slot with a context of its own; waits up to 0.4 s for a reader to be plugged in."""
        if self._hung and not self._guard.answered(0.3):
            raise ConnectionLostError("pcscd hangs")
        self._hung = False
        began = time.monotonic()
        calls = _Calls(self._guard)
        try:
            return PcscSlot(calls, self._find(calls))
        except ConnectionLostError:
            self._hung = time.monotonic() - began >= _CALL_S
            calls.release()
            raise

    def _find(self, calls: _Calls) -> str:
        found = self._matching(calls)
        if found is None:
            calls.status(_NO_READER_WAIT_MS, _PLUGGED, 0)
            found = self._matching(calls)
        if found is None:
            wanted = f"no reader whose name contains {self._part!r}" if self._part else "no reader"
            raise ConnectionLostError(
                f"{wanted} is plugged in; pcscd knows {', '.join(calls.readers()) or 'none'}"
            )
        return found

    def _matching(self, calls: _Calls) -> str | None:
        return next((name for name in calls.readers() if self._part.lower() in name.lower()), None)


class _Calls:
    """The library's calls over one context: errors as exceptions, each within its time."""

    def __init__(self, guard: PcscdWatchdog) -> None:
        self._guard = guard
        self._context: Any = None
        with guard.within(_CALL_S):
            result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if result != scard.SCARD_S_SUCCESS:
            raise ConnectionLostError(f"pcscd does not answer ({_words(result)})")
        self._context = context

    def readers(self) -> list[str]:
        with self._guard.within(_CALL_S):
            result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return []
        if result != scard.SCARD_S_SUCCESS:
            raise ConnectionLostError(f"pcscd names no readers ({_words(result)})")
        return list(names)

    def status(self, wait_ms: int, reader: str, known: int) -> int:
        """State of a reader as PC/SC counts it, as soon as it differs from `known`."""
        with self._guard.within(_CALL_S + wait_ms / 1000):
            result, states = scard.SCardGetStatusChange(self._context, wait_ms, [(reader, known)])
        if result not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise ConnectionLostError(f"the reader is gone ({_words(result)})")
        return int(states[0][1])

    def connect(self, reader: str) -> PcscConnection:
        with self._guard.within(_TRANSMIT_S):
            result, card, protocol = scard.SCardConnect(
                self._context, reader, scard.SCARD_SHARE_SHARED, _PROTOCOLS
            )
        _check(result)
        contact = PcscConnection(self._guard, card, protocol)
        try:
            contact.learn_atr()
        except BaseException:
            contact.close()
            raise
        return contact

    def release(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            with self._guard.within(_CALL_S):
                scard.SCardReleaseContext(context)


class PcscSlot:
    """One reader of pcscd; see `hardware.pcsc.transport.ReaderSlot`."""

    def __init__(self, calls: _Calls, reader: str) -> None:
        self._calls = calls
        self._reader = reader
        self._state = scard.SCARD_STATE_UNAWARE

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        until = time.monotonic() + seconds
        while True:
            # asked at least once, so that an old answer is never taken for a sign of life
            differs = _lying(self._state) != known
            left_ms = 0 if differs else max(0, int((until - time.monotonic()) * 1000))
            self._state = self._calls.status(left_ms, self._reader, self._state)
            if self._state & _GONE:
                raise ConnectionLostError("the reader was unplugged")
            now = _lying(self._state)
            if now != known or time.monotonic() >= until:
                return now

    def connect(self) -> PcscConnection:
        return self._calls.connect(self._reader)

    def close(self) -> None:
        self._calls.release()


class PcscConnection:
    """A powered card; see `hardware.pcsc.transport.CardConnection`."""

    def __init__(self, guard: PcscdWatchdog, card: Any, protocol: int) -> None:
        self._guard = guard
        self._card = card
        self._pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        self._atr = b""

    @property
    def atr(self) -> bytes:
        return self._atr

    def learn_atr(self) -> None:
        with self._guard.within(_CALL_S):
            result, _reader, _state, _protocol, atr = scard.SCardStatus(self._card)
        _check(result)
        self._atr = bytes(atr)

    def transmit(self, command: bytes) -> bytes:
        with self._guard.within(_TRANSMIT_S):
            result, answer = scard.SCardTransmit(self._card, self._pci, list(command))
        _check(result)
        if len(answer) < 2:
            # some drivers report a card that left like this, and no card may answer so
            raise CardLostError("the reader brought no answer from the card")
        return bytes(answer)

    def close(self) -> None:
        with self._guard.within(_CALL_S):
            scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)


def _lying(state: int) -> CardPresence:
    return CardPresence(present=bool(state & scard.SCARD_STATE_PRESENT), serial=state >> 16)


def _check(result: int) -> None:
    """Any trouble with the card, also where another program holds it; whether the reader is lost, its slot will say."""
    if result != scard.SCARD_S_SUCCESS:
        raise CardLostError(_words(result))


def _words(result: int) -> str:
    return str(scard.SCardGetErrorMessage(result)).rstrip(". ")

"""PC/SC card readers through pyscard and pcscd; the only module that imports smartcard.

pyscard's CardMonitor and ReaderMonitor are not used, because their threads end permanently when pcscd restarts. Here
each slot has its own PC/SC context, created again after a loss, and each call has a time limit in case pcscd does not
answer.
"""

from __future__ import annotations

import time
from typing import Any, Final

from smartcard import scard

from hardware.errors import ConnectionLostError
from hardware.pcsc.errors import CardLostError
from hardware.pcsc.reader_sign import ReaderSign, sign_command
from hardware.pcsc.supervised_reader import SupervisedCardReader
from hardware.pcsc.transport import CardPresence
from hardware.pcsc.wallet import PassReader
from hardware.pcsc.watchdog import PcscdWatchdog

# pseudo reader of PC/SC: its status changes when a reader is plugged in
_PLUG_AND_PLAY: Final = "\\\\?PnP?\\Notification"
_CALL_S: Final = 2.0
_TRANSMIT_S: Final = 4.0
_NO_READER_WAIT_MS: Final = 400
# pcscd asks a reader for its card every 0.4 s; a reader that was plugged in starts its field first
_SETTLE_S: Final = 2.0
_GONE: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE
_PROTOCOLS: Final = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


def pcsc_card_reader(name: str, part: str, passes: PassReader | None = None) -> SupervisedCardReader:
    """The first reader of pcscd whose name contains `part` (ignoring case); the first of all if `part` is empty."""
    watchdog = PcscdWatchdog()
    return SupervisedCardReader(name, PcscSlotFactory(part, watchdog).open, watchdog, passes, _SETTLE_S)


class PcscSlotFactory:
    """Opens a slot of the reader whose name contains `part`, repeatedly."""

    def __init__(self, part: str, watchdog: PcscdWatchdog) -> None:
        self._part = part
        self._watchdog = watchdog
        self._hung = False

    def open(self) -> PcscSlot:
        """A slot with its own context; waits up to 0.4 s until a reader is plugged in. Raises ConnectionLostError."""
        if self._hung and not self._watchdog.pcscd_responds(0.3):
            raise ConnectionLostError("pcscd does not answer")
        self._hung = False
        began = time.monotonic()
        context = _Context(self._watchdog)
        try:
            return PcscSlot(context, self._find(context))
        except ConnectionLostError:
            self._hung = time.monotonic() - began >= _CALL_S
            context.release()
            raise

    def _find(self, context: _Context) -> str:
        found = self._matching(context)
        if found is None:
            context.wait_for_status(_NO_READER_WAIT_MS, _PLUG_AND_PLAY, 0)
            found = self._matching(context)
        if found is None:
            wanted = f"no reader whose name contains {self._part!r}" if self._part else "no reader"
            raise ConnectionLostError(
                f"{wanted} is plugged in; pcscd lists {', '.join(context.readers()) or 'none'}"
            )
        return found

    def _matching(self, context: _Context) -> str | None:
        return next((name for name in context.readers() if self._part.lower() in name.lower()), None)


class _Context:
    """A PC/SC context: calls of the library with time limits, and errors as exceptions."""

    def __init__(self, watchdog: PcscdWatchdog) -> None:
        self._watchdog = watchdog
        self._context: Any = None
        with watchdog.time_limit(_CALL_S):
            result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if result != scard.SCARD_S_SUCCESS:
            raise ConnectionLostError(f"pcscd does not answer ({_words(result)})")
        self._context = context

    def readers(self) -> list[str]:
        with self._watchdog.time_limit(_CALL_S):
            result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return []
        if result != scard.SCARD_S_SUCCESS:
            raise ConnectionLostError(f"pcscd does not list its readers ({_words(result)})")
        return list(names)

    def wait_for_status(self, wait_ms: int, reader: str, known: int) -> int:
        """State bits of a reader, as soon as they differ from `known`, or after `wait_ms`."""
        with self._watchdog.time_limit(_CALL_S + wait_ms / 1000):
            result, states = scard.SCardGetStatusChange(self._context, wait_ms, [(reader, known)])
        if result not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise ConnectionLostError(f"the reader was removed ({_words(result)})")
        return int(states[0][1])

    def connect(self, reader: str) -> PcscConnection:
        with self._watchdog.time_limit(_TRANSMIT_S):
            result, card, protocol = scard.SCardConnect(
                self._context, reader, scard.SCARD_SHARE_SHARED, _PROTOCOLS
            )
        _check(result)
        connection = PcscConnection(self._watchdog, card, protocol)
        try:
            connection.read_atr()
        except BaseException:
            connection.close()
            raise
        return connection

    def release(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            with self._watchdog.time_limit(_CALL_S):
                scard.SCardReleaseContext(context)


class PcscSlot:
    """One reader of pcscd; see `hardware.pcsc.transport.ReaderSlot`."""

    def __init__(self, context: _Context, reader: str) -> None:
        self._context = context
        self._reader = reader
        self._state = scard.SCARD_STATE_UNAWARE

    def wait(self, known: CardPresence, seconds: float) -> CardPresence:
        until = time.monotonic() + seconds
        while True:
            # requested at least once, so that an old state does not hide the loss of the reader
            differs = _presence(self._state) != known
            left_ms = 0 if differs else max(0, int((until - time.monotonic()) * 1000))
            self._state = self._context.wait_for_status(left_ms, self._reader, self._state)
            if self._state & _GONE:
                raise ConnectionLostError("the reader was unplugged")
            now = _presence(self._state)
            if now != known or time.monotonic() >= until:
                return now

    def connect(self) -> PcscConnection:
        return self._context.connect(self._reader)

    def show(self, sign: ReaderSign) -> bool:
        command = sign_command(self._reader, sign)
        if command is None:
            return False
        connection = self.connect()
        try:
            connection.transmit(command)
        finally:
            connection.close()
        return True

    def close(self) -> None:
        self._context.release()


class PcscConnection:
    """A powered card; see `hardware.pcsc.transport.CardConnection`."""

    def __init__(self, watchdog: PcscdWatchdog, card: Any, protocol: int) -> None:
        self._watchdog = watchdog
        self._card = card
        self._pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        self._atr = b""

    @property
    def atr(self) -> bytes:
        return self._atr

    def read_atr(self) -> None:
        with self._watchdog.time_limit(_CALL_S):
            result, _reader, _state, _protocol, atr = scard.SCardStatus(self._card)
        _check(result)
        self._atr = bytes(atr)

    def transmit(self, command: bytes) -> bytes:
        with self._watchdog.time_limit(_TRANSMIT_S):
            result, answer = scard.SCardTransmit(self._card, self._pci, list(command))
        _check(result)
        if len(answer) < 2:
            # some drivers report a removed card like this; no card answers with less than two bytes
            raise CardLostError("the reader returned no response of the card")
        return bytes(answer)

    def close(self) -> None:
        with self._watchdog.time_limit(_CALL_S):
            scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)


def _presence(state: int) -> CardPresence:
    return CardPresence(present=bool(state & scard.SCARD_STATE_PRESENT), serial=state >> 16)


def _check(result: int) -> None:
    """Raises CardLostError for any error of a card, also if another program uses it; a lost reader shows in `wait`."""
    if result != scard.SCARD_S_SUCCESS:
        raise CardLostError(_words(result))


def _words(result: int) -> str:
    return str(scard.SCardGetErrorMessage(result)).rstrip(". ")

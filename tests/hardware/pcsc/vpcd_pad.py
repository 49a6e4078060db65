"""Places virtual cards on a virtual reader of pcscd (vsmartcard-vpcd), so that the real PC/SC stack reads them.

The driver listens on a TCP port for each slot, 35963 by default. A connected client is a card on the reader; closing
the connection removes it. Messages have two bytes of length; messages of one byte are control commands.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Final

from hardware.sim.cards.basic_cards import VirtualCard

DEFAULT_PORT: Final = 35_963
_OFF, _ON, _RESET, _ATR = b"\x00", b"\x01", b"\x02", b"\x04"
_TRY_AGAIN_S: Final = 0.05


class VpcdPad:
    """One slot of the virtual reader. A card stays on it while pcscd restarts."""

    def __init__(self, port: int = DEFAULT_PORT, host: str = "127.0.0.1") -> None:
        self._address = (host, port)
        self._lifted = threading.Event()
        self._thread: threading.Thread | None = None
        self._link: socket.socket | None = None
        self._lock = threading.Lock()

    def lay(self, card: VirtualCard) -> None:
        """Places a card; replaces the card before."""
        self.lift()
        self._lifted.clear()
        self._thread = threading.Thread(target=self._lie, args=(card,), name="virtual card", daemon=True)
        self._thread.start()

    def lift(self) -> None:
        """Removes the card, if there is one. A card may call this while it answers."""
        self._lifted.set()
        with self._lock:
            if self._link is not None:
                with suppress(OSError):
                    self._link.shutdown(socket.SHUT_RDWR)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None

    def _lie(self, card: VirtualCard) -> None:
        while not self._lifted.is_set():
            with suppress(OSError), socket.create_connection(self._address, 1.0) as link:
                link.settimeout(None)
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with self._lock:
                    self._link = link
                if not self._lifted.is_set():
                    self._serve(card, link)
            with self._lock:
                self._link = None
            self._lifted.wait(_TRY_AGAIN_S)

    def _serve(self, card: VirtualCard, link: socket.socket) -> None:
        while (message := _take(link)) is not None:
            answer = self._answer(card, message)
            if answer is not None:
                link.sendall(len(answer).to_bytes(2, "big") + answer)

    def _answer(self, card: VirtualCard, message: bytes) -> bytes | None:
        if message in (_ON, _RESET):
            card.reset()
            return None
        if message == _OFF:
            return None
        return card.atr if message == _ATR else card.answer(message)


def _take(link: socket.socket) -> bytes | None:
    head = _exactly(link, 2)
    return None if head is None else _exactly(link, int.from_bytes(head, "big"))


def _exactly(link: socket.socket, count: int) -> bytes | None:
    """`count` bytes, or None at the end of the stream.

    The driver sends length and message in two packets and waits for the TCP acknowledgement of the first, which Linux
    delays by 40 ms without TCP_QUICKACK.
    """
    got = bytearray()
    while len(got) < count:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = link.recv(count - len(got))
        if not part:
            return None
        got += part
    return bytes(got)

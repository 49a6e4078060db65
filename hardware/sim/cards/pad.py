"""Server of simulated card readers (pads) over TCP: clients place and remove cards, card readers watch and exchange
APDUs.

JSON lines, one answer for each. Every message may name a `pad`; without it, the pad without a name is meant.

    {"do": "list"}                             -> {"cards": [{"name", "kind"}], "lying": NAME or null}
    {"do": "lay", "card": NAME or {...}, "ms": 800}  -> {"ok": true, "n": 3}     without ms: until lifted
    {"do": "lift"}                             -> {"ok": true}
    {"do": "unplug"}, {"do": "plug"}           -> {"ok": true}
    {"do": "show", "sign": NAME}               -> {"ok": true}                  lamp and buzzer of the reader
    {"do": "shown"}                            -> {"signs": [NAME, ...]}        since the last card was laid
    {"do": "watch"}                            -> {"event": "card" | "gone", "n": 3} at once and at each change,
                                                  {"event": "alive"} every second, {"event": "unplugged"} at the end
    {"do": "connect"}                          -> {"atr": HEX} or {"error": "no card"}
    {"do": "apdu", "hex": HEX}                 -> {"hex": HEX} or {"error": "the card was removed"}
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from hardware.sim.cards.card_file import CardDescriptionError, NamedCard, make_card
from hardware.sim.cards.simulated_slot import CardRemovedError, ReaderUnpluggedError, SimulatedSlot

_ALIVE_S: Final = 1.0
_MAX_LINE_BYTES: Final = 100_000


class SimCardPad:
    """The server, with any number of pads by name. `port` 0 in the constructor: a free one, see the property."""

    def __init__(self, cards: tuple[NamedCard, ...], host: str = "127.0.0.1", port: int = 0) -> None:
        self.cards = {card.name: card for card in cards}
        self._pads: dict[str, SimulatedSlot] = {}
        self._lock = threading.Lock()
        self._links: set[socket.socket] = set()
        self._server = _PadServer((host, port), self)
        self._thread: threading.Thread | None = None

    @property
    def host(self) -> str:
        return str(self._server.server_address[0])

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def uri(self, pad: str = "") -> str:
        """The pad's URI for a mirror's configuration."""
        return f"sim://{self.host}:{self.port}" + (f"/{quote(pad)}" if pad else "")

    def pad(self, name: str = "") -> SimulatedSlot:
        """The pad with this name; created on first use."""
        with self._lock:
            return self._pads.setdefault(name, SimulatedSlot())

    def start(self) -> None:
        """Serves in threads of its own."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="card pads")
        self._thread.start()

    def close(self) -> None:
        """Ends the server and closes all connections; may be called twice."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        with self._lock:
            links, pads = list(self._links), list(self._pads.values())
        for link in links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        for pad in pads:
            pad.unplug()
        self._server.server_close()

    def track(self, link: socket.socket, *, is_open: bool) -> None:
        """Adds or removes an open connection, for `close`."""
        with self._lock:
            (self._links.add if is_open else self._links.discard)(link)

    def execute(self, message: dict[str, Any]) -> dict[str, Any]:
        """Executes a command other than watch, connect and apdu. Raises CardDescriptionError, ReaderUnpluggedError."""
        pad = self.pad(str(message.get("pad", "")))
        match message.get("do"):
            case "list":
                cards = [{"name": card.name, "kind": card.kind} for card in self.cards.values()]
                return {"cards": cards, "lying": pad.card_name()}
            case "lay":
                milliseconds = message.get("ms")
                seconds = None if milliseconds is None else float(milliseconds) / 1000
                return {"ok": True, "n": pad.lay(self._card(message.get("card")), seconds)}
            case "lift":
                pad.lift()
            case "unplug":
                pad.unplug()
            case "plug":
                pad.plug()
            case "show":
                pad.show(str(message.get("sign", "")))
            case "shown":
                return {"signs": pad.signs()}
            case other:
                return {"error": f"unknown command {other!r}"}
        return {"ok": True}

    def _card(self, wanted: object) -> NamedCard:
        if isinstance(wanted, dict):
            return make_card(wanted)
        card = self.cards.get(str(wanted))
        if card is None:
            raise CardDescriptionError(
                f"no card is named {wanted!r}; there are {', '.join(self.cards) or 'none'}"
            )
        return card


class _PadServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    block_on_close = True
    daemon_threads = False

    def __init__(self, address: tuple[str, int], pads: SimCardPad) -> None:
        self.pads = pads
        super().__init__(address, _PadConnection)


class _PadConnection(socketserver.StreamRequestHandler):
    """One client: commands to place cards, a watching card reader, or a card connection."""

    disable_nagle_algorithm = True
    _connected_card: tuple[SimulatedSlot, int] | None = None

    def handle(self) -> None:
        pads = self.server.pads  # type: ignore[attr-defined]  # socketserver types its server as the base class
        pads.track(self.connection, is_open=True)
        try:
            self._serve(pads)
        except OSError:
            return
        finally:
            pads.track(self.connection, is_open=False)

    def _serve(self, pads: SimCardPad) -> None:
        while line := self.rfile.readline(_MAX_LINE_BYTES):
            try:
                message = json.loads(line)
                pad = pads.pad(str(message.get("pad", "")))
                if message.get("do") == "watch":
                    return self._watch(pad)
                answer = self._execute(pads, pad, message)
            except ReaderUnpluggedError:
                answer = {"error": "unplugged"}
            except RecursionError:
                answer = {"error": "nested too deeply"}
            except (CardRemovedError, ValueError, TypeError, KeyError, AttributeError) as error:
                answer = {"error": str(error)}
            self._send(answer)
        return None

    def _execute(self, pads: SimCardPad, pad: SimulatedSlot, message: dict[str, Any]) -> dict[str, Any]:
        if message.get("do") == "connect":
            serial, atr = pad.connect()
            self._connected_card = (pad, serial)
            return {"atr": atr.hex()}
        if message.get("do") != "apdu":
            return pads.execute(message)
        if self._connected_card is None:
            return {"error": "no card was connected"}
        pad, serial = self._connected_card
        return {"hex": pad.transmit(serial, bytes.fromhex(message["hex"])).hex()}

    def _watch(self, pad: SimulatedSlot) -> None:
        known: tuple[bool, int] | None = None
        try:
            while True:
                now = pad.changed(known, _ALIVE_S)
                if now == known:
                    self._send({"event": "alive"})
                    continue
                known = now
                self._send({"event": "card" if now[0] else "gone", "n": now[1]})
        except ReaderUnpluggedError:
            self._send({"event": "unplugged"})

    def _send(self, message: dict[str, Any]) -> None:
        self.wfile.write(json.dumps(message).encode() + b"\n")

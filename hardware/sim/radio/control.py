"""Control port of the simulated reader: JSON lines over TCP, one reply for each command.

{"do": "place", "epc": HEX, "antenna": 1, "rssi_dbm": -55, "rate_hz": 10}   add a tag, or change it
{"do": "remove", "epc": HEX, "antenna": 1}    remove a tag; without `antenna`, from all antennas
{"do": "list"}                                tags and the number of connections so far
{"do": "pull"}                                close all connections and refuse new ones
{"do": "freeze"}                              keep connections open, but send and answer nothing
{"do": "plug"}                                end `pull` or `freeze`
{"do": "restart"}                             close the connection and forget ROSpecs and configuration
{"do": "quit"}                                end the reader
"""

from __future__ import annotations

import json
import selectors
from collections.abc import Callable
from typing import Any, Final, Protocol

from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.sockets import ClientConnection, listen

Command = dict[str, Any]
Reply = dict[str, Any]
_MAX_LINE_BYTES: Final = 1 << 16


class ControllableReader(Protocol):
    """What can be done to a simulated reader."""

    field: TagField
    connections: int

    def lay(self, tag: Tag) -> None: ...
    def pull(self) -> None: ...
    def freeze(self) -> None: ...
    def plug(self) -> None: ...
    def restart(self) -> None: ...
    def quit(self) -> None: ...


def execute_command(reader: ControllableReader, order: Command) -> Reply:
    """Carries out one order and answers `{"ok": true, ...}` or `{"ok": false, "error": ...}`; never raises."""
    deed = _DEEDS.get(str(order.get("do")))
    if deed is None:
        return {"ok": False, "error": f"do one of {', '.join(sorted(_DEEDS))}"}
    try:
        return {"ok": True, **deed(reader, order)}
    except (KeyError, TypeError, ValueError) as error:
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}


def _place(reader: ControllableReader, order: Command) -> Reply:
    rate = order.get("rate_hz")
    tag = Tag(
        _epc(order),
        int(order.get("antenna", 1)),
        float(order.get("rssi_dbm", -55.0)),
        None if rate is None else float(rate),
    )
    if not 1 <= tag.antenna <= 0xFFFF or (tag.rate_hz is not None and not 0 < tag.rate_hz <= 10_000):
        raise ValueError("antenna from 1, rate_hz above 0 and up to 10000")
    reader.lay(tag)
    return {"epc": tag.epc, "antenna": tag.antenna}


def _remove(reader: ControllableReader, order: Command) -> Reply:
    antenna = order.get("antenna")
    return {"removed": reader.field.remove(_epc(order), None if antenna is None else int(antenna))}


def _list(reader: ControllableReader, _: Command) -> Reply:
    tags = [{"epc": tag.epc, "antenna": tag.antenna, "rssi_dbm": tag.rssi_dbm} for tag in reader.field.tags()]
    return {"tags": tags, "connections": reader.connections}


def _epc(order: Command) -> str:
    raw = bytes.fromhex(str(order["epc"]))
    if not 1 <= len(raw) <= 62:
        raise ValueError("an EPC has 1 to 62 bytes")
    return raw.hex().upper()


def _told(deed: Callable[[ControllableReader], None]) -> Callable[[ControllableReader, Command], Reply]:
    def carried_out(reader: ControllableReader, _: Command) -> Reply:
        deed(reader)
        return {}

    return carried_out


_DEEDS: Final[dict[str, Callable[[ControllableReader, Command], Reply]]] = {
    "place": _place,
    "remove": _remove,
    "list": _list,
    "pull": _told(lambda reader: reader.pull()),
    "freeze": _told(lambda reader: reader.freeze()),
    "plug": _told(lambda reader: reader.plug()),
    "restart": _told(lambda reader: reader.restart()),
    "quit": _told(lambda reader: reader.quit()),
}


class ControlPort:
    """Listens for orders on a port of its own, for any number of callers at once."""

    def __init__(
        self, ears: selectors.BaseSelector, host: str, port: int, execute: Callable[[Command], Reply]
    ) -> None:
        self._ears = ears
        self._execute = execute
        self._listener = listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._callers: dict[ClientConnection, bytearray] = {}
        ears.register(self._listener, selectors.EVENT_READ, self._called)

    def close(self) -> None:
        for caller in list(self._callers):
            caller.finish()
        self._ears.unregister(self._listener)
        self._listener.close()

    def _called(self, _: int) -> None:
        try:
            link, _address = self._listener.accept()
        except OSError:
            return
        self._callers[ClientConnection(self._ears, link, self._heard)] = bytearray()

    def _heard(self, caller: ClientConnection, chunk: bytes) -> None:
        held = self._callers.get(caller)
        if held is None or not chunk or len(held) + len(chunk) > _MAX_LINE_BYTES:
            self._callers.pop(caller, None)
            caller.close()
            return
        held += chunk
        *lines, rest = held.split(b"\n")
        held[:] = rest
        for line in lines:
            if line.strip():
                caller.send(json.dumps(self._obey(bytes(line))).encode() + b"\n")

    def _obey(self, line: bytes) -> Reply:
        try:
            order = json.loads(line)
        except ValueError:
            return {"ok": False, "error": "not JSON"}
        if not isinstance(order, dict):
            return {"ok": False, "error": "not a JSON object"}
        return self._execute(order)

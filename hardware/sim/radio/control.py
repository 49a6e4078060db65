"""Control port of the simulated reader: JSON lines over TCP, one reply for each command.

{"do": "place", "epc": HEX, "antenna": 1, "rssi_dbm": -55, "rate_hz": 10}   add a tag, or change it
{"do": "remove", "epc": HEX, "antenna": 1}    remove a tag; without `antenna`, from all antennas
{"do": "list"}                                tags and the number of connections so far
{"do": "pull"}                                close all connections and refuse new ones
{"do": "freeze"}                              keep connections open, but send and answer nothing
{"do": "cut"}                                 like a cut cable: nothing passes, the reader keeps its client
{"do": "plug"}                                end `pull`, `freeze` or `cut`
{"do": "antenna", "antenna": 2, "connected": false}    disconnect or connect an antenna
{"do": "fault", "text": "..."}                the reader reports a fault of its own
{"do": "stop"}                                the inventory is stopped, as on the reader's own page
{"do": "restart"}                             close the connection and delete ROSpecs and configuration
{"do": "quit"}                                end the reader
"""

from __future__ import annotations

import json
import selectors
from collections.abc import Callable
from typing import Any, Final, Protocol

from hardware.ports import MAX_ANTENNA
from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.sockets import ClientConnection, listen

Command = dict[str, Any]
Reply = dict[str, Any]
_MAX_LINE_BYTES: Final = 1 << 16


class ControllableReader(Protocol):
    """What the commands need of a simulated reader."""

    field: TagField
    connections: int

    def place_tag(self, tag: Tag) -> None: ...
    def pull(self) -> None: ...
    def freeze(self) -> None: ...
    def cut(self) -> None: ...
    def set_antenna(self, port: int, *, connected: bool) -> None: ...
    def report_fault(self, text: str) -> None: ...
    def plug(self) -> None: ...
    def stop_inventory(self) -> None: ...
    def restart(self) -> None: ...
    def quit(self) -> None: ...


def execute_command(reader: ControllableReader, command: Command) -> Reply:
    """Executes one command; the reply is `{"ok": true, ...}` or `{"ok": false, "error": ...}`. Raises nothing."""
    action = _ACTIONS.get(str(command.get("do")))
    if action is None:
        return {"ok": False, "error": f"do one of {', '.join(sorted(_ACTIONS))}"}
    try:
        return {"ok": True, **action(reader, command)}
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}


def _place(reader: ControllableReader, command: Command) -> Reply:
    rate = command.get("rate_hz")
    tag = Tag(
        _epc(command),
        int(command.get("antenna", 1)),
        float(command.get("rssi_dbm", -55.0)),
        None if rate is None else float(rate),
    )
    if not 1 <= tag.antenna <= MAX_ANTENNA or (tag.rate_hz is not None and not 0 < tag.rate_hz <= 10_000):
        raise ValueError("antenna from 1, rate_hz above 0 and up to 10000")
    reader.place_tag(tag)
    return {"epc": tag.epc, "antenna": tag.antenna}


def _remove(reader: ControllableReader, command: Command) -> Reply:
    antenna = command.get("antenna")
    return {"removed": reader.field.remove(_epc(command), None if antenna is None else int(antenna))}


def _list(reader: ControllableReader, _: Command) -> Reply:
    tags = [{"epc": tag.epc, "antenna": tag.antenna, "rssi_dbm": tag.rssi_dbm} for tag in reader.field.tags()]
    return {"tags": tags, "connections": reader.connections}


def _antenna(reader: ControllableReader, command: Command) -> Reply:
    port, connected = int(command["antenna"]), command["connected"]
    if not isinstance(connected, bool) or not 1 <= port <= MAX_ANTENNA:
        raise ValueError("antenna from 1, connected true or false")
    reader.set_antenna(port, connected=connected)
    return {"antenna": port, "connected": connected}


def _fault(reader: ControllableReader, command: Command) -> Reply:
    reader.report_fault(str(command["text"])[:200])
    return {}


def _epc(command: Command) -> str:
    raw = bytes.fromhex(str(command["epc"]))
    if not 1 <= len(raw) <= 62:
        raise ValueError("an EPC has 1 to 62 bytes")
    return raw.hex().upper()


def _without_arguments(
    action: Callable[[ControllableReader], None],
) -> Callable[[ControllableReader, Command], Reply]:
    def executed(reader: ControllableReader, _: Command) -> Reply:
        action(reader)
        return {}

    return executed


_ACTIONS: Final[dict[str, Callable[[ControllableReader, Command], Reply]]] = {
    "place": _place,
    "remove": _remove,
    "list": _list,
    "pull": _without_arguments(lambda reader: reader.pull()),
    "antenna": _antenna,
    "fault": _fault,
    "cut": _without_arguments(lambda reader: reader.cut()),
    "freeze": _without_arguments(lambda reader: reader.freeze()),
    "plug": _without_arguments(lambda reader: reader.plug()),
    "stop": _without_arguments(lambda reader: reader.stop_inventory()),
    "restart": _without_arguments(lambda reader: reader.restart()),
    "quit": _without_arguments(lambda reader: reader.quit()),
}


class ControlPort:
    """TCP server for control commands, for any number of clients, driven by the reader's selector."""

    def __init__(
        self, selector: selectors.BaseSelector, host: str, port: int, execute: Callable[[Command], Reply]
    ) -> None:
        self._selector = selector
        self._execute = execute
        self._listener = listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._clients: dict[ClientConnection, bytearray] = {}
        selector.register(self._listener, selectors.EVENT_READ, self._accept)

    def close(self) -> None:
        for client in list(self._clients):
            client.finish()
        self._selector.unregister(self._listener)
        self._listener.close()

    def _accept(self, _: int) -> None:
        try:
            link, _address = self._listener.accept()
        except OSError:
            return
        self._clients[ClientConnection(self._selector, link, self._on_received)] = bytearray()

    def _on_received(self, client: ClientConnection, chunk: bytes) -> None:
        buffer = self._clients.get(client)
        if buffer is None or not chunk or len(buffer) + len(chunk) > _MAX_LINE_BYTES:
            self._clients.pop(client, None)
            client.close()
            return
        buffer += chunk
        *lines, rest = buffer.split(b"\n")
        buffer[:] = rest
        for line in lines:
            if line.strip():
                client.send(json.dumps(self._reply_to(bytes(line))).encode() + b"\n")

    def _reply_to(self, line: bytes) -> Reply:
        try:
            command = json.loads(line)
        except (ValueError, RecursionError):
            return {"ok": False, "error": "not JSON"}
        if not isinstance(command, dict):
            return {"ok": False, "error": "not a JSON object"}
        return self._execute(command)

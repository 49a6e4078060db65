"""A reader that is not there: answers LLRP over TCP as an Impinj or Zebra reader does, with tags in its field.

    python -m hardware.sim.reader --port 5084 --control-port 5085

prints `{"ready":true,"port":5084,"control_port":5085}` and takes JSON lines on its control port, one answer a line:
`{"do":"place","epc":HEX,"antenna":1,"rssi_dbm":-55}`, `{"do":"remove","epc":HEX}`, `{"do":"pull"}` (connections drop
and are refused), `{"do":"freeze"}` (silence on standing connections), `{"do":"plug"}` (well again), `{"do":"restart"}`
(forgets its ROSpecs), `{"do":"list"}`, `{"do":"quit"}`. In one process with a test it is `SimReader`.
"""

from __future__ import annotations

import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable

from hardware.errors import FrameError
from hardware.llrp.frames import Framer
from hardware.llrp.numbers import ConnectionStatus
from hardware.sim.control import Answer, ControlPort, Order, perform
from hardware.sim.field import Tag, TagField
from hardware.sim.links import Link, listen
from hardware.sim.reader_dialogue import Memory, Model, ReaderSide

# reads are gathered this long before they are sent, so that 10,000 a second do not mean 10,000 packets
_GATHER_S = 0.004
# a client that leaves so many keep-alives unanswered is taken for gone
_PATIENCE = 6


class SimReader:
    """One simulated reader. `start` runs it in a thread, `run` in this one; commands may come from any thread."""

    def __init__(
        self,
        model: Model | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        control_port: int | None = None,
        seed: int = 0,
    ) -> None:
        self.model = model or Model()
        self.field = TagField(seed)
        self.memory = Memory()
        self.connections = 0
        self._host = host
        self._ears = selectors.DefaultSelector()
        self._listener: socket.socket | None = listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._control = (
            None if control_port is None else ControlPort(self._ears, host, control_port, self._perform)
        )
        self._client: Link | None = None
        self._side: ReaderSide | None = None
        self._framer = Framer()
        self._frozen = self._quitting = False
        self._next_keepalive = self._next_report = 0.0
        self._orders: queue.SimpleQueue[tuple[Order, queue.SimpleQueue[Answer]]] = queue.SimpleQueue()
        self._bell, self._rope = socket.socketpair()
        self._thread: threading.Thread | None = None
        self._ears.register(self._bell, selectors.EVENT_READ, self._rung)
        self._hear_callers()

    @property
    def control_port(self) -> int | None:
        return self._control.port if self._control else None

    @property
    def uri(self) -> str:
        return f"llrp://{self._host}:{self.port}"

    def start(self) -> SimReader:
        """Runs in a thread of its own until `close`."""
        self._thread = threading.Thread(target=self.run, name=f"sim reader {self.port}", daemon=True)
        self._thread.start()
        return self

    def __enter__(self) -> SimReader:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def do(self, order: Order, timeout_s: float = 5.0) -> Answer:
        """Carries out one command of the control port, from any thread of this process."""
        answer: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._orders.put((order, answer))
        self._rope.send(b"!")
        return answer.get(timeout=timeout_s)

    def place(
        self, epc: str, antenna: int = 1, rssi_dbm: float = -55.0, rate_hz: float | None = None
    ) -> None:
        order: Order = {"do": "place", "epc": epc, "antenna": antenna, "rssi_dbm": rssi_dbm}
        self.do(order | ({"rate_hz": rate_hz} if rate_hz else {}))

    def close(self) -> None:
        """Ends the thread and closes every socket."""
        if self._thread is not None and self._thread.is_alive():
            self.do({"do": "quit"})
            self._thread.join()

    def run(self) -> None:
        """Serves until told to quit."""
        try:
            while not self._quitting:
                for key, events in self._ears.select(self._patience()):
                    ready: Callable[[int], None] = key.data
                    ready(events)
                self._work(time.monotonic())
        finally:
            self._put_away()

    def _patience(self) -> float | None:
        if self._frozen or self._side is None:
            return None
        now = time.monotonic()
        due = [now + 1.0]
        if self.memory.keepalive_ms:
            due.append(self._next_keepalive)
        reading = self.field.next_due()
        if reading is not None and self._side.reporting:
            due.append(max(reading, self._next_report))
        return max(0.0, min(due) - now)

    def _work(self, now: float) -> None:
        if self._frozen or self._side is None or self._client is None:
            return
        if self._side.reporting and now >= self._next_report:
            self._next_report = now + _GATHER_S
            seen = self.field.read(now, self._stamp_us(), self._side.antennas)
            if seen:
                self._client.send(self._side.reports(seen))
        if self.memory.keepalive_ms and now >= self._next_keepalive:
            self._next_keepalive = now + self.memory.keepalive_ms / 1000
            if self._side.unacknowledged >= _PATIENCE:
                self._client.close()
            else:
                self._client.send(self._side.keepalive())
        if not self._client.open:
            self._hang_up()

    def _stamp_us(self) -> int:
        if self.model.uptime:
            return time.monotonic_ns() // 1000
        return time.time_ns() // 1000 + self.model.clock_skew_us

    def _hear_callers(self) -> None:
        if self._listener is not None:
            self._ears.register(self._listener, selectors.EVENT_READ, self._called)

    def _called(self, _: int) -> None:
        if self._listener is None:
            return
        try:
            link, _address = self._listener.accept()
        except OSError:
            return
        if self._client is not None:
            other = Link(self._ears, link, lambda other, _chunk: other.close())
            status = ConnectionStatus.CLIENT_CONNECTION_EXISTS
            other.send(ReaderSide(self.model, Memory()).greeting(self._stamp_us(), status))
            other.finish()
            return
        self.connections += 1
        self._framer = Framer()
        self._side = ReaderSide(self.model, self.memory)
        self._client = Link(self._ears, link, self._heard)
        self._next_keepalive = time.monotonic() + self.memory.keepalive_ms / 1000
        self._client.send(self._side.greeting(self._stamp_us()))

    def _heard(self, link: Link, chunk: bytes) -> None:
        side = self._side
        if side is None or link is not self._client:
            link.close()
            return
        try:
            frames = self._framer.feed(chunk) if chunk else []
            for frame in frames:
                link.send(side.received(frame))
        except FrameError:
            chunk = b""
        if not chunk or side.closing or not link.open:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.finish()
        self._client = self._side = None

    def _rung(self, _: int) -> None:
        self._bell.recv(64)
        while not self._orders.empty():
            order, answer = self._orders.get()
            answer.put(self._perform(order))

    def _perform(self, order: Order) -> Answer:
        return perform(self, order)

    # what the control port can ask for; only ever called in the reader's own thread

    def lay(self, tag: Tag) -> None:
        self.field.place(tag, time.monotonic())

    def pull(self) -> None:
        """The cable is out: connections drop, new ones are refused."""
        if self._listener is not None:
            if self._listener in self._ears.get_map():
                self._ears.unregister(self._listener)
            self._listener.close()
            self._listener = None
        self._hang_up()

    def freeze(self) -> None:
        """Says and hears nothing any more; TCP itself stands."""
        self._frozen = True
        if self._listener is not None and self._listener in self._ears.get_map():
            self._ears.unregister(self._listener)
        if self._client is not None:
            self._client.pause()

    def plug(self) -> None:
        """Well again, after `pull` or `freeze`."""
        if self._listener is None:
            self._listener = listen(self._host, self.port)
            self._hear_callers()
        elif self._frozen:
            self._hear_callers()
        self._frozen = False
        if self._client is not None:
            self._client.resume()

    def restart(self) -> None:
        """Loses its connection and its memory, and is back at once."""
        if self._client is not None and self._side is not None:
            self._client.send(self._side.farewell(self._stamp_us()))
        self._hang_up()
        self.memory = Memory()

    def quit(self) -> None:
        self._quitting = True

    def _put_away(self) -> None:
        self.pull()
        if self._control is not None:
            self._control.close()
        self._ears.close()
        self._bell.close()
        self._rope.close()


def main() -> int:
    import argparse
    import json

    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.reader", description="A simulated LLRP reader."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5084, help="LLRP port, 0 for any (default 5084)")
    parser.add_argument(
        "--control-port", type=int, default=5085, help="control port, 0 for any (default 5085)"
    )
    parser.add_argument("--antennas", type=int, default=4, help="antenna ports of the reader (default 4)")
    parser.add_argument("--seed", type=int, default=0, help="seed of rates and fading (default 0)")
    asked = parser.parse_args()
    reader = SimReader(
        Model(antennas=asked.antennas),
        host=asked.host,
        port=asked.port,
        control_port=asked.control_port,
        seed=asked.seed,
    )
    print(json.dumps({"ready": True, "port": reader.port, "control_port": reader.control_port}), flush=True)
    try:
        reader.run()
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""A reader that is not there: answers LLRP over TCP as an Impinj or Zebra reader does, with tags in its field.

    python -m hardware.sim.radio.reader --port 5084 --control-port 5085

prints `{"ready":true,"port":5084,"control_port":5085}` and takes JSON lines on its control port, one answer a line:
`{"do":"place","epc":HEX,"antenna":1,"rssi_dbm":-55}`, `{"do":"remove","epc":HEX}`, `{"do":"pull"}` (connections drop
and are refused), `{"do":"freeze"}` (silence on standing connections), `{"do":"plug"}` (well again), `{"do":"restart"}`
(forgets its ROSpecs), `{"do":"list"}`, `{"do":"quit"}`. In one process with a test it is `SimReader`.
"""

from __future__ import annotations

import argparse
import json
import queue
import selectors
import socket
import threading

from hardware.sim.radio.control import Answer, Order
from hardware.sim.radio.reader_dialogue import Model
from hardware.sim.radio.reader_machine import ReaderMachine


class SimReader(ReaderMachine):
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
        super().__init__(model or Model(), host=host, port=port, control_port=control_port, seed=seed)
        self._orders: queue.SimpleQueue[tuple[Order, queue.SimpleQueue[Answer]]] = queue.SimpleQueue()
        self._bell, self._rope = socket.socketpair()
        self._thread: threading.Thread | None = None
        self.ears.register(self._bell, selectors.EVENT_READ, self._rung)

    @property
    def uri(self) -> str:
        return f"llrp://{self.host}:{self.port}"

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
        if self._thread is None:
            self.put_away()
        elif self._thread.is_alive():
            self.do({"do": "quit"})
            self._thread.join()

    def _rung(self, _: int) -> None:
        self._bell.recv(64)
        while not self._orders.empty():
            order, answer = self._orders.get()
            answer.put(self.perform(order))

    def put_away(self) -> None:
        super().put_away()
        self._bell.close()
        self._rope.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.radio.reader", description="A simulated LLRP reader."
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

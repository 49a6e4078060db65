"""Simulated Impinj reader like an R700, for tests and trials: REST interface, event stream, MQTT and web hook.

Can simulate lost and frozen connections; `hardware.sim.radio.impinj.state.ImpinjHabits` lists how else it misbehaves.
"""

from __future__ import annotations

import ssl
import threading
from typing import Final

from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.http_interface import ImpinjHttpServer
from hardware.sim.radio.impinj.outputs import MqttOutput, WebhookOutput
from hardware.sim.radio.impinj.state import ImpinjHabits, ImpinjState, Json

_PAUSE_S: Final = 0.01


class SimImpinjReader:
    """One simulated reader, listening on 127.0.0.1; every method may be called from any thread.

    It reads tags only while a preset runs.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        *,
        seed: int = 0,
        habits: ImpinjHabits | None = None,
        port: int = 0,
    ) -> None:
        self.state = ImpinjState(habits or ImpinjHabits(), seed)
        self.port = port
        self._tls = tls
        self._not_frozen = threading.Event()
        self._not_frozen.set()
        self._pulled = threading.Event()
        self._closed = threading.Event()
        self._plug_in()
        self._inventory = threading.Thread(
            target=self._run_inventory, name="sim impinj inventory", daemon=True
        )
        self._inventory.start()

    @property
    def running(self) -> bool:
        """Whether an inventory runs; setting it starts or stops one without an id, as another program would."""
        return self.state.status == "running"

    @running.setter
    def running(self, on: bool) -> None:
        with self.state.lock:
            self.state.stop()
            if on:
                self.state.status = "running"

    def place(self, tag: Tag) -> None:
        self.state.place(tag)

    def report(self, event: Json) -> None:
        """Sends an event of the reader's own, for example of an antenna."""
        with self.state.lock:
            self.state.report(event)

    def pull(self) -> None:
        """Closes all connections and refuses new ones; the inventory goes on."""
        self._pulled.set()
        self._not_frozen.set()
        self._server.stop()
        for output in self._outputs:
            output.close()

    def freeze(self) -> None:
        """Keeps connections open, but answers and sends nothing."""
        self._not_frozen.clear()

    def plug(self) -> None:
        """Ends `pull` or `freeze`."""
        self._not_frozen.set()
        if self._pulled.is_set():
            self._pulled.clear()
            self._plug_in()

    def close(self) -> None:
        if not self._pulled.is_set():
            self.pull()
        self._closed.set()
        self._inventory.join()

    def wait_while_frozen(self) -> None:
        self._not_frozen.wait()

    def is_pulled(self, wait_s: float) -> bool:
        """Whether the reader is or gets disconnected within this time."""
        return self._pulled.wait(wait_s)

    def _plug_in(self) -> None:
        self._server = ImpinjHttpServer(self, self.port, self._tls)
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="sim impinj", daemon=True
        ).start()
        self._outputs = [
            MqttOutput(self.state, self.state.mqtt_events, self._is_frozen, "mqtt"),
            WebhookOutput(self.state, self.state.hook_events, self._is_frozen, "hook"),
        ]

    def _is_frozen(self) -> bool:
        return not self._not_frozen.is_set()

    def _run_inventory(self) -> None:
        while not self._closed.wait(_PAUSE_S):
            with self.state.lock:
                self.state.inventory()

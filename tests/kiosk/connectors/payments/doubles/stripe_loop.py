"""Stripe's double in a thread of the test, and the hand that lays cards on its readers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TypeVar

from kiosk.connectors.payments.doubles.stripe_api.api import StripeDouble
from kiosk.connectors.payments.doubles.stripe_api.objects import Intent
from kiosk.connectors.payments.doubles.stripe_api.server import MAX_HEAD_BYTES, StripeServer
from kiosk.connectors.payments.place import TerminalPlace

R = TypeVar("R")
SECRET = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
READER = "tmr_simulated01"


class StripeLoop:
    """A running double. `run` calls something in its thread."""

    def __init__(self, search_delay_s: float = 1.0, reader: str = READER) -> None:
        self.reader = reader
        self.double = StripeDouble(search_delay_s=search_delay_s)
        self.double.account.add_reader(reader)
        self.server = StripeServer(self.double)
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="stripe-double")
        self._thread.start()
        self._listening = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)
        self.port: int = self._listening.sockets[0].getsockname()[1]

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self.server.serve, "127.0.0.1", 0, limit=MAX_HEAD_BYTES)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, work: Callable[[], R]) -> R:
        async def inner() -> R:
            return work()

        return asyncio.run_coroutine_threadsafe(inner(), self.loop).result(10)

    def tap(self, card: str = "") -> bool:
        return self.run(lambda: self.server.tap(self.reader, card))

    def waits(self) -> bool:
        return self.run(lambda: self.double.account.readers[self.reader].busy)

    def fault(self, call: str, kind: str, late_s: float = 0.0) -> None:
        self.run(lambda: self.double.faults.plan(call, kind, late_s))

    def control(self, **wanted: object) -> None:
        """One line of its control port."""
        assert self.run(lambda: self.server.controlled(dict(wanted)))["ok"]

    def age(self, hours: float) -> None:
        """Everything at Stripe was made so many hours earlier; keys that are too old then are pruned."""

        def older() -> None:
            for intent in self.double.account.intents.values():
                intent.created -= int(hours * 3600)
            self.double.keys.age(hours * 3600)

        self.run(older)

    def intents(self) -> list[Intent]:
        return self.run(lambda: list(self.double.account.intents.values()))

    def answered(self) -> list[str]:
        return self.run(lambda: list(self.double.answered))

    def close(self) -> None:
        async def end() -> None:
            self._listening.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@contextmanager
def stripe_double(search_delay_s: float = 1.0) -> Iterator[StripeLoop]:
    found = StripeLoop(search_delay_s)
    try:
        yield found
    finally:
        found.close()


def place_in(folder: Path, uri: str, secret: str = SECRET) -> TerminalPlace:
    """A reader with its key file."""
    file = folder / "stripe.key"
    file.write_text(f"secret_key: {secret}\n")
    file.chmod(0o600)
    return TerminalPlace(uri, file)

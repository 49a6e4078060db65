"""The shop: time passes; the store is killed, configured, started; its database is locked, its disk full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.faults.checkout.people import SCANNED, TAG_OF_SCAN
from tests.faults.checkout.steps.base import StepsBase
from tests.faults.checkout.world import CONFIGURATIONS

DAY_S: Final = 90_000.0


class ShopSteps(StepsBase):
    """Steps of the shop itself."""

    def _of_shop(self) -> Iterator[str]:
        yield from ("minute", "minute", "tick", "kill", "restart", "wait 31", "wait 150")
        if self._may_be_identified():
            yield "identify"
        yield from (f"clock {seconds}" for seconds in ("7200", "-7200", "90000"))
        yield from (f"configure {name}" for name in CONFIGURATIONS if name != self._world.configuration)
        if self._store.payments.confirmations.unconfirmed():
            yield from ("settle-day", "settle-day")
        if not self._world.in_files:
            return
        yield "unlock" if self._world.locked else "lock"
        yield "free-disk" if self._world.full else "fill-disk"

    def _do_minute(self) -> None:
        """The sweep looks at everything that is not final."""
        self._world.pass_s(60)
        self.sweep()

    def sweep(self) -> None:
        """One round of the sweep, for each transaction as its threads do it."""
        payments: Any = self._store.payments
        for worker in payments._workers:
            for key, _ in worker.unfinished():
                worker.step(key)

    def _do_tick(self) -> None:
        self._store.payments.finish_pending()
        self._store.resources.head_keeper.write()

    def _do_settle_day(self) -> None:
        """A day later, the words of persons are compared with the provider's report."""
        self._world.pass_s(DAY_S)
        confirmations = self._store.payments.confirmations
        for one in confirmations.unconfirmed():
            confirmations.confirm_by_settlement(one.key, *self.truth.reported(one))

    def _do_kill(self) -> None:
        self._world.kill()

    def _do_restart(self) -> None:
        self._world.restart()
        self.show_visits()

    def _do_configure(self, name: str) -> None:
        self._world.restart(name)
        self.show_visits()

    def _do_wait(self, seconds: str) -> None:
        self._world.pass_s(float(seconds))

    def _do_clock(self, seconds: str) -> None:
        self._world.set_clock(float(seconds))

    def _may_be_identified(self) -> bool:
        """A piece that is in the orders of two shoppers is two pieces."""
        ordered = {line["piece"] for order in self._journal.orders.values() for line in order["lines"]}
        return not self._people.identified and not {SCANNED, TAG_OF_SCAN} <= ordered

    def _do_lock(self) -> None:
        self._world.lock()

    def _do_unlock(self) -> None:
        self._world.unlock()

    def _do_fill_disk(self) -> None:
        self._world.fill_disk()

    def _do_free_disk(self) -> None:
        self._world.free_disk()

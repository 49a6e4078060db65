"""The web hooks of the configuration, each with a thread of its own: a slow receiver holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.supervised import Loop, ThreadState
from kiosk.config.events import EventHook, Events
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import HookPlace, HttpsHook, NoHookDriverError
from kiosk.store.event_log.errors import EventsGoneError
from kiosk.store.event_log.events import Scope, kinds_of
from kiosk.store.event_log.positions import Position
from kiosk.store.integrators.hooks.delivery import Delivery, HookSource, Receiver
from kiosk.store.integrators.hooks.hook_health import HookHealth
from kiosk.store.integrators.hooks.hook_rows import DeadLetter, HookReport, HookState

log = logging.getLogger(__name__)
EVERY_S: Final = 1.0
LATE_S: Final = 1_200.0
"""A round sends at most 100 events, each for up to 10 s."""
CLOSE_S: Final = 12.0


class WebHooks:
    """All web hooks. `open_receiver`: connects to nothing; raises NoHookDriverError."""

    def __init__(
        self, settings: Events, source: HookSource,
        open_receiver: Callable[[str, EventHook], Receiver] | None = None,
    ) -> None:  # fmt: skip
        self._settings, self._source = settings, source
        self._open = open_receiver or (lambda name, hook: HttpsHook(hook_place(name, hook)))
        self._loops: dict[str, tuple[Delivery, Loop]] = {}
        self._unusable: set[str] = set()

    def start(self) -> None:
        """Begins to deliver. A receiver that cannot be used is left out, with an error in the log."""
        with suppress(SQLAlchemyError):
            self.clean()
        for name, hook in self._settings.web_hooks.items():
            try:
                self._start(name, hook, self._open(name, hook))
            except NoHookDriverError as error:
                self._unusable.add(name)
                log.error("no web hook %s: %s", name, error)

    def clean(self) -> None:
        """Deletes what belongs to web hooks that are not configured any more. Raises SQLAlchemyError."""
        self._source.rows.keep_only(tuple(self._settings.web_hooks))

    def _start(self, name: str, hook: EventHook, receiver: Receiver) -> None:
        kinds = kinds_of(map(Scope, hook.scopes))
        delivery = Delivery(name, receiver, kinds, self._source, lambda: loop.stopping)
        loop = Loop(f"web hook {name}", delivery.deliver, EVERY_S, late_s=LATE_S)
        self._loops[name] = delivery, loop
        self._source.feed.on_published(loop, loop.wake)
        loop.start()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of their threads."""
        return tuple(loop.thread.state for _, loop in self._loops.values())

    def all(self) -> tuple[HookReport, ...]:
        """How all of them do, by name. Raises SQLAlchemyError."""
        return self._source.rows.reports()

    def health(self) -> tuple[HookHealth, ...]:
        """Whether each of the configuration delivers. Raises SQLAlchemyError."""
        reports = {found.state.name: found for found in self.all()} if self._settings.web_hooks else {}
        return tuple(
            self._health(name, hook, reports.get(name)) for name, hook in self._settings.web_hooks.items()
        )

    def _health(self, name: str, hook: EventHook, report: HookReport | None) -> HookHealth:
        if report is None:
            return HookHealth(name, usable=name not in self._unusable)
        state = report.state
        return HookHealth(
            name,
            name not in self._unusable,
            state.gone,
            state.tries,
            self._oldest_us(state, hook),
            report.dead,
        )

    def _oldest_us(self, state: HookState, hook: EventHook) -> int | None:
        """When the oldest event happened that waits to be sent."""
        try:
            page = self._source.feed.page(
                Position(state.stream_id, state.seq), kinds_of(map(Scope, hook.scopes)), 1
            )
        except EventsGoneError:  # it is moved on before the next event is sent
            return None
        return page.events[0].event.at_us if page.events else None

    def dead(self, name: str) -> tuple[DeadLetter, ...]:
        """The dead letters of one, the oldest first. Raises NotFoundError, SQLAlchemyError."""
        self._source.rows.state(name)
        return self._source.rows.dead(name)

    def send_again(self, name: str) -> int:
        """Sends all dead letters of one again, and goes on with one that had answered 410; how many dead letters.

        Raises NotFoundError, SQLAlchemyError.
        """
        count = self._source.rows.send_again(name)
        if (found := self._loops.get(name)) is not None:
            found[0].wake()
            found[1].wake()
        return count

    def close(self) -> None:
        """Ends; what was not delivered is delivered after the next start."""
        for _, loop in self._loops.values():
            self._source.feed.forget(loop)
            loop.stop()
        for _, loop in self._loops.values():
            loop.close(CLOSE_S)


def hook_place(name: str, hook: EventHook) -> HookPlace:
    """A web hook of the configuration."""
    return HookPlace(
        hook.url, hook.key_file, Network(hook.network), hook.ca_file, section=f"events.web_hooks.{name}"
    )

"""How `cheval integrators` changes access: the running store does it, or this process under its lock."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol
from urllib.parse import quote

from kiosk.clock import now_us
from kiosk.commands.staff.running_api import RunningApi, store_or_alone, user
from kiosk.store.db.database import Database
from kiosk.store.event_log.events import Scope
from kiosk.store.integrators.accounts import Integrators
from kiosk.store.integrators.hooks.hook_rows import HookRows
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import RunningStore
from kiosk.store.staff.staff_desk import COMMAND

Rows = list[dict[str, Any]]


class Keeper(Protocol):
    """Changes the integrators. Every method raises RefusedError or NotFoundError for what the store refuses."""

    def all(self) -> Rows:
        """Who has access: `name`, `scopes`, `added_us`, `added_by`, `streams`."""
        ...

    def add(self, name: str, scopes: list[str]) -> str:
        """Adds an integrator; its token."""
        ...

    def revoke(self, name: str) -> None:
        """Ends an integrator's access."""
        ...

    def hooks(self) -> Rows:
        """The web hooks: `name`, `waiting`, `tries`, `why`, `missed`, `gone`, `dead`."""
        ...

    def send_again(self, name: str) -> int:
        """Has the dead letters of a web hook sent again; how many."""
        ...


class Alone:
    """Without a running store."""

    def __init__(self, integrators: Integrators, hooks: HookRows) -> None:
        self._integrators, self._hooks = integrators, hooks

    def all(self) -> Rows:
        return [
            {
                "name": i.name, "scopes": sorted(s.value for s in i.scopes), "added_us": i.added_us,
                "added_by": i.added_by, "streams": 0,
            }
            for i in self._integrators.all()
        ]  # fmt: skip

    def add(self, name: str, scopes: list[str]) -> str:
        return self._integrators.add(name, map(Scope, scopes), f"{COMMAND}/{user()}")

    def revoke(self, name: str) -> None:
        self._integrators.revoke(name)

    def hooks(self) -> Rows:
        return [
            {
                "name": r.state.name, "waiting": r.waiting, "tries": r.state.tries, "why": r.state.why,
                "missed": r.state.missed, "gone": r.state.gone, "dead": r.dead,
            }
            for r in self._hooks.reports()
        ]  # fmt: skip

    def send_again(self, name: str) -> int:
        return self._hooks.send_again(name)


class Running:
    """Over the API of the running store. Raises ConnectionError if it does not answer."""

    def __init__(self, store: RunningStore) -> None:
        self._ask = RunningApi(store, "/api/v1/integrators").ask
        self._ask_hooks = RunningApi(store, "/api/v1/web-hooks").ask

    def all(self) -> Rows:
        return list(self._ask("GET", ""))

    def add(self, name: str, scopes: list[str]) -> str:
        return str(self._ask("POST", "", {"name": name, "scopes": scopes})["token"])

    def revoke(self, name: str) -> None:
        self._ask("DELETE", f"/{quote(name, safe='')}")

    def hooks(self) -> Rows:
        return list(self._ask_hooks("GET", ""))

    def send_again(self, name: str) -> int:
        return int(self._ask_hooks("POST", f"/{quote(name, safe='')}/send-again")["count"])


def keeper(settings: StoreSettings) -> AbstractContextManager[Keeper]:
    """The running store, else this process with the store's lock. Raises StoreHeldError, OSError, SQLAlchemyError."""

    def alone(database: Database) -> Keeper:
        return Alone(Integrators(database, now_us), HookRows(database))

    return store_or_alone(settings, Running, lambda found: found.all(), alone)

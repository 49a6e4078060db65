"""The two ways in which `cheval staff` changes the staff: the running store does it, or this process under its lock."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict
from enum import Enum
from typing import Any, Protocol
from urllib.parse import quote

from kiosk.clock import now_us
from kiosk.commands.staff.running_api import RunningApi, store_or_alone, user
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import RunningStore
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import COMMAND, StaffDesk

Rows = list[dict[str, Any]]


class Keeper(Protocol):
    """Changes the staff. Every method raises RefusedError or NotFoundError for what the store refuses."""

    def members(self) -> Rows:
        """Who has access: `id`, `name`, `role`, `by_feed`, `signs_in`, `blocked`."""
        ...

    def log(self) -> Rows:
        """Who changed the staff: `at_us`, `who`, `what`, `about`, `role`."""
        ...

    def add(self, name: str, role: str, pin: str, own: str | None) -> str:
        """Adds a person; the PIN that was made, or empty."""
        ...

    def set_pin(self, about: str, pin: str) -> str:
        """Sets a PIN; the one that was made, or empty."""
        ...

    def set_role(self, about: str, role: str) -> None:
        """Sets a role."""
        ...

    def remove(self, about: str) -> None:
        """Ends a person's access."""
        ...


class Alone:
    """Without a running store."""

    def __init__(self, desk: StaffDesk) -> None:
        self._desk, self._who = desk, f"{COMMAND}/{user()}"

    def members(self) -> Rows:
        return [
            {
                "id": m.associate_id,
                "name": m.name,
                "role": m.role.value,
                "by_feed": m.by_feed,
                "signs_in": m.signs_in,
                "blocked": m.blocked,
            }
            for m in self._desk.all()
        ]

    def log(self) -> Rows:
        return [
            {k: v.value if isinstance(v, Enum) else v for k, v in asdict(e).items()} for e in self._desk.log()
        ]

    def add(self, name: str, role: str, pin: str, own: str | None) -> str:
        wanted = AssociateId(own) if own is not None else None
        return self._desk.add(self._who, name, Role(role), pin, associate_id=wanted)[1]

    def set_pin(self, about: str, pin: str) -> str:
        return self._desk.set_pin(self._who, AssociateId(about), pin)

    def set_role(self, about: str, role: str) -> None:
        self._desk.set_role(self._who, AssociateId(about), Role(role))

    def remove(self, about: str) -> None:
        self._desk.remove(self._who, AssociateId(about))


class Running:
    """Over the API of the running store. Raises ConnectionError if it does not answer."""

    def __init__(self, store: RunningStore) -> None:
        self._ask = RunningApi(store, "/api/v1/staff").ask

    def members(self) -> Rows:
        return list(self._ask("GET", ""))

    def log(self) -> Rows:
        return list(self._ask("GET", "/log"))

    def add(self, name: str, role: str, pin: str, own: str | None) -> str:
        body = {"name": name, "role": role, "pin": pin, **({} if own is None else {"id": own})}
        return str(self._ask("POST", "", body)["pin"])

    def set_pin(self, about: str, pin: str) -> str:
        return str(self._ask("PUT", f"/{quote(about, safe='')}/pin", {"pin": pin})["pin"])

    def set_role(self, about: str, role: str) -> None:
        self._ask("PUT", f"/{quote(about, safe='')}/role", {"role": role})

    def remove(self, about: str) -> None:
        self._ask("DELETE", f"/{quote(about, safe='')}")


def keeper(settings: StoreSettings) -> AbstractContextManager[Keeper]:
    """The running store, else this process with the store's lock. Raises StoreHeldError, OSError, SQLAlchemyError."""

    def alone(database: Database) -> Keeper:
        ended = EndedRights(settings.state, now_us)
        return Alone(StaffDesk(database, PinChecks(settings.limits.sign_in), now_us, gone=ended.person))

    return store_or_alone(settings, Running, lambda found: found.members(), alone)

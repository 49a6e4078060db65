"""The state of web hooks in the database: how far each has come, and its dead letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import DEAD_LETTER, WEB_HOOK
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import NotFoundError
from kiosk.store.event_log.positions import Position
from kiosk.store.event_log.reading import StreamState, read_state

MAX_DEAD: Final = 1_000
"""Dead letters that are kept for each receiver; of more the oldest are deleted."""
MAX_WHY: Final = 200


@dataclass(frozen=True, slots=True)
class HookState:
    """How far a receiver has come: the row of `web_hook`."""

    name: str
    stream_id: str
    seq: int
    tries: int = 0
    why: str = ""
    missed: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that a receiver did not take, as it was sent."""

    name: str
    event_id: str
    seq: int
    kind: str
    body: str
    why: str
    dead_us: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class HookReport:
    """How a web hook does. `waiting`: published events of all kinds that are before it; `dead`: dead letters."""

    state: HookState
    waiting: int
    dead: int


class HookRows:
    """Safe from any thread. Every method raises SQLAlchemyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_only(self, names: Collection[str]) -> None:
        """Deletes all that belongs to receivers that are not configured any more."""
        with self._database.writing() as connection:
            for table in (WEB_HOOK, DEAD_LETTER):
                connection.execute(delete(table).where(table.c.name.not_in(sorted(names))))

    def begin(self, name: str, at: Position) -> None:
        """A receiver that is new begins with what happens from now on."""
        with self._database.writing(durable=True) as connection:
            if connection.scalar(select(WEB_HOOK.c.name).where(WEB_HOOK.c.name == name)) is None:
                upsert(connection, WEB_HOOK, [asdict(HookState(name, at.stream_id, at.seq))])

    def state(self, name: str) -> HookState:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(select(WEB_HOOK).where(WEB_HOOK.c.name == name)).one_or_none()
        if row is None:
            raise NotFoundError("there is no such web hook")
        return HookState(*row)

    def save(self, state: HookState, dead: DeadLetter | None = None) -> None:
        """Keeps how far a receiver has come, together with an event that is given up."""
        with self._database.writing() as connection:
            upsert(connection, WEB_HOOK, [asdict(state)])
            if dead is not None:
                upsert(connection, DEAD_LETTER, [asdict(dead)])
                _delete_oldest(connection, dead.name)

    def dead(self, name: str, limit: int = MAX_DEAD) -> tuple[DeadLetter, ...]:
        """The dead letters of a receiver, the oldest first."""
        query = select(DEAD_LETTER).where(DEAD_LETTER.c.name == name).order_by(DEAD_LETTER.c.seq).limit(limit)
        with self._database.reading() as connection:
            return tuple(DeadLetter(*row) for row in connection.execute(query).all())

    def reports(self) -> tuple[HookReport, ...]:
        """How all of them do, by name."""
        count = select(DEAD_LETTER.c.name, func.count()).group_by(DEAD_LETTER.c.name)
        with self._database.reading() as connection:
            log = read_state(connection)
            states = [
                HookState(*row) for row in connection.execute(select(WEB_HOOK).order_by(WEB_HOOK.c.name))
            ]
            dead = {name: int(number) for name, number in connection.execute(count)}
        return tuple(HookReport(s, _before(s, log), dead.get(s.name, 0)) for s in states)

    def next_again(self, name: str) -> DeadLetter | None:
        """The oldest dead letter that is to be sent once more."""
        query = (
            select(DEAD_LETTER)
            .where(DEAD_LETTER.c.name == name, DEAD_LETTER.c.again)
            .order_by(DEAD_LETTER.c.seq)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else DeadLetter(*row)

    def send_again(self, name: str) -> int:
        """Marks all dead letters of a receiver to be sent again, and ends `gone`; how many. Raises NotFoundError."""
        self.state(name)
        with self._database.writing(durable=True) as connection:
            found = connection.execute(
                update(DEAD_LETTER).where(DEAD_LETTER.c.name == name).values(again=True)
            ).rowcount
            connection.execute(
                update(WEB_HOOK).where(WEB_HOOK.c.name == name).values(gone=False, tries=0, why="")
            )
        return int(found)

    def delivered(self, letter: DeadLetter) -> None:
        """Deletes a dead letter that was taken after all."""
        with self._database.writing() as connection:
            connection.execute(delete(DEAD_LETTER).where(_this(letter)))

    def still_dead(self, letter: DeadLetter, why: str) -> None:
        """A dead letter was not taken this time either: it waits for somebody to send it again."""
        with self._database.writing() as connection:
            connection.execute(
                update(DEAD_LETTER).where(_this(letter)).values(again=False, why=why[:MAX_WHY])
            )

    def delete_dead_before(self, before_us: int) -> None:
        """Deletes dead letters that were given up before a time."""
        with self._database.writing() as connection:
            connection.execute(delete(DEAD_LETTER).where(DEAD_LETTER.c.dead_us < before_us))


def _before(state: HookState, log: StreamState | None) -> int:
    """Published events that a receiver has not come to yet; 0 for one of an earlier stream."""
    if log is None or log.stream_id != state.stream_id:
        return 0
    return max(log.published_seq - state.seq, 0)


def _this(letter: DeadLetter) -> ColumnElement[bool]:
    return (DEAD_LETTER.c.name == letter.name) & (DEAD_LETTER.c.event_id == letter.event_id)


def _delete_oldest(connection: Connection, name: str) -> None:
    kept = (
        select(DEAD_LETTER.c.event_id)
        .where(DEAD_LETTER.c.name == name)
        .order_by(DEAD_LETTER.c.seq.desc())
        .limit(MAX_DEAD)
    )
    connection.execute(
        delete(DEAD_LETTER).where(DEAD_LETTER.c.name == name, DEAD_LETTER.c.event_id.not_in(kept))
    )

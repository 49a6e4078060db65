"""Rooms and stands of the shop as a technician wants to see them: mirror, readers and terminal of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hardware.threads.supervised import ThreadState
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import RoomId
from kiosk.store.fleet.mirror_reports import MirrorReports
from kiosk.store.fleet.problems import RoomHealth, StandHealth
from kiosk.store.fleet.terminal_watch import TerminalHealth, TerminalWatch
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.radio.room_antennas import readers_of
from kiosk.store.settings import ReaderSettings, RoomSettings


class Fleet:
    """Puts together what is known of each room and stand. Safe from any thread."""

    def __init__(
        self, rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings], floor: ShopFloor,
        reports: MirrorReports, terminals: TerminalWatch, first_terminal: str,
        stands: Mapping[str, Stand], stand_reports: MirrorReports,
    ) -> None:  # fmt: skip
        """`first_terminal`: the one of rooms and stands that name none; empty for none."""
        self.reports, self.stand_reports, self.terminals = reports, stand_reports, terminals
        self._stands = stands
        self._rooms, self._floor, self._first = tuple(rooms), floor, first_terminal
        names = tuple(reader.name for reader in readers)
        self._with_reader = {room.room for room in rooms if readers_of(room, names)}

    def start(self) -> None:
        """Starts to ask the terminals."""
        self.terminals.start()

    def close(self) -> None:
        """Ends that."""
        self.terminals.close()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of its threads."""
        return (self.terminals.state,)

    def rooms(self) -> tuple[RoomHealth, ...]:
        """Each room now, in the order of the configuration."""
        mirrors, terminals = self.reports.health(), self.terminals.health()
        found = []
        for room in self._rooms:
            state, terminal = self._floor.room(room.room), room.terminal or self._first
            found.append(
                RoomHealth(
                    room.room,
                    room.title,
                    mirrors[room.room],
                    room.room in self._with_reader,
                    state.radio,
                    len(state.notes),
                    terminal,
                    terminals.get(terminal, TerminalHealth()),
                )
            )
        return tuple(found)

    def stands(self) -> tuple[StandHealth, ...]:
        """Each stand now, in the order of the configuration."""
        readers, terminals = self.stand_reports.health(), self.terminals.health()
        return tuple(
            StandHealth(
                name, stand.title or name, readers[RoomId(name)], terminal,
                terminals.get(terminal, TerminalHealth()),
            )
            for name, stand in self._stands.items()
            for terminal in (stand.terminal or self._first,)
        )  # fmt: skip

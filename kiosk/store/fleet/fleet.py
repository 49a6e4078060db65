"""The rooms of the shop as a technician wants to see them: mirror, reader and terminal of each."""

from __future__ import annotations

from collections.abc import Sequence

from hardware.threads.supervised import ThreadState
from kiosk.store.fleet.mirror_reports import MirrorReports
from kiosk.store.fleet.problems import RoomHealth
from kiosk.store.fleet.terminal_watch import TerminalHealth, TerminalWatch
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.radio.room_antennas import readers_of
from kiosk.store.settings import ReaderSettings, RoomSettings


class Fleet:
    """Puts together what is known of each room. Safe from any thread."""

    def __init__(
        self, rooms: Sequence[RoomSettings], readers: Sequence[ReaderSettings], floor: ShopFloor,
        reports: MirrorReports, terminals: TerminalWatch, first_terminal: str,
    ) -> None:  # fmt: skip
        """`first_terminal`: the one of rooms that name none; empty for none."""
        self.reports, self.terminals = reports, terminals
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

"""Terminals: they fail in some way, or recover."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.checkout.device import POSSIBLE, Call, Fault
from tests.faults.checkout.steps.base import StepsBase


class TerminalSteps(StepsBase):
    """Steps of terminals."""

    def _of_terminals(self) -> Iterator[str]:
        in_use = self._world.configured()
        for name, device in self._world.devices.items():
            if device not in in_use:
                continue
            yield f"speak {name}" if device.mute else f"mute {name}"
            yield f"hear {name}" if device.deaf else f"deaf {name}"
            if device.waiting() is not None:
                yield from (f"{what} {name}" for what in ("cut", "cut", "expire", "expire", "time-out"))
            if any(True for _ in device.charges()):
                yield f"forget {name}"
            if device.delayed:
                yield f"arrive {name}"
            if device.waiting() is not None and Call.FOLLOW not in device.faults:
                # else few programs come to a sale that is taken back
                yield from [f"fault {name} {Call.FOLLOW.value} {Fault.REFUSED.value}"] * 12
            for call, faults in POSSIBLE.items():
                if call not in device.faults:
                    yield from (f"fault {name} {call.value} {fault.value}" for fault in faults)

    def _do_mute(self, name: str) -> None:
        self._world.devices[name].mute = True

    def _do_speak(self, name: str) -> None:
        self._world.devices[name].mute = False

    def _do_deaf(self, name: str) -> None:
        self._world.devices[name].deaf = True

    def _do_hear(self, name: str) -> None:
        self._world.devices[name].deaf = False

    def _do_cut(self, name: str) -> None:
        self._world.devices[name].lose_connections(expired=False)

    def _do_expire(self, name: str) -> None:
        self._world.pass_s(150)
        self._world.devices[name].lose_connections(expired=True)

    def _do_time_out(self, name: str) -> None:
        self._world.pass_s(150)
        self._world.devices[name].time_out()

    def _do_forget(self, name: str) -> None:
        self._world.devices[name].forget()

    def _do_arrive(self, name: str) -> None:
        self._world.devices[name].arrive(self._world.monotonic_s)

    def _do_fault(self, name: str, call: str, fault: str) -> None:
        self._world.devices[name].faults[Call(call)] = Fault(fault)

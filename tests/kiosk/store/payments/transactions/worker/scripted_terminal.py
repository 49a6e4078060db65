"""A payment terminal that replies to each query as a test has written it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from kiosk.connectors.payments.port import (
    REFERENCE,
    Capabilities,
    Charge,
    FollowUp,
    Presented,
    TerminalLostError,
    TerminalProbe,
    TerminalReply,
    TerminalStatus,
)

Answer = TerminalReply | TerminalStatus | BaseException | None


@dataclass(slots=True)
class ScriptedTerminal:
    """Each query gets the next answer, the last one repeats: a reply, a status, an error to raise, None for no reply.

    `presents` is the answer to a charge or follow-up. Cancels get no reply; they are counted.
    """

    answers: list[Answer]
    presents: Answer = None
    identity: str = "scripted:1"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(not_found_after_s=0.0))
    queried: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    done: Event = field(default_factory=Event)

    def create(self, charge: Charge) -> str:
        del charge
        return ""

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        del charge, provider_id, on_taken_up, wait_s
        return _given(self.presents)

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        self.queried.append(wanted.key)
        return _given(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])

    def cancel(self, presented: Presented) -> None:
        self.cancelled.append(presented.key)
        if len(self.cancelled) > 1:
            self.done.set()
        raise TerminalLostError("no reply")

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        del follow_up
        return _given(self.presents)

    def probe(self) -> TerminalProbe:
        return TerminalProbe(reachable=True)

    def show(self, text: str) -> None:
        """There is no display."""

    def close(self) -> None:
        self.done.set()


def approved(reference: str = "R1", **stated: object) -> TerminalReply:
    """An approval with that number, and whatever else it states."""
    return TerminalReply(TerminalStatus.APPROVED, references={REFERENCE: reference}, captured=True, **stated)  # type: ignore[arg-type]


def _given(answer: Answer) -> TerminalReply:
    if isinstance(answer, BaseException):
        raise answer
    if answer is None:
        raise TerminalLostError("no reply")
    if isinstance(answer, TerminalStatus):
        return approved() if answer is TerminalStatus.APPROVED else TerminalReply(answer, why="why")
    return answer

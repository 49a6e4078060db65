"""Plays a written visit: does what each step says, waits for what must be seen, stops at the first that fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kiosk.demo.actors import AssociateHand, CardHand, Carrier, Payer
from kiosk.demo.expect import differences
from kiosk.demo.script import Step, WrittenVisit
from kiosk.demo.transcript import Transcript

SEE_S = 20.0
"""Longest wait for what must be seen, on a slow machine with everything started at once."""


class PlayError(Exception):
    """The visit did not go as written; says at which step and what was seen instead."""


class Finger(Protocol):
    """A finger and an eye before the glass."""

    def tap(self, name: str) -> bool:
        """Touch the control of that name; False where the glass has none now."""
        ...

    def photograph(self, file: Path) -> None:
        """Save the settled glass as PNG."""
        ...


@dataclass(slots=True)
class Cast:
    """Everybody and everything a written visit may name."""

    epcs: dict[str, str]
    gtins: dict[str, str]
    items: dict[str, str]
    cards: dict[str, str]
    antenna: int
    carrier: Carrier
    card_hand: CardHand
    payer: Payer
    associate: AssociateHand


@dataclass(slots=True)
class Player:
    """One performance of a written visit."""

    visit: WrittenVisit
    cast: Cast
    finger: Finger
    transcript: Transcript
    shots: Path | None
    speed: float
    say: Callable[[str], None]
    taken: int = 0
    files: list[Path] = field(default_factory=list)

    def play(self) -> None:
        """All steps in order; raises PlayError at the first that fails."""
        for step in self.visit.steps:
            self.transcript.write(step=step.number, verb=step.verb, what=step.what)
            getattr(self, f"_{step.verb}")(step)

    def _carry(self, step: Step) -> None:
        for name in step.what.get("in", ()):
            self.cast.carrier.bring(self._named(self.cast.epcs, name, step), self.cast.antenna)
        for name in step.what.get("out", ()):
            self.cast.carrier.take(self._named(self.cast.epcs, name, step))

    def _touch(self, step: Step) -> None:
        what, _, of = str(step.what).partition(" ")
        name = f"{what}:{self._meant(what, of)}" if of else what
        until = time.monotonic() + SEE_S
        while not self.finger.tap(name):
            if time.monotonic() > until:
                raise self._failed(step, f"there is no {name!r} to touch")
            time.sleep(0.05)

    def _meant(self, what: str, of: str) -> str:
        """The name of the cast as the control's own: pieces go by EPC, looks by item; else the word itself."""
        if what in ("look", "not-this", "bring-look"):
            return self.cast.items.get(of, of)
        return self.cast.epcs.get(of, of)

    def _lay(self, step: Step) -> None:
        self.cast.card_hand.lay(self._named(self.cast.cards, str(step.what), step))

    def _pay(self, step: Step) -> None:
        self.cast.payer.tap(str(step.what))

    def _reader(self, step: Step) -> None:
        self.cast.carrier.cable(plugged=step.what == "plug")

    def _terminal(self, _step: Step) -> None:
        self.cast.payer.lose_answer()

    def _associate(self, step: Step) -> None:
        associate = self.cast.associate
        for move, words in step.what.items():
            if move == "sign-in":
                associate.sign_in()
            elif move == "sign-out":
                associate.sign_out()
            else:
                associate.move(self._request(step, words or {}), move, **_without(words, "piece"))

    def _request(self, step: Step, words: dict[str, Any]) -> str:
        """The open request for the named piece's GTIN, or the oldest open one."""
        gtin = self.cast.gtins.get(str(words.get("piece", "")))
        until = time.monotonic() + SEE_S
        while time.monotonic() < until:
            for request in self.cast.associate.open_requests():
                if gtin is None or request["gtin"] == gtin:
                    return str(request["request_id"])
            time.sleep(0.1)
        raise self._failed(step, "no such request reached the associates")

    def _see(self, step: Step) -> None:
        expected = dict(step.what)
        within = float(expected.pop("within", SEE_S))
        expected = self._resolved(expected)
        if self.transcript.wait_for(lambda scene: not differences(expected, scene), within) is None:
            seen = self.transcript.scene
            raise self._failed(step, "; ".join(differences(expected, seen)) or "it was seen too late")

    def _resolved(self, value: Any) -> Any:
        """Names of the cast, written `$name`, as EPCs."""
        if isinstance(value, dict):
            return {k: self._resolved(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._resolved(v) for v in value]
        if isinstance(value, str) and value.startswith("$"):
            return self.cast.epcs.get(value[1:], value)
        return value

    def _shot(self, step: Step) -> None:
        self.taken += 1
        self.say(f"  {self.taken:2d}  {step.what}")
        if self.shots is not None:
            file = self.shots / f"{self.taken:02d}-{step.what}.png"
            self.finger.photograph(file)
            self.files.append(file)

    def _pause(self, step: Step) -> None:
        time.sleep(float(step.what) / self.speed)

    def _named(self, names: dict[str, str], name: str, step: Step) -> str:
        if name not in names:
            raise self._failed(step, f"nobody is called {name!r}")
        return names[name]

    def _failed(self, step: Step, why: str) -> PlayError:
        return PlayError(f"step {step.number} ({step.verb}: {step.what}): {why}")


def _without(words: dict[str, Any] | None, *keys: str) -> dict[str, Any]:
    return {k: v for k, v in (words or {}).items() if k not in keys}

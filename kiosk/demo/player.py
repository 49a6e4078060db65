"""Plays a written visit: does what each step says, waits for what must be seen, stops at the first that fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kiosk.demo.actors import AssociateHand, CardHand, Carrier, Payer, Scanning
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
    tag: Callable[[str], str]
    """A fresh tag for a GTIN."""
    cards: dict[str, str]
    antenna: int
    carrier: Carrier
    card_hand: CardHand
    scanning: Scanning
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
    claimed: dict[str, Any] | None = None
    """The request the associate works on."""

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
        name = f"{what}-{self._meant(of)}" if of else what
        self._until(lambda: self.finger.tap(name), step, f"there is no {name!r} to touch")

    def _meant(self, of: str) -> str:
        """A name of the cast as the control's own: pieces go by EPC; `#2` is the second look shown; else the word."""
        if of.startswith("#"):
            scene = self.transcript.scene or {}
            looks = scene.get("looks", [])
            position = int(of[1:]) - 1
            return str(looks[position]["item"]) if position < len(looks) else of
        return self.cast.epcs.get(of, of)

    def _lay(self, step: Step) -> None:
        self.cast.card_hand.lay(self._named(self.cast.cards, str(step.what), step))

    def _scan(self, step: Step) -> None:
        if isinstance(step.what, dict):
            self.cast.scanning.scan(str(step.what["label"]))
        else:
            name = str(step.what)
            self.cast.epcs[name] = self.cast.scanning.piece(self._named(self.cast.epcs, name, step))

    def _pay(self, step: Step) -> None:
        self._until(lambda: self.cast.payer.tap(str(step.what)), step, "the terminal waits for no card")

    def _reader(self, step: Step) -> None:
        self.cast.carrier.cable(plugged=step.what == "plug")

    def _terminal(self, step: Step) -> None:
        if step.what == "lose-answer":
            self.cast.payer.lose_answer()
            return
        collected = sum(entry["collected"] for entry in self.cast.payer.book())
        if collected != step.what["collected"]:
            raise self._failed(step, f"money was collected {collected} times")

    def _associate(self, step: Step) -> None:
        for move, words in step.what.items():
            words = words or {}
            if move == "sign-in":
                self.cast.associate.sign_in()
            elif move == "sign-out":
                self.cast.associate.sign_out()
            elif move == "bring":
                self._bring(str(words.get("as", "")), step)
            else:
                self._move(move, words, step)

    def _move(self, move: str, words: dict[str, Any], step: Step) -> None:
        """A claim takes the oldest request that waits; every other move is about the one claimed last."""
        if move == "claim":
            self.claimed = self._waiting(step)
        if self.claimed is None:
            raise self._failed(step, "she has claimed nothing")
        self.claimed = self.cast.associate.move(str(self.claimed["request_id"]), move, **words)

    def _waiting(self, step: Step) -> dict[str, Any]:
        found: list[dict[str, Any]] = []

        def reached() -> bool:
            found.extend(r for r in self.cast.associate.open_requests() if r["state"] == "received")
            return bool(found)

        self._until(reached, step, "no request reached the associates")
        return found[0]

    def _bring(self, name: str, step: Step) -> None:
        """Carry what the claimed request asks for into the room, under a name for later steps."""
        if self.claimed is None or not self.claimed["gtin"]:
            raise self._failed(step, "there is nothing to bring")
        epc = self.cast.tag(self.claimed["gtin"])
        self.cast.epcs[name] = epc
        self.cast.carrier.bring(epc, self.cast.antenna)

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

    def _pause(self, step: Step) -> None:
        time.sleep(float(step.what) / self.speed)

    def _until(self, done: Callable[[], bool], step: Step, otherwise: str) -> None:
        until = time.monotonic() + SEE_S
        while not done():
            if time.monotonic() > until:
                raise self._failed(step, otherwise)
            time.sleep(0.05)

    def _named(self, names: dict[str, str], name: str, step: Step) -> str:
        if name not in names:
            raise self._failed(step, f"nobody is called {name!r}")
        return names[name]

    def _failed(self, step: Step, why: str) -> PlayError:
        return PlayError(f"step {step.number} ({step.verb}: {step.what}): {why}")

"""Runs a scripted visit: performs each step, waits for the expected scene, stops at the first failure."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kiosk.demo.actors import AssociateClient, CardPresenter, GarmentCarrier, LabelScanning, Payer
from kiosk.demo.expectations import differences
from kiosk.demo.script import Step, VisitScript
from kiosk.demo.transcript import Transcript
from kiosk.store.piece_ids import piece_of_epc

MAX_WAIT_S = 20.0
"""Longest wait for an expected scene, for slow machines."""


class ScriptFailedError(Exception):
    """The visit did not go as scripted; the text names the step and the difference."""


class TouchScreen(Protocol):
    """Touches the mirror's window and takes pictures of it."""

    def tap(self, name: str) -> bool:
        """Touch the control of that name; False if there is none now."""
        ...

    def photograph(self, file: Path) -> None:
        """Save the window as PNG, after animations have ended."""
        ...


@dataclass(slots=True)
class ScriptContext:
    """Names that a script may use, and the actors that perform its steps."""

    tags: dict[str, str]
    """Name of a piece to the EPC of its tag."""
    tag: Callable[[str], str]
    """Makes a new tag (EPC) for a GTIN."""
    cards: dict[str, str]
    antenna: int
    carrier: GarmentCarrier
    card_presenter: CardPresenter
    scanning: LabelScanning
    payer: Payer
    associate: AssociateClient


@dataclass(slots=True)
class ScriptRunner:
    """One run of a scripted visit."""

    visit: VisitScript
    context: ScriptContext
    finger: TouchScreen
    transcript: Transcript
    shots: Path | None
    speed: float
    say: Callable[[str], None]
    taken: int = 0
    claimed: dict[str, Any] | None = None
    """The request that the associate has claimed."""

    def play(self) -> None:
        """Perform all steps in order. Raises ScriptFailedError at the first that fails."""
        for step in self.visit.steps:
            self.transcript.write(step=step.number, verb=step.verb, what=step.what)
            getattr(self, f"_{step.verb}")(step)

    def _carry(self, step: Step) -> None:
        for name in step.what.get("in", ()):
            self.context.carrier.bring(self._named(self.context.tags, name, step), self.context.antenna)
        for name in step.what.get("out", ()):
            self.context.carrier.take(self._named(self.context.tags, name, step))

    def _touch(self, step: Step) -> None:
        what, _, of = str(step.what).partition(" ")
        name = f"{what}-{self._meant(of)}" if of else what
        self._until(lambda: self.finger.tap(name), step, f"there is no {name!r} to touch")

    def _meant(self, of: str) -> str:
        """A script's name as part of a control's name: a piece is its id, `#2` the second look shown."""
        if of.startswith("#"):
            scene = self.transcript.scene or {}
            looks = scene.get("looks", [])
            position = int(of[1:]) - 1
            return str(looks[position]["item"]) if position < len(looks) else of
        return self._piece(of, of)

    def _lay(self, step: Step) -> None:
        self.context.card_presenter.lay(self._named(self.context.cards, str(step.what), step))

    def _scan(self, step: Step) -> None:
        if isinstance(step.what, dict) and "article" in step.what:
            self.context.scanning.article(self._named(self.context.tags, str(step.what["article"]), step))
        elif isinstance(step.what, dict):
            self.context.scanning.scan(str(step.what["label"]))
        else:
            name = str(step.what)
            self.context.scanning.piece(self._named(self.context.tags, name, step))

    def _pay(self, step: Step) -> None:
        self._until(lambda: self.context.payer.tap(str(step.what)), step, "the terminal waits for no card")

    def _reader(self, step: Step) -> None:
        self.context.carrier.cable(plugged=step.what == "plug")

    def _terminal(self, step: Step) -> None:
        if step.what == "lose-answer":
            self.context.payer.lose_answer()
            return
        wanted, until = step.what["collected"], time.monotonic() + MAX_WAIT_S
        # the receipt comes before the capture
        while (collected := self._collected()) < wanted and time.monotonic() < until:
            time.sleep(0.05)
        if collected != wanted:
            raise self._failed(step, f"money was collected {collected} times")

    def _collected(self) -> int:
        return sum(int(entry["collected"]) for entry in self.context.payer.book())

    def _associate(self, step: Step) -> None:
        for move, words in step.what.items():
            words = words or {}
            if move == "sign-in":
                self.context.associate.sign_in()
            elif move == "sign-out":
                self.context.associate.sign_out()
            elif move == "bring":
                self._bring(str(words.get("as", "")), step)
            elif move == "exchange":
                sold, new = (
                    self._named(self.context.tags, str(words[part]), step) for part in ("sold", "for")
                )
                self.context.associate.exchange(sold, new)
            else:
                self._move(move, words, step)

    def _move(self, move: str, words: dict[str, Any], step: Step) -> None:
        """`claim` takes the oldest waiting request; every other move applies to the request claimed last."""
        if move == "claim":
            self.claimed = self._waiting(step)
        if self.claimed is None:
            raise self._failed(step, "no request is claimed")
        self.claimed = self.context.associate.move(str(self.claimed["request_id"]), move, **words)

    def _waiting(self, step: Step) -> dict[str, Any]:
        found: list[dict[str, Any]] = []

        def reached() -> bool:
            found.extend(r for r in self.context.associate.open_requests() if r["state"] == "received")
            return bool(found)

        self._until(reached, step, "no request reached the associates")
        return found[0]

    def _bring(self, name: str, step: Step) -> None:
        """Carry the piece of the claimed request into the room, under a name for later steps."""
        if self.claimed is None or not self.claimed["article"]:
            raise self._failed(step, "there is nothing to bring")
        epc = self.context.tag(self.claimed["article"])
        self.context.tags[name] = epc
        self.context.carrier.bring(epc, self.context.antenna)

    def _see(self, step: Step) -> None:
        expected = dict(step.what)
        within = float(expected.pop("within", MAX_WAIT_S))
        expected = self._resolved(expected)
        if self.transcript.wait_for(lambda scene: not differences(expected, scene), within) is None:
            seen = self.transcript.scene
            raise self._failed(step, "; ".join(differences(expected, seen)) or "it was seen too late")

    def _resolved(self, value: Any) -> Any:
        """Replaces `$name` by the id of that piece."""
        if isinstance(value, dict):
            return {k: self._resolved(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._resolved(v) for v in value]
        if isinstance(value, str) and value.startswith("$"):
            return self._piece(value[1:], value)
        return value

    def _piece(self, name: str, otherwise: str) -> str:
        """The id of the piece of that name, as the scene shows it; `otherwise` if the script defines no such piece."""
        tag = self.context.tags.get(name)
        return otherwise if tag is None else piece_of_epc(tag) or otherwise

    def _shot(self, step: Step) -> None:
        self.taken += 1
        self.say(f"  {self.taken:2d}  {step.what}")
        if self.shots is not None:
            file = self.shots / f"{self.taken:02d}-{step.what}.png"
            self.finger.photograph(file)

    def _pause(self, step: Step) -> None:
        time.sleep(float(step.what) / self.speed)

    def _until(self, done: Callable[[], bool], step: Step, otherwise: str) -> None:
        until = time.monotonic() + MAX_WAIT_S
        while not done():
            if time.monotonic() > until:
                raise self._failed(step, otherwise)
            time.sleep(0.05)

    def _named(self, names: dict[str, str], name: str, step: Step) -> str:
        if name not in names:
            raise self._failed(step, f"the script defines no {name!r}")
        return names[name]

    def _failed(self, step: Step, why: str) -> ScriptFailedError:
        return ScriptFailedError(f"step {step.number} ({step.verb}: {step.what}): {why}")

"""A written visit: who brings what, what is touched, and what must then be seen. Read from YAML, refused as a whole.

A step is an object with one key:
  carry: {in: [NAME...]} or {out: [NAME...]}   pieces of the cast, into or out of the room
  touch: "WHAT OF-WHAT"                          a finger on the control WHAT-OF-WHAT; OF-WHAT may be a name of the
                                                 cast, or #N for the Nth look shown
  scan: NAME                                     the label of a piece of the cast, at the mirror's scanner: it comes,
                                                 and scanned again it goes; {label: TEXT} is any other label
  lay: NAME                                      a card or ring of the cast on the mirror's own reader
  pay: ok | declined                             a bank card on the payment terminal
  associate: {claim: {minutes: 2}}               what the associate does, in order: sign-in, claim, answer, bring,
                                                 at-the-door, done, decline, release, sign-out; `bring: {as: NAME}`
                                                 carries in what the claimed request asks for
  reader: pull | plug                            the RFID reader's cable
  terminal: lose-answer                          the next answer of the terminal never arrives
  terminal: {collected: N}                       money must have been collected N times by now
  see: {...}                                     wait until the scene holds these values
  shot: NAME                                     a picture of the glass
  pause: SECONDS                                 let the shopper look; divided by --speed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

VERBS = frozenset(
    {"carry", "touch", "lay", "scan", "pay", "associate", "reader", "terminal", "see", "shot", "pause"}
)


class ScriptError(Exception):
    """A script with mistakes; the text lists all of them."""


@dataclass(frozen=True, slots=True)
class ScriptPiece:
    """A garment of the script: style, colour and size of the demo catalogue."""

    style: str
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    verb: str
    what: Any


@dataclass(frozen=True, slots=True)
class VisitScript:
    """A scripted visit: the pieces and cards it names, and its steps."""

    name: str
    says: str
    language: str
    pieces: dict[str, ScriptPiece]
    cards: dict[str, str]
    """Name in the script to name on the simulated card pad."""
    steps: tuple[Step, ...]


def parse(body: Any) -> VisitScript:
    """A scripted visit from parsed YAML. Raises ScriptError with all mistakes."""
    if not isinstance(body, dict):
        raise ScriptError("a script is an object with name, pieces and steps")
    wrong: list[str] = []
    pieces = _pieces(body.get("pieces") or {}, wrong)
    steps = _steps(body.get("steps") or [], wrong)
    if not steps:
        wrong.append("steps: there are none")
    if wrong:
        raise ScriptError("\n".join(wrong))
    return VisitScript(
        name=str(body.get("name", "")),
        says=str(body.get("says", "")),
        language=str(body.get("language", "en")),
        pieces=pieces,
        cards={str(k): str(v) for k, v in (body.get("cards") or {}).items()},
        steps=steps,
    )


def _pieces(given: Any, wrong: list[str]) -> dict[str, ScriptPiece]:
    pieces = {}
    for name, piece in given.items():
        try:
            pieces[str(name)] = ScriptPiece(str(piece["style"]), str(piece["colour"]), str(piece["size"]))
        except (KeyError, TypeError):
            wrong.append(f"pieces.{name}: needs style, colour and size")
    return pieces


def _steps(given: Any, wrong: list[str]) -> tuple[Step, ...]:
    steps = []
    for number, step in enumerate(given, 1):
        if not isinstance(step, dict) or len(step) != 1:
            wrong.append(f"step {number}: needs exactly one of {', '.join(sorted(VERBS))}")
            continue
        ((verb, what),) = step.items()
        if verb not in VERBS:
            wrong.append(f"step {number}: {verb!r} is none of {', '.join(sorted(VERBS))}")
        steps.append(Step(number, str(verb), what))
    return tuple(steps)

"""Format and parser of scripted visits (YAML): actions of people, and the scene expected after them.

Top-level keys: name, says (one sentence for `--visit list`), language, pieces (NAME: {style, colour, size}),
cards (NAME: name on the card pad), steps. Unknown actions and incomplete pieces are refused at the start, all
together; other wrong values fail at their step.

A step is an object with one key:
  carry: {in: [NAME...]} or {out: [NAME...]}   carry pieces into or out of the room
  touch: "WHAT OF-WHAT"                          touch the control WHAT-OF-WHAT; OF-WHAT may be the NAME of a
                                                 piece, or #N for the Nth look shown
  scan: NAME                                     scan the label of a piece at the mirror's scanner; the first scan
                                                 adds it, the second removes it; {article: NAME} scans its EAN label,
                                                 which has no serial; {label: TEXT} is any other label
  lay: NAME                                      present a card or ring to the mirror's card reader
  pay: ok | declined                             present a bank card to the payment terminal
  associate: {claim: {minutes: 2}}               what the associate does, in order: sign-in, claim, answer, bring,
                                                 at-the-door, done, decline, release, sign-out; `bring: {as: NAME}`
                                                 carries the piece of the claimed request into the room; `exchange:
                                                 {sold: NAME, for: NAME}` changes a paid piece for another one
  reader: pull | plug                            disconnect or connect the RFID reader
  terminal: lose-answer                          the terminal's next answer is lost
  terminal: {collected: N}                       wait until the terminal has collected money N times; more often
                                                 is a mistake
  see: {...}                                     wait until the scene holds these values; `within: SECONDS`; $NAME is
                                                 a piece's id
  shot: NAME                                     take a picture of the mirror
  pause: SECONDS                                 wait; divided by --speed
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

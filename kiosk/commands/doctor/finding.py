"""One thing the doctor looked at: what it is, how it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique


@unique
class State(Enum):
    """How a thing stands."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; nothing fails by it."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` names the thing, `found` says how it stands, `advice` what a person does now; empty where all is well."""

    about: str
    state: State
    found: str
    advice: str = ""


def good(about: str, found: str) -> Finding:
    """All is well."""
    return Finding(about, State.GOOD, found)


def note(about: str, found: str, advice: str = "") -> Finding:
    """Nothing fails by it."""
    return Finding(about, State.NOTE, found, advice)


def bad(about: str, found: str, advice: str) -> Finding:
    """Something will not work."""
    return Finding(about, State.BAD, found, advice)

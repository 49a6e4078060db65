"""A finding of `cheval doctor`: subject, state, and advice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique


@unique
class State(Enum):
    """State of a finding."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; nothing fails because of it."""
    UNSET = "not set up yet"
    """A step of the installation is still to be done; nothing is broken."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about`: the subject; `found`: what was found; `advice`: what to do, empty if nothing."""

    about: str
    state: State
    found: str
    advice: str = ""


def good(about: str, found: str) -> Finding:
    """A finding without a problem."""
    return Finding(about, State.GOOD, found)


def note(about: str, found: str, advice: str = "") -> Finding:
    """A finding that is worth knowing."""
    return Finding(about, State.NOTE, found, advice)


def bad(about: str, found: str, advice: str) -> Finding:
    """A finding that stops something from working."""
    return Finding(about, State.BAD, found, advice)


def not_yet(finding: Finding) -> Finding:
    """The same for a machine on which that step of the installation is still to be done."""
    if finding.state is not State.BAD:
        return finding
    return replace(finding, state=State.UNSET, found=f"not set up yet: {finding.found}")

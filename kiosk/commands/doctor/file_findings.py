"""The mistakes of a configuration file as findings, and findings with the rights of the program's own user."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import Mistake, Severity
from kiosk.config.mistakes import Place, page


def refused(mistakes: tuple[Mistake, ...]) -> frozenset[Place]:
    """Places whose value cannot be used at all; the checks after this one leave them out."""
    return frozenset(mistake.place for mistake in mistakes if mistake.severity is Severity.REFUSED)


def of_file(about: str, file: Path, mistakes: tuple[Mistake, ...]) -> Iterator[Finding]:
    """The mistakes and notes of a configuration file, as `--check` finds them."""
    notes = [mistake for mistake in mistakes if mistake.severity is Severity.NOTE]
    wrong = [mistake for mistake in mistakes if mistake.severity is not Severity.NOTE]
    if wrong:
        yield bad(about, page(str(file), wrong), "Correct these lines.")
    else:
        yield good(about, str(file))
    for mistake in notes:
        yield note(about, str(mistake))


def seen_by(user: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings, each made with the rights of that user if root runs this; an empty name changes nothing.

    A file, device or port that root can open is no good sign: the service runs as its own user.
    """
    while True:
        with rights_of(user):
            found = next(findings, None)
        if found is None:
            return
        yield found

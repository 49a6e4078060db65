"""The checks of a mirror's machine and of what its configuration file names; imports no library of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk import paths
from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.check.mirror import mirror_mistakes
from kiosk.commands.configuration import user_of
from kiosk.commands.doctor import machine, network
from kiosk.commands.doctor.devices import cards, scanner
from kiosk.commands.doctor.devices import screen as glass
from kiosk.commands.doctor.file_findings import of_file, refused, seen_by
from kiosk.commands.doctor.finding import Finding, State, bad
from kiosk.config import ConfigError, MirrorConfig, read_mirror


def look(file: Path) -> Iterator[Finding]:
    """Findings about a mirror's file and all that it names."""
    try:
        read = read_mirror(file)
    except ConfigError as error:
        yield bad("mirror's file", str(error), "Correct the path, or let this user read the file.")
        return
    user = user_of("mirror", file, read)
    with rights_of(user):
        mistakes = mirror_mistakes(read)
    yield from of_file("mirror's file", file, mistakes)
    if read.config is not None:
        wrong = {name: None for name in ("cards", "scanner") if (name,) in refused(mistakes)}
        yield from seen_by(user, of_mirror(read.config.model_copy(update=wrong)))


def of_mirror(config: MirrorConfig) -> Iterator[Finding]:
    """Findings for a mirror with this configuration, with the rights of the caller."""
    state = paths.state_place("mirror", config.state)
    yield machine.disk(state)
    reached = network.store(config.store)
    yield reached
    if config.token_file is not None:
        kept = machine.secret("mirror's token", config.token_file)
        yield kept
        if State.BAD not in (reached.state, kept.state):
            yield network.token(config.store, config.room, config.token_file)
    else:
        advice = (
            f"Pair it: run `cheval store --pair {config.room}` on the store's computer, save its output in a file on"
            " this one, and write the file's path into token_file."
        )
        yield bad("mirror's token", "none; the store refuses this mirror", advice)
    if config.cards is not None:
        yield from cards.look(config.cards)
    if config.scanner is not None:
        yield scanner.look("scanner", config.scanner)
    yield from glass.look()

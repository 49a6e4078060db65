"""The checks of a mirror's machine and of what its configuration file names; imports no library of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.check.mirror import mirror_mistakes, token_mistake
from kiosk.commands.configuration import user_of
from kiosk.commands.doctor import machine, network
from kiosk.commands.doctor.certificates import pinned_root
from kiosk.commands.doctor.devices import cards, scanner
from kiosk.commands.doctor.devices import screen as glass
from kiosk.commands.doctor.file_findings import of_file, refused, seen_by
from kiosk.commands.doctor.finding import Finding, State, bad, not_yet
from kiosk.config import ConfigError, MirrorConfig, Severity, read_mirror
from kiosk.mirror_app import credentials_file

_PAIRING: Final = ("token_file",)
"""The place in the file that the pairing is about."""


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
        paired = read.config is None or is_paired(read.config)
    found = of_file("mirror's file", file, mistakes)
    only_pairing = all(
        mistake.place == _PAIRING for mistake in mistakes if mistake.severity is not Severity.NOTE
    )
    yield from found if paired or not only_pairing else map(not_yet, found)
    if read.config is not None:
        wrong = {name: None for name in ("cards", "scanner") if (name,) in refused(mistakes)}
        yield from seen_by(user, of_mirror(read.config.model_copy(update=wrong)))


def of_mirror(config: MirrorConfig) -> Iterator[Finding]:
    """Findings for a mirror with this configuration, with the rights of the caller."""
    state = paths.state_place("mirror", config.state)
    yield machine.disk(state)
    kept_in = credentials_file(config)
    reached = network.store(config.store, pinned_root.pinned(kept_in), pinned_root.own_token(kept_in))
    if not is_paired(config):
        # the store may be installed later than this mirror
        yield not_yet(reached)
        yield not_yet(bad("mirror's token", "the mirror is not paired", _pair_advice(config)))
    else:
        yield reached
        yield from pinned_root.of_mirror(config, kept_in)
        yield from _token(config, kept_in, reached)
    if config.cards is not None:
        yield from cards.look(config.cards)
    if config.scanner is not None:
        yield scanner.look("scanner", config.scanner)
    yield from glass.look()


def is_paired(config: MirrorConfig) -> bool:
    """Whether there is a file of the pairing, whatever is in it, and also if its folder cannot be entered."""
    try:
        return credentials_file(config).exists()
    except OSError:
        return True


def _pair_advice(config: MirrorConfig) -> str:
    return f"Pair it: run `cheval pair {config.room}` at the store, then `cheval mirror --pair CODE` here."


def _token(config: MirrorConfig, file: Path, reached: Finding) -> Iterator[Finding]:
    kept = machine.secret("mirror's token", file)
    if kept.state is State.GOOD and (what := token_mistake(file)):
        kept = bad("mirror's token", what, _pair_advice(config))
    yield kept
    if State.BAD not in (reached.state, kept.state):
        yield network.token(config.store, config.room, file)

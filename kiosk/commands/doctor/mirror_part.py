"""The checks of a mirror's or stand's machine and of what its file names; imports no library of the store."""

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


def look(file: Path, part: str = "mirror") -> Iterator[Finding]:
    """Findings about the file of a mirror (or `stand`) and all that it names."""
    about = f"{part}'s file"
    try:
        read = read_mirror(file)
    except ConfigError as error:
        yield bad(about, str(error), "Correct the path, or let this user read the file.")
        return
    user = user_of(part, file, read)
    with rights_of(user):
        mistakes = mirror_mistakes(read, part)
        paired = read.config is None or is_paired(read.config, part)
    found = of_file(about, file, mistakes)
    only_pairing = all(
        mistake.place == _PAIRING for mistake in mistakes if mistake.severity is not Severity.NOTE
    )
    yield from found if paired or not only_pairing else map(not_yet, found)
    if read.config is not None:
        wrong = {name: None for name in ("cards", "scanner") if (name,) in refused(mistakes)}
        yield from seen_by(user, of_mirror(read.config.model_copy(update=wrong), part))


def of_mirror(config: MirrorConfig, part: str = "mirror") -> Iterator[Finding]:
    """Findings for a mirror (or `stand`, without a screen) with this configuration, with the rights of the caller."""
    yield machine.disk(paths.state_place(part, config.state))
    kept_in = credentials_file(config, part)
    reached = network.store(config.store, pinned_root.pinned(kept_in), pinned_root.own_token(kept_in))
    if not is_paired(config, part):
        # the store may be installed later than this mirror
        yield not_yet(reached)
        yield not_yet(bad(f"{part}'s token", f"the {part} is not paired", _pair_advice(config, part)))
    else:
        yield reached
        yield from pinned_root.of_mirror(config, kept_in)
        yield from _token(config, kept_in, reached, part)
    if config.cards is not None:
        yield from cards.look(config.cards)
    if part == "stand":
        return
    if config.scanner is not None:
        yield scanner.look("scanner", config.scanner)
    yield from glass.look()
    yield glass.letters()


def is_paired(config: MirrorConfig, part: str = "mirror") -> bool:
    """Whether there is a file of the pairing, whatever is in it, and also if its folder cannot be entered."""
    try:
        return credentials_file(config, part).exists()
    except OSError:
        return True


def _pair_advice(config: MirrorConfig, part: str) -> str:
    return f"Pair it: run `cheval pair {config.room}` at the store, then `cheval {part} --pair CODE` here."


def _token(config: MirrorConfig, file: Path, reached: Finding, part: str) -> Iterator[Finding]:
    kept = machine.secret(f"{part}'s token", file)
    if kept.state is State.GOOD and (what := token_mistake(file)):
        kept = bad(f"{part}'s token", what, _pair_advice(config, part))
    yield kept
    if State.BAD not in (reached.state, kept.state):
        yield network.token(config.store, config.room, file, part)

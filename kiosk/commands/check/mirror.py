"""Everything that is wrong or surprising in a mirror's configuration, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hardware.drivers.card_reader import CARD_DRIVERS
from hardware.drivers.label_reader import LABEL_DRIVERS
from hardware.drivers.uri.choice import chosen
from kiosk import paths
from kiosk.commands.check.addresses import checked_address, raw_value
from kiosk.commands.check.places import state_mistake, url_mistake
from kiosk.config import MirrorConfig, Mistake, Read, Severity
from kiosk.config.mistakes import in_order
from kiosk.mirror_app import read_token


def mirror_mistakes(read: Read[MirrorConfig]) -> tuple[Mistake, ...]:
    """All mistakes and notes; those of the file's text are among them. Contacts no network address."""
    cards = checked_address(
        read, ("cards",), raw_value(read, "cards"), lambda uri: chosen(uri, CARD_DRIVERS, "a card reader")
    )
    scanner = checked_address(
        read,
        ("scanner",),
        raw_value(read, "scanner"),
        lambda uri: chosen(uri, LABEL_DRIVERS, "a label scanner"),
    )
    found = [*read.mistakes, *cards.mistakes, *scanner.mistakes]
    if read.config is not None:
        found += _of_config(read, read.config)
    return in_order(found)


def _of_config(read: Read[MirrorConfig], config: MirrorConfig) -> Iterator[Mistake]:
    if "store" not in read.left_out and (what := url_mistake(config.store)):
        yield read.mistake(("store",), what)
    if "state" not in read.left_out and (what := state_mistake(paths.state_place("mirror", config.state))):
        yield read.mistake(("state",), what)
    if config.token_file is not None:
        if what := _token(config.token_file):
            advice = (
                f"run `cheval store --pair {config.room}` on the store's computer and save its output there"
            )
            yield read.mistake(("token_file",), f"{what}; {advice}", Severity.WITHOUT)
    elif "token_file" not in read.left_out:
        what = "there is no token_file, so the store refuses this mirror; see `cheval store --pair`"
        yield read.mistake((), what, Severity.NOTE)


def _token(file: Path) -> str:
    """Why a file holds no token; empty if it does."""
    try:
        token = read_token(file)
    except OSError as error:
        return f"{file}: {(error.strerror or type(error).__name__).lower()}"
    except UnicodeDecodeError:
        return f"{file}: is not a token"
    if not token:
        return f"{file}: {'is empty' if file.exists() else 'no such file or directory'}"
    return "" if re.fullmatch(r"[A-Za-z0-9_-]+", token) else f"{file}: is not a token"

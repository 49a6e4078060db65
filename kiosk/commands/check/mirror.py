"""Everything that is wrong or surprising in a mirror's configuration, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from hardware.drivers.card_reader import CARD_DRIVERS
from hardware.drivers.label_reader import LABEL_DRIVERS
from hardware.drivers.uri.choice import chosen
from kiosk import paths
from kiosk.commands.check.addresses import checked_address, raw_value
from kiosk.commands.check.places import state_mistake, url_mistake
from kiosk.config import MirrorConfig, Mistake, Read, Severity
from kiosk.config.listen import PLAIN_HTTP, is_loopback
from kiosk.config.mistakes import in_order
from kiosk.mirror_app import credentials_file
from kiosk.pairing.credentials import read_credentials


def mirror_mistakes(read: Read[MirrorConfig], part: str = "mirror") -> tuple[Mistake, ...]:
    """All mistakes and notes; those of the file's text are among them. Contacts no network address.

    `part`: `mirror` or `stand`, whose file has the same keys.
    """
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
        found += _of_config(read, read.config, part)
    return in_order(found)


def _of_config(read: Read[MirrorConfig], config: MirrorConfig, part: str) -> Iterator[Mistake]:
    if "store" not in read.left_out and (what := url_mistake(config.store)):
        yield read.mistake(("store",), what)
    if part == "stand":
        # it writes no file, so its state folder need not be writable
        if config.cards is None and "cards" not in read.left_out:
            yield read.mistake((), "`cards` is missing: a stand needs a card reader")
    elif "state" not in read.left_out and (what := state_mistake(paths.state_place(part, config.state))):
        yield read.mistake(("state",), what)
    if "token_file" not in read.left_out:
        yield from _pairing(read, config, part)
    if "store" not in read.left_out and (what := _in_clear(config)):
        yield read.mistake(("store",), what)


def _pairing(read: Read[MirrorConfig], config: MirrorConfig, part: str) -> Iterator[Mistake]:
    file = paths.passed_copy(credentials_file(config, part))
    advice = f"run `cheval pair {config.room}` on the store's computer, then `cheval {part} --pair CODE` here"
    what = token_mistake(file)
    if not what and config.store.startswith("https:") and not read_credentials(file).root:
        what = f"{file}: has a token alone, so only a publicly trusted certificate of the store is accepted"
        yield read.mistake(("store",), f"{what}; to pin the shop's root {advice}", Severity.NOTE)
    elif what and config.token_file is not None:
        yield read.mistake(("token_file",), f"{what}; {advice}", Severity.WITHOUT)
    elif what:
        yield read.mistake((), f"this {part} is not paired, so the store refuses it; {advice}", Severity.NOTE)


def _in_clear(config: MirrorConfig) -> str:
    """Why a mirror may not talk to its store without encryption; empty if it may."""
    parts = urlsplit(config.store)
    if parts.scheme == "https" or is_loopback(parts.hostname or "") or config.plain_http is not None:
        return ""
    return (
        f"is not encrypted; write https:// (and pair the mirror again), or `plain_http: {PLAIN_HTTP}` here and in the"
        " store's file"
    )


def token_mistake(file: Path) -> str:
    """Why a file holds no token; empty if it does."""
    try:
        token = read_credentials(file).token
    except OSError as error:
        return f"{file}: {(error.strerror or type(error).__name__).lower()}"
    except ValueError:
        return f"{file}: is not a token"
    if not token:
        return f"{file}: {'is empty' if file.exists() else 'no such file or directory'}"
    return "" if re.fullmatch(r"[A-Za-z0-9_-]+", token) else f"{file}: is not a token"

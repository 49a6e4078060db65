"""Where a terminal is: its address in the configuration, and the files beside it. Secrets stand in files only."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, parse_qsl, urlsplit

from kiosk.connectors.payments.port import NoTerminalDriverError

MAX_KEY_FILE_BYTES = 16_384
_TODO: Mapping[type[OSError], str] = MappingProxyType(
    {
        FileNotFoundError: "; make it, mode 0600, or correct `key_file`",
        PermissionError: "; chown it to the store's user, or run this as that user",
    }
)
_LINE = re.compile(r"([a-z][a-z0-9_]{0,39})\s*[:=]\s*(\S(?:.*\S)?)\s*")


@dataclass(frozen=True, slots=True)
class TerminalPlace:
    """A terminal's `uri` (without secrets), the file with its keys (mode 0600), the certificates that it may show."""

    uri: str
    key_file: Path | None = None
    ca_file: Path | None = None

    @property
    def parts(self) -> SplitResult:
        """The parts of the address. Raises NoTerminalDriverError for a host or port that cannot be read."""
        try:
            parts = urlsplit(self.uri)
            _ = parts.hostname, parts.port
        except ValueError as error:
            raise NoTerminalDriverError(
                "is not the address of a terminal: host or port is wrong; an IPv6 address stands in brackets,"
                " as in [2001:db8::7]"
            ) from error
        if "@" in parts.netloc:
            raise NoTerminalDriverError(
                "no user name or key may stand in the address; write the path of a file into `key_file`"
            )
        return parts

    def options(self, *known: str) -> dict[str, str]:
        """The options behind `?`. Raises NoTerminalDriverError for one that is not known, is empty or comes twice."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.parts.query, keep_blank_values=True):
            if name not in known or not value or name in found:
                allowed = ", ".join(known) or "none"
                raise NoTerminalDriverError(
                    f"option `{name[:40]}` is unknown, empty or given twice (known: {allowed})"
                )
            found[name] = value
        return found

    def keys(self, *needed: str, optional: tuple[str, ...] = ()) -> dict[str, str]:
        """The secrets of `key_file`, lines of `NAME: VALUE`; `#` begins a comment.

        The file belongs to the store's user or root and nobody else may read it. Raises NoTerminalDriverError, whose
        text never contains a value.
        """
        if self.key_file is None:
            raise NoTerminalDriverError(
                f"`key_file` is missing: name a file there with a line `NAME: VALUE` for {_listed(needed)}, mode 0600"
            )
        found = _parsed(self.key_file, _read(self.key_file), (*needed, *optional))
        if missing := [name for name in needed if name not in found]:
            raise NoTerminalDriverError(f"{self.key_file}: {_listed(missing)} is missing")
        return found


def _read(file: Path) -> str:
    try:
        # without O_NONBLOCK the opening of a pipe waits for a writer
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            state = os.fstat(opened.fileno())
            content = opened.read(MAX_KEY_FILE_BYTES + 1) if stat.S_ISREG(state.st_mode) else b""
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise NoTerminalDriverError(f"{file}: {reason}{_TODO.get(type(error), '')}") from None
    if not stat.S_ISREG(state.st_mode):
        raise NoTerminalDriverError(f"{file}: is no file, but a pipe or a device")
    if state.st_mode & 0o077 or state.st_uid not in (0, os.geteuid()):
        raise NoTerminalDriverError(
            f"{file}: other users can read or change it; run chmod 600 {file}, and chown to the store's user"
        )
    if len(content) > MAX_KEY_FILE_BYTES:
        raise NoTerminalDriverError(f"{file}: has more than {MAX_KEY_FILE_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoTerminalDriverError(f"{file}: is no text") from None


def _parsed(file: Path, text: str, known: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise NoTerminalDriverError(f"{file}: line {number} is not `NAME: VALUE`")
        name, value = match.groups()
        if name not in known or name in found:
            raise NoTerminalDriverError(
                f"{file}: line {number}: `{name}` is unknown or comes twice (known: {_listed(known)})"
            )
        found[name] = value.strip("\"'")
    return found


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)

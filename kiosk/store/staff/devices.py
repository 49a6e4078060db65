"""Devices that were paired with the store: mirrors of rooms and devices of associates, each with a token of its own.

One file for each device in a folder of the state folder. It has the SHA-256 of the token, so a copy of the files opens
nothing. A file that is added, replaced or removed counts at once, so pairing and revoking need no restart; a file that
cannot be read costs that device its access, and no other.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from threading import Lock
from time import monotonic, time_ns
from typing import Any, Final

from hardware.regular_files import read_regular
from kiosk.core.domain.ids import RoomId
from kiosk.store.file_stamp import FileStamp, FolderStamp, stamp_of_files
from kiosk.store.staff.token_hash import token_hash
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
DEVICES_FOLDER: Final = "devices"
EARLIER_FOLDER: Final = "mirrors"
"""Where versions before kept the tokens of mirrors in clear, a file for each room."""
FILES_EVERY_S: Final = 1.0
_SUFFIX: Final = ".json"
_MAX_BYTES: Final = 4096
MAX_NAME: Final = 60


@unique
class DeviceKind(Enum):
    """What a token opens."""

    MIRROR = "mirror"
    ASSOCIATES = "associates"
    """A device on which associates may sign in."""


@dataclass(frozen=True, slots=True)
class Device:
    """A paired device. `room`: of a mirror, else empty. `name`: for people."""

    device_id: str
    kind: DeviceKind
    token_mac: str
    paired_us: int
    room: str = ""
    name: str = ""


def mirror_id(room: str) -> str:
    """The id of the mirror of a room."""
    return f"mirror-{room}"


Ended = Callable[[str], None]
"""Called with the hash of a token that is accepted no more, before it ends. Raises OSError."""


def _not_noted(token_mac: str) -> None:
    del token_mac


def pair_mirror(state: Path, room: str, now_us: int = 0, ended: Ended = _not_noted) -> str:
    """A new token for the mirror of a room; the room's former token is no longer accepted. Raises OSError."""
    token = _new_token()
    _note_end(state / DEVICES_FOLDER / f"{mirror_id(room)}{_SUFFIX}", ended)
    _write(state, Device(mirror_id(room), DeviceKind.MIRROR, token_hash(token), now_us or _now_us(), room))
    return token


def pair_device(state: Path, name: str, now_us: int = 0) -> tuple[Device, str]:
    """A new device of associates, and its token. Raises OSError."""
    token, number = _new_token(), secrets.token_hex(4)
    kind = DeviceKind.ASSOCIATES
    device = Device(f"device-{number}", kind, token_hash(token), now_us or _now_us(), name=_shown_name(name))
    _write(state, device)
    return device, token


def _note_end(file: Path, ended: Ended) -> None:
    try:
        found = _read(file)
    except _UnreadableError:
        return  # it gave no access
    ended(found.token_mac)


def revoke(state: Path, device_id: str, ended: Ended = _not_noted) -> bool:
    """Takes the token of a device away; False if there is no such device. Raises OSError."""
    file = state / DEVICES_FOLDER / f"{device_id}{_SUFFIX}"
    known = {path.name for path in _files(state / DEVICES_FOLDER)}
    if file.name not in known:
        return False
    _note_end(file, ended)
    file.unlink(missing_ok=True)
    return True


def migrate_tokens(state: Path) -> int:
    """Takes over the tokens of earlier versions as hashes, and removes their files; how many. Raises OSError.

    A room that was paired since then keeps its newer token.
    """
    earlier = state / EARLIER_FOLDER
    if not earlier.is_dir():
        return 0
    count = 0
    for file in sorted(earlier.iterdir()):
        token = "" if file.suffix in (".new", ".swp") or not file.is_file() else _earlier_token(file)
        if token and not (state / DEVICES_FOLDER / f"{mirror_id(file.name)}{_SUFFIX}").exists():
            paired_us = file.stat().st_mtime_ns // 1000
            _write(
                state,
                Device(mirror_id(file.name), DeviceKind.MIRROR, token_hash(token), paired_us, file.name),
            )
            count += 1
        if token:
            file.unlink()
    if not any(earlier.iterdir()):
        earlier.rmdir()
    return count


class DeviceTokens:
    """Which token belongs to which device. Thread-safe.

    Every request asks this: one look at the folder shows that a file was added, removed or replaced, as pairing does.
    Files that another program has changed in place are noticed within `FILES_EVERY_S`.
    """

    def __init__(self, state: Path) -> None:
        self._folder = state / DEVICES_FOLDER
        self._of_folder = FileStamp()
        self._of_files: FolderStamp = ()
        self._look_again_s = 0.0
        self._devices: dict[str, Device] = {}
        self._lock = Lock()

    def of(self, token: str) -> Device | None:
        """The device with this token."""
        return self.of_mac(token_hash(token))

    def of_mac(self, token_mac: str) -> Device | None:
        """The device with the token of this hash."""
        with self._lock:
            self._refresh()
            return self._devices.get(token_mac)

    def has(self, token_mac: str) -> bool:
        """Whether the token of this hash is of a device."""
        return self.of_mac(token_mac) is not None

    def room_of(self, token: str) -> RoomId | None:
        """The room whose mirror has this token."""
        device = self.of(token)
        return RoomId(device.room) if device is not None and device.kind is DeviceKind.MIRROR else None

    def all(self) -> tuple[Device, ...]:
        """All devices, mirrors first."""
        with self._lock:
            self._refresh()
            found = self._devices.values()
        return tuple(
            sorted(found, key=lambda d: (d.kind is not DeviceKind.MIRROR, d.room, d.name, d.device_id))
        )

    def _refresh(self) -> None:
        of_folder, now_s = FileStamp.of(self._folder), monotonic()
        # a second change at once may leave the folder's time as it is: the clock of files has steps of some ms
        settled = abs(time_ns() - of_folder.modified_ns) > FILES_EVERY_S * 1e9
        if settled and of_folder == self._of_folder and now_s < self._look_again_s:
            return
        files = _files(self._folder)
        of_files = stamp_of_files(files)
        if of_files != self._of_files:
            self._devices = {device.token_mac: device for device in _read_all(files)}
            self._of_files = of_files
        self._of_folder, self._look_again_s = of_folder, now_s + FILES_EVERY_S


def unusable(state: Path) -> tuple[tuple[Path, str], ...]:
    """Entries of the folder of devices that give no device access, each with the reason. Raises OSError."""
    folder = state / DEVICES_FOLDER
    if not folder.exists():
        return ()
    known = set(_files(folder))
    found = [(entry, "") for entry in folder.iterdir() if entry not in known and entry.suffix != ".new"]
    found += [(file, reason) for file in known if (reason := _problem(file))]
    return tuple(sorted(found))


def _files(folder: Path) -> list[Path]:
    """The files of devices; what else lies there (an editor's copy, a folder) is left out."""
    return [f for f in folder.glob(f"*{_SUFFIX}") if not f.name.startswith(".")]


def _read_all(files: Iterable[Path]) -> Iterable[Device]:
    for file in files:
        try:
            yield _read(file)
        except _UnreadableError as error:
            log.error("%s cannot be read, so this device has no access (%s); pair it again", file, error)


class _UnreadableError(Exception):
    """A file of a device that cannot be read; its text is the reason."""


def _read(file: Path) -> Device:
    try:
        return _parsed(json.loads(read_regular(file, _MAX_BYTES)))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        raise _UnreadableError(reason or "it has not the form of a device") from error


def _problem(file: Path) -> str:
    """Why a file of a device cannot be read; empty if it can."""
    try:
        _read(file)
    except _UnreadableError as error:
        return str(error)
    return ""


def _parsed(found: Any) -> Device:
    return Device(
        str(found["device_id"]), DeviceKind(found["kind"]), str(found["token_sha256"]), int(found["paired_us"]),
        str(found["room"]), str(found["name"]),
    )  # fmt: skip


def _write(state: Path, device: Device) -> None:
    folder = state / DEVICES_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owned_like(state, folder)
    body = {
        "device_id": device.device_id, "kind": device.kind.value, "token_sha256": device.token_mac,
        "paired_us": device.paired_us, "room": device.room, "name": device.name,
    }  # fmt: skip
    write_secret(folder / f"{device.device_id}{_SUFFIX}", json.dumps(body, ensure_ascii=True).encode())


def require_owner(state: Path) -> None:
    """Only the store's user and root may change devices. Raises PermissionError."""
    owner = state.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise PermissionError(errno.EPERM, f"belongs to the store's user (uid {owner})", str(state))


def owned_like(state: Path, *files: Path) -> None:
    """Gives files to the owner of the state folder, if root made them: the store could not read them else."""
    owner = state.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        for file in files:
            os.chown(file, owner.st_uid, owner.st_gid)


def _earlier_token(file: Path) -> str:
    try:
        token = read_regular(file, _MAX_BYTES).decode("ascii").strip()
    except UnicodeDecodeError:
        return ""
    return token if token.isalnum() else ""


def _shown_name(name: str) -> str:
    """Without what controls a terminal, on which `cheval pair --list` shows it."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MAX_NAME]


def _new_token() -> str:
    # hex, since a token that begins with "-" looks like an option on a command line
    return secrets.token_hex(32)


def _now_us() -> int:
    return time_ns() // 1000

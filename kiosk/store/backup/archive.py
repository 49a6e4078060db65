"""Files into a sealed back-up and out of it. What is unpacked is not trusted: names, sizes and sums are checked."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Final

from hardware.regular_files import open_regular
from kiosk.store.backup.manifest import MANIFEST, MAX_BYTES, Manifest, Member
from kiosk.store.backup.sealing import Head, SealedReader, SealedWriter
from kiosk.store.errors import BackupError

_BLOCK: Final = 1 << 20
_MAX_MEMBERS: Final = 200_000
_SLACK: Final = 1 << 26
"""Bytes beyond the size in the head: the list of the files, and small files that have grown."""
_NAME: Final = re.compile(r"(?:[^/\x00]+/)*[^/\x00]+")
Progress = Callable[[int, int], None]
"""Called with the bytes that are done, and with all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be backed up: its name in the back-up, and where it is. `origin`: where it belongs, if not there."""

    name: str
    file: Path
    origin: str = ""


def write_archive(
    sealed: SealedWriter, sources: tuple[Source, ...], listed: Callable[[tuple[Member, ...]], Manifest],
    progress: Progress,
) -> Manifest:  # fmt: skip
    """Writes all files, then the manifest that `listed` makes of them. Raises OSError, BackupError."""
    members: list[Member] = []
    done = 0
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for source in sources:
            member = _add(tar, source)
            members.append(member)
            done += member.size
            progress(done, sealed.head.size)
        manifest = listed(tuple(members))
        text = manifest.model_dump_json().encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        tar.addfile(info, BytesIO(text))
    sealed.end()
    return manifest


class _Summed:
    """A file of known size that is read once, with its sum."""

    def __init__(self, file: BinaryIO, size: int, name: str) -> None:
        self._file, self._left, self._name = file, size, name
        self.sum = hashlib.sha256()

    def read(self, size: int = _BLOCK, /) -> bytes:
        found = self._file.read(min(size, self._left))
        if not found and self._left:
            raise BackupError(f"{self._name} was changed while it was backed up; run the command again")
        self._left -= len(found)
        self.sum.update(found)
        return found


def _add(tar: tarfile.TarFile, source: Source) -> Member:
    with open_regular(source.file) as file:
        status = os.fstat(file.fileno())
        info = tarfile.TarInfo(source.name)
        info.size, info.mode = status.st_size, 0o600
        summed = _Summed(file, status.st_size, str(source.file))
        tar.addfile(info, summed)
    origin = source.origin or str(source.file)
    return Member(
        name=source.name,
        origin=origin,
        mode=status.st_mode & 0o777,
        size=status.st_size,
        sha256=summed.sum.hexdigest(),
    )


def unpack(file: BinaryIO, head: Head, key: bytes, folder: Path, progress: Progress) -> Manifest:
    """Unpacks a back-up into an empty folder of this user's, and checks it against its list.

    Nothing is written outside of the folder, whatever the names say. Raises BackupError, OSError.
    """
    sealed = SealedReader(file, head, key)
    found = _Unpacked(folder, head.size, progress)
    try:
        with (
            gzip.GzipFile(fileobj=sealed, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            for info in tar:
                found.take(tar, info)
        while sealed.read(_BLOCK):
            pass
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, ValueError) as error:
        raise BackupError("the content of the back-up is damaged") from error
    return found.checked()


class _Unpacked:
    def __init__(self, folder: Path, size: int, progress: Progress) -> None:
        self._folder, self._size, self._progress = folder, size, progress
        self._found: dict[str, tuple[int, str]] = {}
        self._manifest: Manifest | None = None
        self._done = 0

    def take(self, tar: tarfile.TarFile, info: tarfile.TarInfo) -> None:
        """One member."""
        content = tar.extractfile(info) if info.isreg() else None
        if content is None or self._manifest is not None or not _is_safe(info.name):
            raise BackupError("the back-up contains something that is no file of a store")
        if info.name in self._found or len(self._found) >= _MAX_MEMBERS:
            raise BackupError("the back-up contains a file twice, or too many files")
        if info.name == MANIFEST:
            if info.size > MAX_BYTES:
                raise BackupError("the list of the back-up is too long")
            self._manifest = Manifest.from_json(content.read())
            return
        if self._done + info.size > self._size + _SLACK:
            raise BackupError("the back-up contains more than its head says")
        self._found[info.name] = (info.size, self._write(info.name, content))
        self._progress(self._done, self._size)

    def _write(self, name: str, content: IO[bytes]) -> str:
        target = self._folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = hashlib.sha256()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(target, flags, 0o600), "wb") as file:
            while block := content.read(_BLOCK):
                made.update(block)
                file.write(block)
                self._done += len(block)
        return made.hexdigest()

    def checked(self) -> Manifest:
        """The list, if it names exactly the files that were found. Raises BackupError."""
        if self._manifest is None:
            raise BackupError("the back-up is incomplete: the list of its files is missing")
        listed = {member.name: (member.size, member.sha256) for member in self._manifest.members}
        if listed != self._found:
            wrong = sorted(set(listed.items()) ^ set(self._found.items()))
            raise BackupError(f"the back-up does not agree with its list, for instance: {wrong[0][0]}")
        return self._manifest


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return bool(_NAME.fullmatch(name)) and not {".", "..", ""} & set(parts) and len(name) < 1024

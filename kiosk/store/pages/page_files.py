"""The files of the associates' page in one version: read once at the store's start, named by a hash over all of them.

An upgrade replaces the files on the disk while the former store still runs; it goes on with those that it has read. The
service worker keeps all files of one version, or none (`console/worker.js`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONSOLE: Final = Path(__file__).resolve().parent.parent / "console"
SCOPE: Final = "/associate"
WORKER: Final = "worker.js"
"""The page's service worker. Its file is below its scope, which browsers allow only by a header."""
INDEX: Final = "index.html"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """`etag`: in quotation marks, as the header has it."""

    content: bytes
    media_type: str
    etag: str


class PageFiles:
    """The files of a folder. `made`: what else belongs to the page and is made by the store, by name."""

    def __init__(self, folder: Path = CONSOLE, made: Mapping[str, bytes] | None = None) -> None:
        """Raises OSError."""
        found = {
            str(file.relative_to(folder).as_posix()): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.suffix in TYPES
        }
        every = {**found, **(made or {})}
        self.version = _hash(every)
        """Changes with every change of any file."""
        self.paths = (SCOPE, *(f"{SCOPE}/{name}" for name in sorted(every.keys() - {WORKER, INDEX})))
        """The addresses of all files, without the worker."""
        if WORKER in found:
            found[WORKER] = self._worker(found[WORKER].decode()).encode()
        self._files = {
            name: PageFile(content, TYPES[Path(name).suffix], f'"{_hash({name: content})}"')
            for name, content in found.items()
        }

    def get(self, name: str) -> PageFile | None:
        """A file by its name below the scope."""
        return self._files.get(name)

    def _worker(self, source: str) -> str:
        """The worker with the version and the files that it keeps."""
        source = _filled(source, "VERSION", json.dumps(self.version))
        return _filled(source, "FILES", json.dumps(self.paths))


def _filled(source: str, name: str, value: str) -> str:
    filled, count = re.subn(
        rf"^const {name} = .*;$", lambda _: f"const {name} = {value};", source, flags=re.MULTILINE
    )
    if count != 1:
        raise ValueError(f"the worker declares {name} {count} times")
    return filled


def _hash(files: Mapping[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{len(name.encode())}:{name}:{len(content)}:".encode() + content)
    return found.hexdigest()[:32]

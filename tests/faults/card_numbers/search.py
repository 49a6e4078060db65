"""Finds known card numbers and track data in bytes: as text, grouped, in UTF-16, packed (BCD), in base64, reversed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NUMBERS: Final = ("4" + "1" * 15, "4242" * 4, "5555" * 3 + "4444", "37828224631" + "0005")
"""Numbers that card schemes publish for tests."""
TRACK_END: Final = "=29121011000012345678"
"""What follows the number on track 2 (ISO/IEC 7813): expiry date, service code, discretionary data."""
_OVERLAP: Final = 256
_CHUNK: Final = 1 << 20


def forms(number: str) -> dict[str, bytes]:
    """The bytes as which a number may stand somewhere, by name."""
    groups = [number[at : at + 4] for at in range(0, len(number), 4)]
    padded = number + "F" * (len(number) % 2)
    track = f";{number}{TRACK_END}?".encode()
    return {
        "text": number.encode(), "blanks": " ".join(groups).encode(), "dashes": "-".join(groups).encode(),
        "utf-16-le": number.encode("utf-16-le"), "utf-16-be": number.encode("utf-16-be"),
        **_packed(padded), "reversed": number[::-1].encode(),
        "hexadecimal": number.encode().hex().encode(),
        **{f"base64 of track 2, shift {shift}": _base64(b"\0" * shift + track, shift) for shift in range(3)},
        **{f"base64, shift {shift}": _base64(b"\0" * shift + number.encode(), shift) for shift in range(3)},
    }  # fmt: skip


def _packed(padded: str) -> dict[str, bytes]:
    """Not of a number whose packed form is one byte again and again ("BBBBBBBB"): memory is filled like that."""
    packed = bytes.fromhex(padded)
    return {"packed": packed} if len(set(packed)) > 1 else {}


def found_in(content: bytes) -> list[str]:
    """Which numbers stand in the content, in which form."""
    return [
        f"{name} of the number ending in {number[-4:]}"
        for number in NUMBERS
        for name, form in forms(number).items()
        if form in content
    ]


def found_in_files(folder: Path) -> list[str]:
    """The same for every file below a folder, with its name."""
    return [
        f"{file.relative_to(folder)}: {what}"
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
        for what in found_in(file.read_bytes())
    ]


def found_in_memory(process: int) -> list[str]:
    """The same for the writable memory of a process. Raises OSError where the system does not allow to read it."""
    found = set()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start, end in _writable(process):
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    found.update(found_in(memory.read(min(_CHUNK + _OVERLAP, end - at))))
                except (OSError, ValueError):
                    break
    return sorted(found)


def _writable(process: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines():
        where, rights = line.split()[:2]
        if rights.startswith("rw") and "[vvar" not in line:
            start, end = where.split("-")
            yield int(start, 16), int(end, 16)


def _base64(content: bytes, shift: int) -> bytes:
    """The part of the base64 text that does not depend on what stands before and behind."""
    skipped = 0 if not shift else 4
    whole = base64.b64encode(content).rstrip(b"=")
    return whole[skipped:-2]

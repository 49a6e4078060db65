"""Reads and writes sealed folders of numpy arrays: every file hashed, the manifest sealed, nothing pickled.

A folder holds `manifest.json` and `.npz` files. The manifest states SHA-256 and length of each file, and type
and shape of each array. Its seal is a SHA-256 over its canonical JSON, or an HMAC-SHA-256 if the shop has a
key. Files are checked before they are parsed, so that a damaged file is never opened. The same input gives
the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.artefacts.replaced_folder import MANIFEST
from recommender.errors import ModelMalformedError, ModelMissingError, ModelTamperedError

if TYPE_CHECKING:
    from pathlib import Path

# A longer file is not a manifest. The length of array files is bounded by the lengths stated in it.
MAX_MANIFEST_BYTES = 8_000_000
Arrays = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SealedFolder:
    """Content of a sealed folder: JSON metadata, arrays by file and name, the seal, and the kind."""

    metadata: dict[str, Any]
    arrays: dict[str, dict[str, Any]]
    seal: str
    kind: str = ""


def write_sealed(
    folder: Path,
    kind: str,
    metadata: Mapping[str, Any],
    files: Mapping[str, Arrays],
    key: bytes | None = None,
) -> str:
    """Writes manifest and array files to `folder`, which must exist; returns the seal. `metadata` must be
    plain JSON."""
    stated = {name: _write_file(folder / f"{name}.npz", arrays) for name, arrays in sorted(files.items())}
    body = {"kind": kind, "facts": dict(metadata), "files": stated}
    seal = _seal(body, key)
    (folder / MANIFEST).write_bytes(_canonical({**body, "seal": seal}))
    return seal


def read_sealed(
    folder: Path, kind: str, key: bytes | None = None, *, earlier: Sequence[str] = ()
) -> SealedFolder:
    """Reads and verifies a folder of a kind, or of an `earlier` one that can still be read.

    Raises a `ModelError` if anything differs from what was written.
    """
    body, seal = _manifest(folder, (kind, *earlier), key)
    arrays = {name: _read_file(folder / f"{name}.npz", stated) for name, stated in body["files"].items()}
    return SealedFolder(body["facts"], arrays, seal, body["kind"])


def _write_file(path: Path, arrays: Arrays) -> dict[str, Any]:
    whole = {name: np.ascontiguousarray(array) for name, array in sorted(arrays.items())}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **whole)
    content = buffer.getvalue()
    path.write_bytes(content)
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in whole.items()}
    return {"sha256": _digest(content), "bytes": len(content), "arrays": shapes}


def _digest(content: bytes) -> str:
    # Imported inside the functions, here and below: importing the serving part must cost little more than
    # importing numpy.
    from hashlib import sha256

    return sha256(content).hexdigest()


def _canonical(document: Mapping[str, Any]) -> bytes:
    import json

    return (
        json.dumps(document, sort_keys=True, indent=1, ensure_ascii=True, allow_nan=False).encode("ascii")
        + b"\n"
    )


def _seal(body: Mapping[str, Any], key: bytes | None) -> str:
    if key is None:
        return "sha256:" + _digest(_canonical(body))
    import hmac

    return "hmac-sha256:" + hmac.new(key, _canonical(body), "sha256").hexdigest()


def _manifest(folder: Path, kinds: Sequence[str], key: bytes | None) -> tuple[dict[str, Any], str]:
    import hmac
    import json

    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            content = file.read(MAX_MANIFEST_BYTES)
    except OSError as error:
        raise ModelMissingError(folder, "manifest.json is missing") from error
    try:
        body = json.loads(content)
        seal = body.pop("seal")
        whole = _canonical({**body, "seal": seal})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelMalformedError(folder, "manifest.json cannot be read") from error
    if whole != content or not hmac.compare_digest(str(seal), _seal(body, key)):
        raise ModelTamperedError(folder, "manifest.json does not match its seal")
    if body.get("kind") not in kinds:
        raise ModelMalformedError(
            folder, f"the kind is {body.get('kind')!r}, not {' or '.join(map(repr, kinds))}; train it again"
        )
    return body, seal


def _read_file(path: Path, stated: Mapping[str, Any]) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(int(stated["bytes"]) + 1)
    except OSError as error:
        raise ModelMissingError(path.parent, f"{path.name} is missing") from error
    if len(content) != stated["bytes"] or _digest(content) != stated["sha256"]:
        raise ModelTamperedError(path.parent, f"{path.name} differs from the manifest")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as opened:
            arrays = {name: opened[name] for name in opened.files}
    except (
        Exception
    ) as error:  # numpy and zipfile raise many kinds of errors; all of them mean an unreadable file
        raise ModelMalformedError(path.parent, f"{path.name} cannot be read without pickle") from error
    _check(path, arrays, stated["arrays"])
    return arrays


def _check(path: Path, arrays: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
    found = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
    if found != stated:
        raise ModelMalformedError(path.parent, f"{path.name} holds other arrays than the manifest states")
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelMalformedError(path.parent, f"{path.name}: {name} is not finite")

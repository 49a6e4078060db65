"""Types of the options of all commands: each parses one argument, or raises `ArgumentTypeError` with a reason.

Arguments are checked before any work is done, so that a training run never ends at a folder that cannot be written.
"""

import re
import shutil
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from recommender.artefacts.replaced_folder import foreign_files

MAX_SEED = 2**32 - 1
"""Largest seed that all random generators accept."""
MAX_THREADS = 256
MAX_PASSES = 10_000
"""Largest number of passes over the training data, of iterations or of dimensions."""
MAX_ROWS = 100_000_000
MAX_KEY_BYTES = 65_536
"""A longer file is not a key."""
_MEMORY = re.compile(r"[1-9]\d{0,9}\s?(?:[kmgt]i?b?)", re.IGNORECASE)
_JAVA_MEMORY = re.compile(r"[1-9]\d{0,9}[kmgt]", re.IGNORECASE)
_MASTER = re.compile(r"local(?:\[(?:\*|[1-9]\d{0,3})(?:,\d{1,3})?\])?|yarn|(?:spark|k8s)://\S+")


def whole(low: int, high: int) -> Callable[[str], int]:
    """The type of a whole number from `low` to `high`."""

    def parse(word: str) -> int:
        try:
            value = int(word) if len(word) <= 20 else None
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise ArgumentTypeError(f"{_short(word)} is not a whole number from {low} to {high}")
        return value

    return parse


threads = whole(1, MAX_THREADS)
seed = whole(0, MAX_SEED)
passes = whole(1, MAX_PASSES)
rows = whole(1, MAX_ROWS)
rows_or_none = whole(0, MAX_ROWS)


def share(word: str) -> float:
    """A part of a whole, between 0 and 1 and neither of them."""
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1.0:
        raise ArgumentTypeError(f"{_short(word)} is not a number between 0 and 1, such as 0.2")
    return value


def loss(word: str) -> float:
    """A part of a whole that may be lost, from 0 to 1."""
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise ArgumentTypeError(f"{_short(word)} is not a number from 0 to 1, such as 0.2")
    return value


def day(word: str) -> int:
    """A day (ISO 8601), as seconds since 1970 of its end in UTC."""
    try:
        value = datetime.strptime(word, "%Y-%m-%d").replace(tzinfo=UTC)
        return int((value + timedelta(days=1)).timestamp())
    except (ValueError, OverflowError):
        raise ArgumentTypeError(f"{_short(word)} is not a day, such as 2026-11-29") from None


def memory(word: str) -> str:
    """An amount of memory as DuckDB writes it."""
    return _matching(_MEMORY, word, "an amount of memory, such as 500MB or 2GB")


def java_memory(word: str) -> str:
    """An amount of memory as Java writes it."""
    return _matching(_JAVA_MEMORY, word, "an amount of memory, such as 512m or 2g")


def spark_master(word: str) -> str:
    """The address of a Spark master."""
    return _matching(_MASTER, word, "the address of a Spark master, such as local[*] or spark://HOST:7077")


def text(word: str) -> str:
    """A text that is not empty."""
    if not word.strip():
        raise ArgumentTypeError("it must not be empty")
    return word


def interpreter(word: str) -> str:
    """A program that can be run."""
    if shutil.which(word) is None:
        raise ArgumentTypeError(f"{_short(word)} is not a program that can be run")
    return word


def table(word: str) -> Path:
    """An existing table: a file, or a folder of Parquet files."""
    path = _path(word)
    if not _is(path, "exists"):
        raise ArgumentTypeError(f"{_short(word)} does not exist")
    if not _is(path, "is_dir"):
        _readable(path)
    return path


def input_file(word: str) -> Path:
    """An existing file that can be read."""
    path = _path(word)
    if _is(path, "is_dir"):
        raise ArgumentTypeError(f"{_short(word)} is a folder; a file is expected")
    _readable(path)
    return path


STANDARD_INPUT = Path("-")


def queries(word: str) -> Path:
    """A file of queries, a pipe, or `STANDARD_INPUT`."""
    path = _path(word)
    if path == STANDARD_INPUT or _is(path, "is_fifo"):
        return path
    return input_file(word)


def key(word: str) -> Path:
    """A file with an HMAC key, which is not empty."""
    path = input_file(word)
    if not 0 < path.stat().st_size <= MAX_KEY_BYTES:
        raise ArgumentTypeError(
            f"{_short(word)} has {path.stat().st_size} bytes; 1 to {MAX_KEY_BYTES} are a key"
        )
    return path


def folder(word: str) -> Path:
    """An existing folder."""
    path = _path(word)
    if not _is(path, "is_dir"):
        what = "is a file; a folder is expected" if _is(path, "exists") else "does not exist"
        raise ArgumentTypeError(f"{_short(word)} {what}")
    return path


def output_folder(word: str) -> Path:
    """A folder that is written to; it is made if it does not exist."""
    path = _path(word)
    if _is(path, "exists") and not path.is_dir():
        raise ArgumentTypeError(f"{_short(word)} is a file; a folder is expected")
    _writable(path)
    return path


def output_model(word: str) -> Path:
    """A folder that a model replaces: absent, empty, or with an earlier model and nothing else."""
    path = output_folder(word)
    others = foreign_files(path) if _is(path, "is_dir") else []
    if others:
        raise ArgumentTypeError(
            f"{_short(word)} holds other files, such as {_short(others[0])}, which would be lost; name a new folder"
        )
    return path


def output_file(word: str) -> Path:
    """A file that is written; its folder is made if it does not exist."""
    path = _path(word)
    if _is(path, "is_dir"):
        raise ArgumentTypeError(f"{_short(word)} is a folder; a file is expected")
    _writable(path.parent)
    return path


def _path(word: str) -> Path:
    if not word or "\0" in word:
        raise ArgumentTypeError("it must be a path")
    return Path(word)


def _is(path: Path, what: str) -> bool:
    """The method `what` of a path; a path that cannot be looked up is a mistake of the argument."""
    try:
        return bool(getattr(path, what)())
    except OSError as error:
        raise ArgumentTypeError(f"{_short(str(path))} cannot be used ({error.strerror})") from error


def _readable(path: Path) -> None:
    try:
        # a pipe or a device would block, or never end
        if path.exists() and not path.is_file():
            raise ArgumentTypeError(f"{_short(str(path))} is not a regular file")
        with path.open("rb"):
            pass
    except OSError as error:
        raise ArgumentTypeError(f"{_short(str(path))} cannot be read ({error.strerror})") from error


def _writable(path: Path) -> None:
    """Tries to write a file, which leaves nothing, to the folder or to the nearest one above that exists: rights alone
    do not tell of a disk that is mounted read-only."""
    try:
        existing = next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
        if not existing.is_dir():
            raise ArgumentTypeError(f"{_short(str(path))} cannot be made: {_short(str(existing))} is a file")
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise ArgumentTypeError(f"{_short(str(path))} cannot be written ({error.strerror})") from error


def _matching(pattern: re.Pattern[str], word: str, what: str) -> str:
    if not pattern.fullmatch(word):
        raise ArgumentTypeError(f"{_short(word)} is not {what}")
    return word


def _short(word: str) -> str:
    return repr(word if len(word) <= 120 else word[:120] + "…")

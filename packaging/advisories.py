"""Compares the lock files with a database of security advisories (OSV records, as PyPI's advisory database has them).

    git clone --depth 1 https://github.com/pypa/advisory-database var/advisories     (with a network; some 30 MB)
    .venv/bin/python packaging/advisories.py var/advisories

Every locked version is compared with every record of its package that is not withdrawn. Prints what affects a locked
version and the day of the latest record. Exit codes: 0 nothing, 1 a locked version is affected, 2 there are no records.
What was looked up by hand and when: packaging/lock/ADVISORIES.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCKS: Final = Path(__file__).parent / "lock"


@dataclass(frozen=True, slots=True)
class Locked:
    """A version of a library, and the lock files that name it."""

    name: str
    version: Version
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """An advisory that affects a locked version. `fixed`: the next version that is not affected, empty if unknown."""

    locked: Locked
    names: tuple[str, ...]
    fixed: str

    def line(self) -> str:
        """The finding in one line."""
        where = ", ".join(self.locked.files)
        end = f"fixed in {self.fixed}" if self.fixed else "no fixed version is known"
        return f"{self.locked.name} {self.locked.version} ({where}): {', '.join(self.names)}; {end}"


def locked_versions(folder: Path) -> list[Locked]:
    """Every name and version of the lock files in a folder. Markers are ignored: each version is compared."""
    found: dict[tuple[str, Version], list[str]] = {}
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line[:1].isalnum():
                pin = Requirement(line.removesuffix("\\").strip())
                version = Version(next(iter(pin.specifier)).version)
                found.setdefault((canonicalize_name(pin.name), version), []).append(file.stem)
    return [Locked(name, version, tuple(files)) for (name, version), files in sorted(found.items())]


def records(database: Path, name: str) -> Iterator[Mapping[str, Any]]:
    """The records of a package that are not withdrawn."""
    for file in sorted((database / "vulns" / name).glob("*.yaml")):
        record = yaml.safe_load(file.read_text(encoding="utf-8"))
        if not record.get("withdrawn"):
            yield record


def affects(record: Mapping[str, Any], locked: Locked) -> bool:
    """Whether a record affects a version: it is listed, or in a range of versions."""
    for part in record.get("affected", ()):
        if canonicalize_name(part["package"]["name"]) != locked.name:
            continue
        if any(_version(text) == locked.version for text in part.get("versions", ())):
            return True
        if any(_within(each["events"], locked.version) for each in _ranges(part)):
            return True
    return False


def _ranges(part: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Ranges of versions; those of commits say nothing about a release."""
    return (each for each in part.get("ranges", ()) if each["type"] == "ECOSYSTEM")


def _version(text: str) -> Version | None:
    """None for versions from before the rules of PEP 440, which no lock file can have."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """The evaluation of OSV: the last event at or below the version decides (schema 1.6, "evaluation")."""
    inside = False
    for kind, at in sorted(_events(events), key=lambda each: each[1]):
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _events(events: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Version]]:
    for event in events:
        for kind, text in event.items():
            at = _version("0.dev0" if text == "0" else text)
            if at is not None:
                yield kind, at


def _fixed(record: Mapping[str, Any], locked: Locked) -> str:
    later = [
        at
        for part in record.get("affected", ())
        for each in _ranges(part)
        for kind, at in _events(each["events"])
        if kind == "fixed" and at > locked.version
    ]
    return str(min(later)) if later else ""


def findings(database: Path, folder: Path) -> list[Finding]:
    """What affects a locked version."""
    return [
        Finding(each, (record["id"], *record.get("aliases", ())), _fixed(record, each))
        for each in locked_versions(folder)
        for record in records(database, each.name)
        if affects(record, each)
    ]


def newest(database: Path) -> str:
    """The day of the database's latest record."""
    days = [
        line.partition(":")[2].strip(" '\"")[:10]
        for file in (database / "vulns").glob("*/*.yaml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("modified:")
    ]
    return max(days, default="")


def main() -> int:
    """Print what affects a locked version."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path, help="a clone of the advisory database")
    parser.add_argument("--locks", type=Path, default=LOCKS, help="the folder of the lock files")
    args = parser.parse_args()
    day = newest(args.database)
    if not day:
        print(f"advisories: {args.database} has no records (vulns/NAME/*.yaml)", file=sys.stderr)
        return 2
    found = findings(args.database, args.locks)
    for each in found:
        print(each.line())
    count = len(locked_versions(args.locks))
    print(
        f"{count} locked versions, records until {day}: {len(found)} of the records affect a locked version"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

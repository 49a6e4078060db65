"""Writes the bill of materials of a package (CycloneDX 1.6, JSON) and a list of its libraries' licences.

    bill_of_materials.py --site SITE-PACKAGES --lock LOCK --name NAME --version VERSION --out FOLDER

Every library of the environment is named with version, licence, package URL and the SHA-256 sums of the lock file. A
library that is not in the lock file, or has no known licence, is an error. The time is SOURCE_DATE_EPOCH, the serial
number is computed from the content: two builds write the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Final

OURS: Final = "cheval"
COMMON: Final = Path("/usr/share/common-licenses")
"""Texts that every Debian system has (base-files)."""
SPDX: Final = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
"""SPDX identifiers of what older metadata writes."""
_TEXT: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


class BillError(Exception):
    """The environment and the lock file do not agree, or a licence is missing."""


@dataclass(frozen=True, slots=True)
class Library:
    """One installed library. `texts`: its licence texts, paths below site-packages."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]
    texts: tuple[str, ...]


def licence_of(found: Distribution) -> str:
    """The licence a distribution names: the expression, else a short licence line, else the classifiers."""

    def values(name: str) -> list[str]:
        return found.metadata.get_all(name) or []

    expression, line = next(iter(values("License-Expression")), ""), next(iter(values("License")), "")
    classifiers = [c.rpartition(" :: ")[2] for c in values("Classifier") if c.startswith("License ::")]
    return expression or (line if len(line) < 60 else "") or " AND ".join(classifiers)


def canonical(name: str) -> str:
    """The name of a distribution as package indexes write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_hashes(lock: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """SHA-256 sums of each name and version in the text of a lock file."""
    entries = re.split(r"\n(?! )", lock.replace("\\\n", "").strip())
    found = {}
    for entry in entries:
        pin = re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)", entry)
        if pin:
            hashes = re.findall(r"sha256:([0-9a-f]{64})", entry)
            found[canonical(pin[1]), pin[2]] = tuple(hashes)
    return found


def libraries(site: Path, lock: str) -> Iterator[Library]:
    """The libraries of an environment, without this project, in no order. Raises BillError."""
    hashes = locked_hashes(lock)
    for found in distributions(path=[str(site)]):
        name = canonical(found.metadata["Name"])
        if name == OURS:
            continue
        if (name, found.version) not in hashes:
            raise BillError(f"{name} {found.version} is installed, but not in the lock file")
        licence = licence_of(found)
        if not licence:
            raise BillError(f"{name} {found.version} names no licence")
        texts = sorted(
            str(file)
            for file in found.files or ()
            if file.parts[0].endswith(".dist-info") and _TEXT.search(file.name)
        )
        yield Library(
            name, found.version, SPDX.get(licence, licence), hashes[name, found.version], tuple(texts)
        )


def bill(name: str, version: str, parts: list[Library], at: datetime) -> dict[str, Any]:
    """The document (CycloneDX 1.6)."""
    own = f"pkg:deb/{name}@{version}"
    content = json.dumps([own, *((each.name, each.version, each.licence, each.hashes) for each in parts)])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {
            "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": own, "name": name, "version": version, "purl": own,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": [_component(each) for each in parts],
        "dependencies": [{"ref": own, "dependsOn": [_url(each) for each in parts]}],
    }  # fmt: skip


def _url(library: Library) -> str:
    return f"pkg:pypi/{library.name}@{library.version}"


def _component(library: Library) -> dict[str, Any]:
    compound = " AND " in library.licence or " OR " in library.licence
    one = {"license": {"id": library.licence}}
    return {
        "type": "library",
        "bom-ref": _url(library),
        "name": library.name,
        "version": library.version,
        "purl": _url(library),
        "licenses": [{"expression": library.licence} if compound else one],
        "hashes": [{"alg": "SHA-256", "content": each} for each in library.hashes],
    }


def licence_list(parts: list[Library], home: str) -> str:
    """A table of names, versions, licences and where each text is; `home`: the folder of the installed libraries."""
    lines = []
    for each in parts:
        texts = [f"{home}/{text}" for text in each.texts] or [str(_common(each.licence))]
        lines.append(f"{each.name} {each.version}: {each.licence}\n" + "".join(f"    {t}\n" for t in texts))
    return "\n".join(lines)


def _common(licence: str) -> Path:
    """The system's own copy of a licence whose text a library does not contain."""
    family = re.match(r"(L?GPL-\d|Apache-2\.0|MPL-2\.0)", licence)
    if family is None:
        raise BillError(f"no text of {licence} is known")
    return COMMON / family[1]


def main() -> int:
    """Write `bill-of-materials.cdx.json` and `licences.txt`. Exit codes: 0 written, 1 the environment is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for option in ("--site", "--lock", "--out"):
        parser.add_argument(option, type=Path, required=True)
    for option in ("--name", "--version"):
        parser.add_argument(option, required=True)
    args = parser.parse_args()
    at = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    try:
        parts = sorted(
            libraries(args.site, args.lock.read_text(encoding="utf-8")), key=lambda each: each.name
        )
        document = bill(args.name, args.version, parts, at)
        listed = licence_list(parts, f"/opt/{args.name}/{'/'.join(args.site.parts[-3:])}")
    except BillError as error:
        print(f"bill of materials: {error}", file=sys.stderr)
        return 1
    (args.out / "bill-of-materials.cdx.json").write_text(
        json.dumps(document, indent=1) + "\n", encoding="utf-8"
    )
    (args.out / "licences.txt").write_text(listed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

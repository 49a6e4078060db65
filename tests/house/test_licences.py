"""Every shipped library has a known licence; none is under the GPL alone."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

# SPDX names, and how older metadata writes them
FREE = {
    "0BSD", "Apache-2.0", "Apache Software License", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "CC0-1.0",
    "ISC", "ISC License (ISCL)", "MIT", "MIT-0", "MIT-CMU", "MIT License", "PSF-2.0", "Zlib",
}  # fmt: skip
# may be used as a library that stays replaceable, which a Python package is
LESSER = {
    "LGPL-2.1-or-later", "LGPL-3.0-only", "GNU Lesser General Public License v2 or later (LGPLv2+)", "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
}  # fmt: skip


def licence(found: Distribution) -> str:
    """The licence a distribution names: the expression, else a short licence line, else the classifiers."""

    def values(name: str) -> list[str]:
        return found.metadata.get_all(name) or []

    expression, line = next(iter(values("License-Expression")), ""), next(iter(values("License")), "")
    classifiers = [c.rpartition(" :: ")[2] for c in values("Classifier") if c.startswith("License ::")]
    return expression or (line if len(line) < 60 else "") or " AND ".join(classifiers)


def allowed(expression: str) -> bool:
    """One of the alternatives is such that all its parts are free or lesser."""
    known = FREE | LESSER
    if expression in known:
        return True
    return any(
        all(part.strip("() ") in known for part in option.split(" AND "))
        for option in expression.split(" OR ")
    )


def shipped(tree: Path) -> list[str]:
    """Names in the lock of what runs, but for those another operating system needs."""
    text = (tree / "packaging" / "lock" / "run.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==[^\\\n]*", text, re.MULTILINE)
    elsewhere = set(re.findall(r"^([a-z0-9-]+)==[^\\\n]*win32", text, re.MULTILINE))
    return sorted(set(entries) - elsewhere)


def test_every_licence_is_known_and_free(tree: Path) -> None:
    names = shipped(tree)
    assert len(names) > 30
    strange = {}
    for name in names:
        try:
            found = licence(distribution(name))
        except PackageNotFoundError:
            found = "not installed"
        if not allowed(found):
            strange[name] = found
    assert strange == {}


@pytest.mark.parametrize(
    "wrong", ["GPL-3.0-only", "GPL-2.0-only OR GPL-3.0-only", "MIT AND GPL-3.0-only", "", "UNKNOWN"]
)
def test_a_planted_licence_is_caught(wrong: str) -> None:
    assert not allowed(wrong)


def test_a_choice_with_a_lesser_licence_is_taken() -> None:
    assert allowed("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")

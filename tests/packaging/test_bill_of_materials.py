"""The bill of materials of a package: every library with version, licence and sums; the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

EPOCH = "1700000000"


def installed(tree: Path, place: Path, lock: str) -> Path:
    """A site-packages folder with the metadata of the libraries of a lock file."""
    site = place / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    text = (tree / "packaging" / "lock" / f"{lock}.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9-]+)==(?![^\\\n]*win32)", text, re.MULTILINE):
        info = next(
            file.parts[0] for file in distribution(name).files or () if file.parts[0].endswith(".dist-info")
        )
        (site / info).unlink(missing_ok=True)
        (site / info).symlink_to(Path(str(distribution(name).locate_file(info))))
    return site


def written(tree: Path, site: Path, lock: Path, out: Path) -> tuple[int, str]:
    """Runs the command; its exit code and what it says."""
    out.mkdir(exist_ok=True)
    run = subprocess.run(
        [
            sys.executable, str(tree / "packaging" / "deb" / "bill_of_materials.py"), "--site", str(site), "--lock",
            str(lock), "--name", "cheval-mirror", "--version", "0.1.0-1~deb12", "--out", str(out),
        ],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip
    return run.returncode, run.stderr


@pytest.mark.parametrize("name", ["mirror", "store"])
def test_it_names_every_library_with_licence_and_sums(name: str, tree: Path, tmp_path: Path) -> None:
    lock = tree / "packaging" / "lock" / f"{name}.txt"
    site = installed(tree, tmp_path, name)
    assert written(tree, site, lock, tmp_path / "a") == (0, "")
    assert written(tree, site, lock, tmp_path / "b") == (0, "")
    text = (tmp_path / "a" / "bill-of-materials.cdx.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "b" / "bill-of-materials.cdx.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    parts = document["components"]
    assert len(parts) == len(list(site.iterdir()))
    for part in parts:
        assert part["licenses"], part
        assert all(re.fullmatch("[0-9a-f]{64}", each["content"]) for each in part["hashes"])
        assert part["hashes"]
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
    listed = (tmp_path / "a" / "licences.txt").read_text(encoding="utf-8")
    texts = re.findall(r"^    (/\S.*)$", listed, re.MULTILINE)
    assert len(texts) >= len(parts)
    for place in texts:
        # a text of a library, or one that every Debian system has
        below = place.removeprefix("/opt/cheval-mirror/lib/python3.11/site-packages/")
        assert (site / below).is_file() if below != place else place.startswith("/usr/share/common-licenses/")


def test_a_library_that_is_not_locked_is_an_error(tree: Path, tmp_path: Path) -> None:
    site = installed(tree, tmp_path, "mirror")
    lock = tmp_path / "mirror.txt"
    text = (tree / "packaging" / "lock" / "mirror.txt").read_text(encoding="utf-8")
    lock.write_text(re.sub(r"^segno==.*?(?=^\S)", "", text, flags=re.MULTILINE | re.DOTALL), encoding="utf-8")
    code, said = written(tree, site, lock, tmp_path / "out")
    assert code == 1
    assert re.search(r"segno \S+ is installed, but not in the lock file", said)


def test_a_library_without_a_licence_is_an_error(tree: Path, tmp_path: Path) -> None:
    site, lock = tmp_path / "site", tmp_path / "lock.txt"
    (site / "odd-1.0.dist-info").mkdir(parents=True)
    (site / "odd-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    lock.write_text(f"odd==1.0 --hash=sha256:{'0' * 64}\n")
    assert written(tree, site, lock, tmp_path / "out") == (1, "bill of materials: odd 1.0 names no licence\n")

"""Nights on a disk with little free space, in a mount namespace of their own: `python -m ... FOLDER KILOBYTES...`.

FOLDER is a shop after a good night. Its published versions are moved to a small tmpfs. For each size one night is run
with that much space left; one JSON line states its end. A last line is that of a night with enough space.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from recommender.artefacts.versions import version_folder
from recommender.looks.serving import artefact
from tests.recommender.commands.nights import Shop, history

_SIZE = "4m"


def main(folder: Path, free_kilobytes: list[int]) -> None:
    """Mounts, runs the nights and prints."""
    shop, kept = Shop(folder), folder / "kept"
    shop.root.rename(kept)
    shop.root.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(shop.root)], check=True)
    shutil.copytree(kept, shop.root, dirs_exist_ok=True)
    for at, kilobytes in enumerate([*free_kilobytes, None]):
        shop.write(events=history(70 + 5 * at))
        filler = shop.root / "filler"
        if kilobytes is not None:
            space = os.statvfs(shop.root)
            filler.write_bytes(bytes(max(space.f_bavail * space.f_frsize - kilobytes * 1024, 0)))
        before = shop.served
        process = shop.process("--accept-loss")
        _, error = process.communicate()
        artefact.read(version_folder(shop.root, shop.served.version))
        filler.unlink(missing_ok=True)
        ended = {
            "code": process.returncode,
            "outcome": shop.last_run.outcome.value,
            "message": shop.last_run.message,
            "same": shop.served == before,
            "left": sorted(each.name for each in shop.root.rglob(".*")),
            "last": (error.splitlines() or [""])[-1],
        }
        print(json.dumps(ended), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), list(map(int, sys.argv[2:])))

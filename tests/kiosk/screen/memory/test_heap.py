"""Pictures that come and go leave little between blocks that stay: `kiosk.screen.heap` against glibc's own way."""

from __future__ import annotations

import subprocess
import sys

from kiosk.screen import heap

_PICTURES = """
import random, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from PySide6.QtGui import QImage
from kiosk.screen import heap

def resident():
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmRSS")))

if sys.argv[1] == "small":
    assert heap.keep_small()
draw, pool, kept, pictures = random.Random(5), ThreadPoolExecutor(3), [], []

def decoded(height):
    image = QImage(height * 4 // 5, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(7)
    return image, bytearray(3000)

for _ in range(150):
    heights = [draw.choice((240, 300, 480, 600, 720, 960)) for _ in range(12)]
    for image, stays in pool.map(decoded, heights):
        pictures.append(image)
        kept.append(stays)
    draw.shuffle(pictures)
    del pictures[24:]
before = sum(image.sizeInBytes() for image in pictures) // 1024
print(resident() - before)
"""


def resident_kb(way: str) -> int:
    """Resident memory of a process after 1,800 pictures, without those that it still has."""
    done = subprocess.run(
        [sys.executable, "-c", _PICTURES, way], capture_output=True, text=True, timeout=100, check=True
    )
    return int(done.stdout)


def test_the_c_library_takes_the_settings() -> None:
    assert heap.keep_small()


def test_pictures_that_were_released_are_given_back() -> None:
    small, planted = resident_kb("small"), resident_kb("default")
    assert small + 5_000 < planted, (small, planted)

"""Scaled pictures: limits in memory and on disk, turns of callers, one scaling for a picture, processes that end."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import pack
from threading import Event
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kiosk.config.limits import PictureLimits
from kiosk.pictures import canvas
from kiosk.store.catalogue.pictures.cache import Picture, PictureCache, Wanted
from kiosk.store.catalogue.pictures.disk import PictureDisk
from kiosk.store.catalogue.pictures.errors import UnreadablePictureError
from kiosk.store.catalogue.pictures.placeholder import placeholder
from kiosk.store.catalogue.pictures.queue import PictureQueue
from kiosk.store.catalogue.pictures.scaling import ScalingProcesses
from kiosk.store.errors import PicturesBusyError

LIMITS = PictureLimits(memory_mb=8)


def picture_file(folder: Path, name: str, width: int = 300, height: int = 400) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(canvas.png(np.full((height, width, 4), 200, np.uint8)))
    return folder / name


def webp(size: int) -> bytes:
    """Something as long as a WebP file that says so."""
    return b"RIFF" + (size - 8).to_bytes(4, "little") + bytes(size - 8)


@contextmanager
def cache(folder: Path, scale: Any, **more: Any) -> Iterator[PictureCache]:
    opened = PictureCache(folder, more.pop("limits", LIMITS), scale, placeholder, **more)
    try:
        yield opened
    finally:
        opened.close()


def shown(pictures: PictureCache, path: str, height: int = 100) -> Picture:
    found = pictures.known(path, height)
    if isinstance(found, Wanted):
        return pictures.scaled(found, "mirror").result(20)
    assert found is not None
    return found


def test_pictures_in_memory_keep_their_limit(tmp_path: Path) -> None:
    for n in range(4):
        picture_file(tmp_path, f"{n}.png")
    with cache(tmp_path, lambda _file, _height: (webp(4_000_000), "image/webp")) as pictures:
        for n in range(4):
            shown(pictures, f"{n}.png")
        assert pictures._size <= 8_000_000
        assert len(pictures._cached) == 2


def test_a_picture_is_scaled_once_also_after_a_restart(tmp_path: Path) -> None:
    picture_file(tmp_path / "feed", "a.png")
    done: list[int] = []

    def scaled(_file: Path, height: int) -> tuple[bytes, str]:
        done.append(height)
        return webp(1000 + height), "image/webp"

    for _ in range(2):
        with cache(tmp_path / "feed", scaled, disk=tmp_path / "state" / "pictures") as pictures:
            assert shown(pictures, "a.png", 100) == shown(pictures, "a.png", 150)
            assert len(shown(pictures, "a.png", 100).content) == 1160
    assert done == [160]
    (kept,) = (tmp_path / "state" / "pictures").iterdir()
    kept.write_bytes(kept.read_bytes()[:500])  # as a power cut may leave it
    with cache(tmp_path / "feed", scaled, disk=tmp_path / "state" / "pictures") as pictures:
        assert len(shown(pictures, "a.png").content) == 1160
    picture_file(tmp_path / "feed", "a.png", 200)
    with cache(tmp_path / "feed", scaled, disk=tmp_path / "state" / "pictures") as pictures:
        shown(pictures, "a.png")
    assert done == [160] * 3


def test_pictures_on_disk_keep_their_limit_and_leave_space(tmp_path: Path) -> None:
    disk = PictureDisk(tmp_path / "kept", 100_000, min_free_bytes=0)
    for n in range(40):
        disk.put(n, webp(9000))
        assert sum(f.stat().st_size for f in (tmp_path / "kept").iterdir()) <= 100_000
    assert disk.get(39) == webp(9000)
    assert disk.get(0) is None
    again = PictureDisk(tmp_path / "kept", 100_000, min_free_bytes=0)
    again.put("large", webp(20_000))
    assert again.get("large") is None, "one picture takes a tenth at most"
    for n in range(40, 80):
        again.put(n, webp(9000))
    assert sum(f.stat().st_size for f in (tmp_path / "kept").iterdir()) <= 100_000
    full = PictureDisk(tmp_path / "none", 100_000, min_free_bytes=10**18)
    full.put(1, webp(100))
    assert full.get(1) is None
    (tmp_path / "file").touch()
    broken = PictureDisk(tmp_path / "file", 100_000, min_free_bytes=0)
    broken.put(1, webp(100))
    assert broken.get(1) is None


def blocked(queue: PictureQueue[str]) -> Callable[[], None]:
    """Occupies the only worker; the function that frees it."""
    begun, go_on = Event(), Event()

    def wait() -> str:
        begun.set()
        go_on.wait(20)
        return ""

    queue.submit("first", "first", wait)
    assert begun.wait(20)
    return go_on.set


def test_callers_take_turns_and_what_two_ask_for_is_made_once() -> None:
    queue, order = PictureQueue[str](1, 100), list[str]()
    free = blocked(queue)

    def noted(name: str) -> Callable[[], str]:
        def work() -> str:
            order.append(name)
            return name

        return work

    asked = [queue.submit("greedy", f"g{n}", noted(f"g{n}")) for n in range(5)]
    asked.append(queue.submit("modest", "m", noted("m")))
    same = queue.submit("modest", "g4", noted("twice"))
    free()
    assert [each.result(20) for each in asked] == ["g0", "g1", "g2", "g3", "g4", "m"]
    assert same.result(20) == "g4"
    assert order == ["g0", "m", "g1", "g2", "g3", "g4"]
    queue.close()


def test_no_more_than_the_limit_wait_and_a_fault_of_one_stops_no_other() -> None:
    queue = PictureQueue[str](1, 3)
    free = blocked(queue)
    bad = queue.submit("a", "bad", lambda: str(1 // 0))
    good = queue.submit("a", "good", lambda: "good")
    with pytest.raises(PicturesBusyError):
        queue.submit("b", "more", lambda: "")
    free()
    assert isinstance(bad.exception(20), ZeroDivisionError)
    assert good.result(20) == "good"
    assert not bad.cancel()
    queue.close()
    with pytest.raises(PicturesBusyError):
        queue.submit("b", "late", lambda: "")


def bomb(width: int, height: int) -> bytes:
    """A PNG with alpha whose pixels are one colour: small as a file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 4 * width)) for _ in range(height)) + packer.flush()
    head = pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def resident(process: str) -> int:
    """The memory of a process in bytes."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def processes(decoded: int = 160_000_000, timeout_s: float = 30.0) -> Iterator[ScalingProcesses]:
    opened = ScalingProcesses(decoded, timeout_s)
    try:
        yield opened
    finally:
        opened.close()


def test_a_picture_that_is_large_when_decoded_is_refused_and_the_store_decodes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb(8000, 6000))
    picture_file(tmp_path, "good.png")
    before = resident("self")
    with processes() as scaling:
        with pytest.raises(UnreadablePictureError, match="192,000,000 bytes decoded, more than 160,000,000"):
            scaling.scaled(tmp_path / "bomb.png", 160)
        content, kind = scaling.scaled(tmp_path / "good.png", 160)
        (worker,) = scaling._idle
        number = worker._process.pid
        assert resident(str(number)) < 150_000_000
        assert os.getpriority(os.PRIO_PROCESS, number) > os.getpriority(os.PRIO_PROCESS, 0)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.size, kind) == ((120, 160), "image/webp")
    assert resident("self") - before < 50_000_000


def test_planted_with_a_larger_limit_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb(4000, 3000))
    with processes(48_000_000) as scaling:
        assert scaling.scaled(tmp_path / "bomb.png", 96)
    with processes(47_999_999) as scaling, pytest.raises(UnreadablePictureError):
        scaling.scaled(tmp_path / "bomb.png", 96)


def test_a_process_that_is_killed_or_hangs_costs_one_picture_at_most(tmp_path: Path) -> None:
    file = picture_file(tmp_path, "a.png")
    with processes() as scaling:
        assert scaling.scaled(file, 160)
        (worker,) = scaling._idle
        worker._process.kill()
        worker._process.wait()
        assert scaling.scaled(file, 160), "another one is started"
    with processes(timeout_s=0.5) as scaling:
        os.mkfifo(tmp_path / "pipe")  # nobody writes to it: to open it waits without end
        with pytest.raises(UnreadablePictureError, match="too long"):
            scaling.scaled(tmp_path / "pipe", 160)
        assert scaling._idle == []

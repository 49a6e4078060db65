"""Draws every page in every important state to PNG files, so that a person can look at them one by one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.touches import Touch


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.screen.tools.contact_sheet", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where the pictures are written"
    )
    parser.add_argument("--language", default="en", help="en, de, ar ... (default: en)")
    parser.add_argument(
        "--size", default="1080x1920", metavar="WxH", help="of the glass (default: 1080x1920)"
    )
    parser.add_argument("--only", default="", metavar="PART", help="only scenes with this in their name")
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="garments from here instead of plain shapes"
    )
    parser.add_argument("--reader-side", default="right", choices=("left", "right", "below"))
    return parser.parse_args(words)


def _no_wish(wish: Touch) -> None:
    """Nobody touches a gallery."""


def main(words: list[str] | None = None) -> int:
    """Draw the gallery; 0 when all pictures are written."""
    told = _arguments(sys.argv[1:] if words is None else words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.screen.settings import ReaderSide, ScreenSettings
    from kiosk.screen.tools.sample_garments import garment_pictures
    from kiosk.screen.tools.sample_scenes import sample_scenes
    from kiosk.screen.window import MirrorWindow

    wide, high = (int(n) for n in told.size.split("x"))
    told.out.mkdir(parents=True, exist_ok=True)
    glass = MirrorWindow(
        send=_no_wish,
        fetch_picture=garment_pictures(told.pictures),
        now_us=lambda: 0,
        size=(wide, high),
        settings=ScreenSettings(no_motion=True, drift=False, reader_side=ReaderSide(told.reader_side)),
    )
    scenes = iter((name, scene) for name, scene in sample_scenes(told.language).items() if told.only in name)
    _draw_next(glass, scenes, told.out)
    return glass.run()


def _draw_next(glass: object, scenes: Iterator[tuple[str, Scene]], out: Path) -> None:
    from kiosk.screen.window import MirrorWindow

    assert isinstance(glass, MirrorWindow)
    step = next(scenes, None)
    if step is None:
        glass.quit()
        return
    name, scene = step
    glass.show(scene)
    glass.picture(out / f"{name}.png", done=lambda: _draw_next(glass, scenes, out))


if __name__ == "__main__":
    sys.exit(main())

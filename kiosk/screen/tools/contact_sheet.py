"""Draws every page in every important state to PNG files, for visual inspection."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.scene.scene import Scene


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.screen.tools.contact_sheet", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures")
    parser.add_argument("--language", default="en", help="language code: en, de, ar ... (default: en)")
    parser.add_argument(
        "--size", default="1080x1920", metavar="WxH", help="window size in pixels (default: 1080x1920)"
    )
    parser.add_argument("--only", default="", metavar="PART", help="only scenes whose name contains PART")
    parser.add_argument(
        "--pictures",
        type=Path,
        metavar="DIR",
        help="folder with garment pictures, used instead of plain shapes",
    )
    parser.add_argument("--reader-side", default="right", choices=("left", "right", "below"))
    return parser.parse_args(argv)


def _ignore(touch: object) -> None:
    """There are no touches here."""


def main(argv: list[str] | None = None) -> int:
    """Draw the pictures. Returns 0 when all are written."""
    args = _arguments(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.screen.settings import ReaderSide, ScreenSettings
    from kiosk.screen.tools.sample_garments import garment_pictures
    from kiosk.screen.tools.sample_scenes import sample_scenes
    from kiosk.screen.window import MirrorWindow

    width, height = (int(n) for n in args.size.split("x"))
    args.out.mkdir(parents=True, exist_ok=True)
    window = MirrorWindow(
        send=_ignore,
        fetch_picture=garment_pictures(args.pictures),
        now_us=lambda: 0,
        size=(width, height),
        settings=ScreenSettings(no_motion=True, drift=False, reader_side=ReaderSide(args.reader_side)),
    )
    scenes = iter((name, scene) for name, scene in sample_scenes(args.language).items() if args.only in name)
    _draw_next(window, scenes, args.out)
    return window.run()


def _draw_next(window: object, scenes: Iterator[tuple[str, Scene]], out: Path) -> None:
    from kiosk.screen.window import MirrorWindow

    assert isinstance(window, MirrorWindow)
    step = next(scenes, None)
    if step is None:
        window.quit()
        return
    name, scene = step
    window.show(scene)
    window.save_picture(out / f"{name}.png", done=lambda: _draw_next(window, scenes, out))


if __name__ == "__main__":
    sys.exit(main())

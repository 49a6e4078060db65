"""`python -m garment_artwork`: draws the pictures of the demo's garments; see `packaging/artwork/render`."""

import argparse
import sys
from pathlib import Path
from typing import Final

from garment_artwork.canvas import webp
from garment_artwork.render import UnknownPieceError, draw, render_all

HEIGHT_PX: Final = 1280
"""A garment covers at most a third of a 4K panel's height of 3,840 pixels."""
PICTURES: Final = Path(__file__).resolve().parents[3] / "assets" / "demo" / "pictures"


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 0 drawn, 2 wrong arguments."""
    parser = argparse.ArgumentParser(prog="packaging/artwork/render", description=__doc__.partition("`: ")[2])
    parser.add_argument(
        "pieces",
        nargs="*",
        metavar="STYLE-COLOUR",
        help="draw only these, for example J204-NVY (default: all)",
    )
    parser.add_argument("--out", type=Path, default=PICTURES, metavar="DIR", help=f"default: {PICTURES}")
    parser.add_argument("--height", type=int, default=HEIGHT_PX, metavar="PX", help=f"default: {HEIGHT_PX}")
    chosen = parser.parse_args(arguments)
    if not 16 <= chosen.height <= 4096:
        parser.error(f"--height {chosen.height}: between 16 and 4096 pixels")
    if not chosen.pieces:
        count = render_all(
            chosen.out, chosen.height, lambda done, total: print(f"{done} of {total}", flush=True)
        )
        print(f"{count} pictures in {chosen.out}")
        return 0
    chosen.out.mkdir(parents=True, exist_ok=True)
    for piece in chosen.pieces:
        style, _, colour = piece.partition("-")
        try:
            picture = webp(draw(style, colour, chosen.height))
        except UnknownPieceError as unknown:
            parser.error(str(unknown))
        (chosen.out / f"{piece}.webp").write_bytes(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())

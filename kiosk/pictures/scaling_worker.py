"""A process that scales pictures: `python -m kiosk.pictures.scaling_worker`, started by the store.

Pictures are decoded apart from the store: a damaged one ends this process at worst, its memory is limited, and it has a
lower priority than the store. Each line of the input is a request (JSON: `file`, `height`, `max_decoded_bytes`); the
answer is a line (JSON: `size`, or `problem`), followed by that many bytes of WebP. It ends with its input, and after
`IDLE_S` seconds without a request.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

from kiosk.pictures.photo_scaling import DEFAULT_LIMITS, PictureError, PictureLimits, scale_photo

IDLE_S: Final = 60.0
NICE: Final = 10
BASE_BYTES: Final = 400_000_000
"""Address space beside what a decoded picture needs: the interpreter and its libraries."""
COPIES: Final = 3
"""Copies of a decoded picture in memory while it is scaled, at most."""
MAX_LINE_BYTES: Final = 64 * 1024


def scaled(file: Path, height: int, max_decoded_bytes: int) -> bytes:
    """The picture at most `height` pixels high, as WebP. Raises PictureError, OSError, MemoryError."""
    limits = PictureLimits(DEFAULT_LIMITS.max_bytes, DEFAULT_LIMITS.max_pixels, max_decoded_bytes)
    with file.open("rb") as opened:
        content = opened.read(limits.max_bytes + 1)
    return scale_photo(content, file.name, (height,), limits)[0].webp


def answer(line: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to a request: its line, and the picture."""
    asked = json.loads(line)
    decoded = int(asked["max_decoded_bytes"])
    try:
        picture = scaled(Path(os.fsdecode(bytes.fromhex(asked["file"]))), int(asked["height"]), decoded)
    except PictureError as error:
        return {"problem": error.problem}, b""
    except OSError as error:
        return {"problem": error.strerror or type(error).__name__}, b""
    except MemoryError:
        return {"problem": "it needs too much memory"}, b""
    return {"size": len(picture)}, picture


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers requests until the input ends."""
    limited = 0
    while select.select([source], [], [], IDLE_S)[0]:
        line = source.readline(MAX_LINE_BYTES)
        if not line:
            return
        decoded = int(json.loads(line)["max_decoded_bytes"])
        if limited != decoded:
            limited = decoded
            space = BASE_BYTES + COPIES * decoded
            resource.setrlimit(resource.RLIMIT_AS, (space, resource.RLIM_INFINITY))
        head, picture = answer(line)
        sink.write(json.dumps(head).encode() + b"\n" + picture)
        sink.flush()


def main() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # unbuffered, so that `select` sees whatever has arrived
    serve(os.fdopen(sys.stdin.fileno(), "rb", buffering=0), sys.stdout.buffer)


if __name__ == "__main__":
    main()

"""Written reviews of a shop that does not exist, put together from sentences; and the file of records they stand in."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

GOOD: Final = (
    "I love it", "It fits perfectly", "Beautiful colour and great fabric", "The best {thing} I have",
    "So comfortable that I wear it every day", "Great cut, very happy with it",
)  # fmt: skip
BAD: Final = (
    "Terrible fabric, I am disappointed", "Bad cut and ugly seams", "The worst {thing} I have bought",
    "It itches horribly", "Poor quality, a waste of money", "I hate how it falls",
)  # fmt: skip
PLAIN: Final = ("It is a {thing}", "Bought it in March", "I have worn it twice", "The {thing} came on Monday")
THINGS: Final = ("coat", "shirt", "scarf", "jacket", "skirt", "pair of trousers")


def text(rng: random.Random, stars: int) -> str:
    """Of a writer with an opinion, who does not always say so."""
    says = GOOD if stars >= 4 else BAD if stars <= 2 else PLAIN
    parts = [rng.choice(says if rng.random() < 0.8 else PLAIN), rng.choice(PLAIN)]
    return (
        ". ".join(part.format(thing=rng.choice(THINGS)) for part in parts) + f", size {rng.randint(34, 48)}."
    )


def review(member: str, item: str, said: str, stars: int = 0, **more: Any) -> dict[str, Any]:
    """One line of the file of records."""
    line = {
        "shopper_id": member,
        "kind": "review",
        "item": item,
        "at_us": 1_789_000_000_000_000,
        "text": said,
    }
    return {**line, "stars": stars, "language": "en", **more}


def starred(member: str, count: int, seed: int) -> list[dict[str, Any]]:
    """Reviews with stars of one member: as many good as bad ones."""
    rng = random.Random(seed)
    stars = [rng.choice((1, 2, 4, 5)) for _ in range(count)]
    return [review(member, "T1-GRY", text(rng, one), one) for one in stars]


def written(file: Path, lines: Iterable[dict[str, Any]]) -> Path:
    """The file of records."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file

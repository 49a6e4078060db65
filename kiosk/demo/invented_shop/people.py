"""Associates and shoppers of the demo, all invented."""

from typing import Any

import numpy as np

from kiosk.core.domain.ids import StyleId, item_id
from kiosk.demo.invented_shop import source_files
from kiosk.demo.invented_shop.styles import Style, styles

# Corresponding sizes of the size systems, smallest first: alpha, women's EU, men's EU.
_LADDER = (
    ("XS", "34", "44"),
    ("S", "36", "46"),
    ("M", "38", "48"),
    ("L", "40", "50"),
    ("XL", "42", "52"),
    ("XXL", "44", "54"),
)


def associates() -> list[dict[str, Any]]:
    """Associates with languages and demo PINs."""
    found: list[dict[str, Any]] = source_files.read_json("people.json")["associates"]
    return found


def shoppers(seed: int) -> list[dict[str, Any]]:
    """Known shoppers with sizes, consents, credentials and a short purchase history."""
    rng = np.random.default_rng(seed)
    return [_shopper(row, rng) for row in source_files.read_json("people.json")["shoppers"]]


def sizes_of(line: str, step: int, shoe: str) -> dict[str, str]:
    """Sizes by category and, where a category has styles in two systems, by system as well."""
    alpha, women, men = _LADDER[step]
    eu = men if line == "men" else women
    upper = {"coats": eu, "jackets": eu, "trousers": eu, "skirts": women, "dresses": women}
    shirts = alpha if line == "men" else women
    found = {**upper, "shirts": shirts, "knitwear": alpha, "shoes": shoe, "accessories": alpha}
    if line == "men":
        del found["skirts"], found["dresses"]
    return found | {"alpha": alpha, f"eu-{line}": eu, "eu-shoes": shoe}


def _shopper(row: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    wears = sizes_of(row["line"], row["step"], row["shoe"])
    consents = row.get("consents", ["sizes", "history"])
    return {
        "shopper_id": row["shopper_id"],
        "first_name": row["first_name"],
        "language": row["language"],
        "sizes": wears if "sizes" in consents else {},
        "member": True,
        "stored_means": row.get("stored_means", ""),
        "consents": consents,
        "credentials": row["credentials"],
        "history": row.get("history") or (_bought(row["line"], rng) if "history" in consents else []),
    }


def _bought(line: str, rng: np.random.Generator) -> list[str]:
    open_to: list[Style] = [style for style in styles() if style.line in {line, "all"}]
    chosen = rng.choice(len(open_to), size=int(rng.integers(3, 8)), replace=False)
    found: list[str] = []
    for index in chosen:
        style = open_to[int(index)]
        colour = style.colours[int(rng.integers(len(style.colours)))]
        found.append(item_id(StyleId(style.style_id), colour.code))
    return found

"""Size systems of the invented shop, and the sizes of each product line."""

from typing import Final

# EU clothing sizes step by two; women's by bust (EN 13402), men's by half the chest. Shoes are Paris points.
SIZES: Final[dict[str, tuple[str, ...]]] = {
    "alpha": ("XS", "S", "M", "L", "XL", "XXL"),
    "eu-women": ("34", "36", "38", "40", "42", "44", "46"),
    "eu-men": ("44", "46", "48", "50", "52", "54", "56"),
    "eu-shoes": ("36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46"),
    "one-size": ("one",),
}
_NAMED: Final = {
    "alpha": "alpha",
    "eu": "eu-women",
    "eumen": "eu-men",
    "shoes": "eu-shoes",
    "one": "one-size",
}
_SHOES: Final = {"women": SIZES["eu-shoes"][:7], "men": SIZES["eu-shoes"][3:], "all": SIZES["eu-shoes"]}


def system(short: str) -> str:
    """The size system for a short name in the catalogue. Raises KeyError for an unknown name."""
    return _NAMED[short]


def run(short: str, line: str) -> tuple[str, ...]:
    """The sizes a style is made in, smallest first."""
    return _SHOES[line] if short == "shoes" else SIZES[system(short)]

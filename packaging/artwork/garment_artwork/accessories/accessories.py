"""Scarf, silk square, belt, gloves, hat and beanie."""

from collections.abc import Callable

from garment_artwork.accessories.draped import scarf, square
from garment_artwork.accessories.hats import beanie, hat
from garment_artwork.accessories.leather_goods import belt, gloves
from garment_artwork.accessories.pieces import Piece
from garment_artwork.primitives.marks import Garment, Mark

_KINDS: dict[str, Callable[[Piece], list[Mark]]] = {
    "scarf": scarf,
    "square": square,
    "belt": belt,
    "gloves": gloves,
    "hat": hat,
    "beanie": beanie,
}


def accessory(cut: Piece) -> Garment:
    """A whole accessory."""
    fill = {"scarf": 0.92, "square": 0.84, "hat": 0.82, "belt": 0.74, "beanie": 0.64}.get(cut.kind, 0.74)
    return Garment(tuple(_KINDS[cut.kind](cut)), fill=fill, colours=cut.colours)

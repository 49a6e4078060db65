"""Scarf, silk square, belt, gloves, hat and beanie."""

from collections.abc import Callable

from kiosk.demo.drawing.draped import scarf, square
from kiosk.demo.drawing.hats import beanie, hat
from kiosk.demo.drawing.leather_goods import belt, gloves
from kiosk.demo.drawing.marks import Garment, Mark
from kiosk.demo.drawing.pieces import Piece

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

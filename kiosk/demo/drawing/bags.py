"""Bags, seen from the front."""

from collections.abc import Callable

from kiosk.demo.drawing.bag_parts import Bag
from kiosk.demo.drawing.firm_bags import clutch, saddle, tophandle
from kiosk.demo.drawing.marks import Garment, Mark
from kiosk.demo.drawing.soft_bags import bucket, hobo, tote

_KINDS: dict[str, Callable[[Bag], list[Mark]]] = {
    "tote": tote,
    "hobo": hobo,
    "tophandle": tophandle,
    "saddle": saddle,
    "clutch": clutch,
    "bucket": bucket,
}


def bag(cut: Bag) -> Garment:
    """A whole bag."""
    return Garment(tuple(_KINDS[cut.kind](cut)), fill=0.84, colours=cut.colours)

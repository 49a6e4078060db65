"""Bags, seen from the front."""

from collections.abc import Callable

from garment_artwork.accessories.bag_parts import Bag
from garment_artwork.accessories.firm_bags import clutch, saddle, tophandle
from garment_artwork.accessories.soft_bags import bucket, hobo, tote
from garment_artwork.primitives.marks import Garment, Mark

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

"""What accessories are made of."""

from dataclasses import dataclass, field

from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.hides import leather, napped

SMOOTH = Cloth(weave=leather(), gloss=0.50, shine=0.18, fuzz=0.35, tint=0.35)


NAPPA = Cloth(weave=leather(), gloss=0.34, shine=0.06, fuzz=0.45, tint=0.45)


METAL = Cloth(gloss=0.7, shine=0.9, fuzz=0.2)


METALS = ("metal", "metal", "metal")


CASHMERE = Cloth(weave=napped(0.035), gloss=0.03, fuzz=1.0, warp=0.2)


@dataclass(frozen=True, slots=True)
class Piece:
    """Which accessory, of which cloth."""

    kind: str
    cloth: Cloth = CASHMERE
    colours: dict[str, str] = field(default_factory=dict)

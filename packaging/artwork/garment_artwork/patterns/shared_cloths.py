"""The cloths and button colours that several patterns share."""

from typing import Final

from garment_artwork.primitives import cloth as c
from garment_artwork.primitives import hides, stitches
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.upper.torso import Figure

SERGE: Final = Cloth(weave=c.woven(0.02, 0.16), gloss=0.07, fuzz=0.6)


NAPPED: Final = Cloth(weave=hides.napped(0.03), gloss=0.05, fuzz=0.9)


BOUCLE: Final = Cloth(weave=c.boucle(), gloss=0.03, fuzz=1.0)


POPLIN: Final = Cloth(weave=c.woven(0.012), gloss=0.05)


SILK: Final = Cloth(weave=c.woven(0.01), gloss=0.22, tint=0.7, fuzz=0.4)


FINE: Final = Cloth(weave=stitches.knitted(0.24), gloss=0.03, fuzz=0.8)


PEARL: Final = {"button": "#EDE7DA"}


HORN: Final = {"button": "cloth*0.55"}
MAN: Final = Figure(
    shoulder=23,
    drop=4.2,
    chest=24,
    armhole=26,
    waist=21,
    waist_at=46,
    hip=23.6,
    hip_at=64,
    hem=23.8,
    length=74,
)
CALM: Final = (0.56,)

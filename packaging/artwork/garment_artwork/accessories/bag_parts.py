"""What bags are built from: leathers, stitched edges, handles, rings, the pressed name."""

from dataclasses import dataclass, field

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, woven
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.hides import leather
from garment_artwork.primitives.marks import Mark, Panel, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Relief

GRAINED = Cloth(weave=leather(0.42, 0.03), gloss=0.34, shine=0.05, fuzz=0.4, tint=0.4)


SMOOTH = Cloth(weave=leather(), gloss=0.50, shine=0.22, fuzz=0.35, tint=0.35)


METAL = Cloth(gloss=0.7, shine=0.9, fuzz=0.2)


METALS = ("metal", "metal", "metal")


EDGES = ("edge", "edge", "edge")


INSIDE = Cloth(weave=woven(0.01), gloss=0.05)


LINED = ("lining", "lining", "lining")


@dataclass(frozen=True, slots=True)
class Bag:
    """Which bag, of which leather."""

    kind: str
    cloth: Cloth = GRAINED
    colours: dict[str, str] = field(default_factory=dict)


def sewn(line: Line, inset: float, strength: float = 0.6) -> Stitches:
    middle = (line.min(axis=0) + line.max(axis=0)) / 2
    size = line.max(axis=0) - line.min(axis=0)
    inner = middle + (line - middle) * (1 - 2 * inset / size)
    return Stitches(np.concatenate([inner, inner[:1]]), on=0.34, off=0.16, width=0.10, strength=strength)


def handle(line: Line, width: float, cloth: Cloth, tone: float = 1.0) -> list[Mark]:
    tube = g.Tube(line, (width, width))
    marks: list[Mark] = [
        Panel(
            tube.outline,
            cloth,
            Relief(limb=tube, round=width * 0.34),
            shadow=Shadow(0.4, 0.6, 0.8, 0.45),
            tone=tone,
            edge=0.3,
        )
    ]
    marks.append(Stitches(g.beside(line, width * 0.26), on=0.34, off=0.16, width=0.08, strength=0.4))
    return marks


def ring(x: float, y: float, radius: float, thick: float = 0.42) -> Panel:
    return Panel(
        g.ellipse(x, y, radius, radius),
        METAL,
        Relief(puff=(thick * 0.8, thick * 0.8)),
        slots=METALS,
        holes=(g.ellipse(x, y, radius - thick, radius - thick),),
        shadow=Shadow(0.12, 0.25, 0.25, 0.5),
        edge=0.4,
    )


def stamp(x: float, y: float) -> list[Mark]:
    """The house's name, pressed into the leather: a line of letters too small to be read, as on the real thing."""
    marks: list[Mark] = []
    for n, width in enumerate((0.34, 0.34, 0.26, 0.3, 0.34, 0.3, 0.34, 0.34, 0.3)):
        at = x - 2.6 + n * 0.65
        marks.append(Shade(g.box(at - width / 2, y - 0.32, at + width / 2, y + 0.32, 0.1), 0.08, 0.22))
    return marks

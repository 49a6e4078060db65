"""The wrapped kilt."""

import numpy as np

from garment_artwork.lower.skirts import Skirt, band, inner, outline, pleats
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, woven
from garment_artwork.primitives.marks import CLOSE, Garment, Mark, Panel, Shadow
from garment_artwork.primitives.relief import Form, Relief


def kilt(cut: Skirt) -> Garment:
    """A whole kilt."""
    return Garment(tuple(_kilt(cut)), fill=0.92, colours=cut.colours)


def _kilt(cut: Skirt) -> list[Mark]:
    line = outline(cut, 0.15, 6)
    relief = Relief(
        body=9.0, crumples=dr.hang(cut.hang.depth * 0.8, cut.hang.seed, 0.1), forms=(_sidepleats(cut),)
    )
    marks: list[Mark] = [inner(cut, line), Panel(line, cut.cloth, relief, shadow=None, edge=0.4)]
    x = cut.waist * 0.40
    apron = g.spline(
        [
            (-cut.waist + 0.1, cut.band, 1),
            (x, cut.band + 0.6, 1),
            (x + 1.2, cut.length * 0.5),
            (x + 2.6, cut.length + 1.2, 1),
            (-4, cut.length + 1.3),
            (-cut.hem * 0.52, cut.length + 0.7, 1),
            (-cut.hip * 0.55, cut.length * 0.5),
            (-cut.waist * 0.62, cut.band + 0.4, 1),
        ]
    )
    marks.append(
        Panel(
            apron,
            cut.cloth,
            Relief(body=8.0, crumples=dr.hang(0.35, 44, 0.1)),
            clip=line,
            shadow=Shadow(0.5, 0.3, 0.7, 0.55),
            edge=0.6,
        )
    )
    fringe = np.array(
        [
            [x + 1.2 * t + 1.4 * t * t, cut.band + 1 + (cut.length - cut.band) * t]
            for t in np.linspace(0, 1, 210)
        ]
    )
    marks += [
        Panel(
            g.stroke(g.spline([(px - 0.2, py), (px + 0.45 + 0.18 * ((n * 7) % 3), py + 0.28)]), 0.14),
            cut.cloth,
            shadow=None,
            edge=0.0,
            inherit=True,
            slots=("third", "third", "third") if n % 5 == 0 else ("cloth", "second", "third"),
        )
        for n, (px, py) in enumerate(fringe)
    ]
    marks += band(cut)
    for y in (cut.band + 3.0, cut.band + 12.0):
        marks += _buckle(x + 2.2, y)
    return marks


def _sidepleats(cut: Skirt) -> Form:
    whole = pleats(cut, 22, 1.0)

    def form(x: Floats, y: Floats) -> Floats:
        return whole(x, y) * (np.abs(x) > cut.waist * 0.30)

    return form


def _buckle(x: float, y: float) -> list[Mark]:
    leather = Cloth(weave=woven(0.01), gloss=0.3, fuzz=0.3)
    strap = g.box(x - 6.0, y - 0.8, x + 6.5, y + 0.8, 0.3)
    frame = g.box(x - 0.9, y - 1.25, x + 1.1, y + 1.25, 0.3)
    metal = Cloth(gloss=0.6, shine=0.9, fuzz=0.2)
    return [
        Panel(
            strap,
            leather,
            Relief(puff=(0.6, 0.2)),
            slots=("leather", "leather", "leather"),
            shadow=CLOSE,
            edge=0.4,
        ),
        Panel(
            frame,
            metal,
            Relief(puff=(0.35, 0.3)),
            slots=("metal", "metal", "metal"),
            holes=(g.box(x - 0.5, y - 0.8, x + 0.7, y + 0.8, 0.2),),
            shadow=CLOSE,
            edge=0.4,
        ),
    ]

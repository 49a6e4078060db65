"""Bags that give way: tote, hobo, bucket. y = 0 is the bag's upper edge."""

import numpy as np

from garment_artwork.accessories.bag_parts import (
    EDGES,
    INSIDE,
    LINED,
    METAL,
    METALS,
    Bag,
    handle,
    ring,
    sewn,
    stamp,
)
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.hides import leather
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Fold, Relief


def tote(bag: Bag) -> list[Mark]:
    front = g.rounded([(-19.8, 0.0), (19.8, 0.0), (17.4, 29.0), (-17.4, 29.0)], 2.0, 0.4)
    back = g.path("-19.2,0.2! -10,-1.8 0,-2.1 10,-1.8 19.2,0.2! 0,2.5 -19.2,0.2!")
    far = g.path("-8.6,-0.6 -8.4,-10 -5.6,-17.2 0,-19.6 5.6,-17.2 8.4,-10 8.6,-0.6")
    near = g.path("-9,5.6 -9,-4 -6.6,-13 0,-17 6.6,-13 9,-4 9,5.6")
    folds = (
        Fold(g.spline([(-19, 2), (-16.4, 12), (-17.0, 26)]), 1.6, -0.35),
        Fold(g.spline([(19, 2), (16.4, 12), (17.0, 26)]), 1.6, -0.35),
    )
    marks: list[Mark] = [
        *handle(far, 1.5, bag.cloth, 0.6),
        Panel(back, INSIDE, slots=LINED, shadow=None, tone=0.38),
    ]
    marks.append(
        Panel(
            front,
            bag.cloth,
            Relief(puff=(4.5, 1.7), folds=folds, crumples=dr.hang(0.35, 5, 0.0)),
            shadow=None,
            edge=0.7,
            edge_width=0.25,
        )
    )
    marks += [
        Stitches(
            g.spline([(-18.8, 1.1), (0.0, 1.6), (18.8, 1.1)]), on=0.34, off=0.16, width=0.1, strength=0.6
        ),
        Seam(g.spline([(-17.8, 22.8), (0.0, 23.4), (17.8, 22.8)]), 0.14, 0.35, 0.15),
    ]
    marks += handle(near, 1.6, bag.cloth)
    for side in (1, -1):
        tab = g.box(side * 9.0 - 1.35, 2.8, side * 9.0 + 1.35, 8.8, 1.1)
        marks += [
            Panel(
                tab,
                bag.cloth,
                Relief(puff=(0.8, 0.2)),
                shadow=Shadow(0.12, 0.3, 0.3, 0.45),
                inherit=True,
                edge=0.6,
            ),
            sewn(tab, 0.32),
            Button(side * 9.0, 7.3, 0.5, slot="metal", dome=True, shine=0.8),
        ]
    marks += stamp(0.0, 12.0)
    return marks


def hobo(bag: Bag) -> list[Mark]:
    body = g.path(
        "-19.5,-2.5 -15,3.4 -7,6.2 0,6.8 7,6.2 15,3.4 19.5,-2.5 21.6,6 20.2,16"
        " 13.6,23.4 0,25.4 -13.6,23.4 -20.2,16 -21.6,6 -19.5,-2.5"
    )
    back = g.path("-19.2,-2! -10,2.6 0,4 10,2.6 19.2,-2! 9,8.5 -9,8.5 -19.2,-2!")
    strap = g.path("-19.9,-1.6 -19.4,-12 -12.4,-22.6 0,-26.4 12.4,-22.6 19.4,-12 19.9,-1.6")
    tube = g.Tube(strap, (2.2, 3.6, 4.2, 3.6, 2.2))
    folds = (
        Fold(g.spline([(-19.0, -1.0), (-13.0, 8.0), (-4.0, 13.5)]), 1.7, 0.75, 0.3, (0.1, 0.7)),
        Fold(g.spline([(19.0, -1.0), (13.0, 8.0), (5.0, 14.0)]), 1.7, 0.7, -0.3, (0.1, 0.7)),
        Fold(g.spline([(-19.6, 1.5), (-16.0, 11.0), (-9.0, 18.0)]), 1.6, -0.6, 0.2, (0.1, 0.7)),
        Fold(g.spline([(19.6, 1.5), (16.0, 11.0), (9.0, 18.5)]), 1.6, -0.6, 0.2, (0.1, 0.7)),
        Fold(g.spline([(-11.0, 6.5), (-1.0, 11.0), (10.0, 7.0)]), 1.5, 0.5, 0.2, (0.3, 0.3)),
    )
    marks: list[Mark] = [Panel(back, INSIDE, slots=LINED, shadow=None, tone=0.32)]
    marks.append(
        Panel(
            tube.outline,
            bag.cloth,
            Relief(limb=tube, round=1.0, crumples=(Crumple(0.1, 4, 4, 3),)),
            shadow=None,
            edge=0.5,
        )
    )
    marks += [
        Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.1, strength=0.5) for inset in (0.8, -0.8)
    ]
    marks.append(
        Panel(
            body,
            bag.cloth,
            Relief(puff=(6.5, 3.0), folds=folds, crumples=dr.hang(0.5, 9, 0.1)),
            shadow=Shadow(0.2, 0.3, 0.8, 0.4),
            edge=0.6,
            edge_width=0.2,
        )
    )
    seam = g.spline([(0.0, 6.9), (0.0, 16.0), (0.0, 25.2)])
    marks += [
        Seam(seam, 0.14, 0.4, 0.2),
        Stitches(g.shift(seam, 0.45, 0), on=0.34, off=0.16, width=0.09, strength=0.5),
        Stitches(g.shift(seam, -0.45, 0), on=0.34, off=0.16, width=0.09, strength=0.5),
    ]
    marks.append(
        Stitches(
            g.path("-14.6,4.2 -7,6.9 0,7.5 7,6.9 14.6,4.2"),
            on=0.34,
            off=0.16,
            width=0.1,
            strength=0.6,
        )
    )
    marks += [ring(-19.8, -2.2, 1.9), ring(19.8, -2.2, 1.9)]
    return marks


def bucket(bag: Bag) -> list[Mark]:
    body = g.path(
        "-11.4,0.2! -5.5,1.4 0,1 5.5,1.5 11.4,0.2! 12.4,10 12.9,21 12.2,25.6 6,27.4"
        " 0,27.8 -6,27.4 -12.2,25.6 -12.9,21 -12.4,10 -11.4,0.2!"
    )
    mouth = g.path("-11.3,0.3! -6,-1.9 0,-2.2 6,-1.9 11.3,0.3! 5.5,2.4 0,2 -5.5,2.3 -11.3,0.3!")
    strap = g.path("-11.6,3.4 -12,-9 -7.4,-21 0,-25 7.4,-21 12,-9 11.6,3.4")
    tube = g.Tube(strap, (1.8, 1.8))
    folds = tuple(
        Fold(
            g.spline([(x, 2.4), (x * 1.02 + 0.4, 8.0), (x * 1.05, 15.0)]),
            1.1,
            0.55 * (-1) ** n,
            0.2,
            (0.05, 0.8),
        )
        for n, x in enumerate((-9.0, -6.6, -4.2, -1.6, 1.4, 4.0, 6.6, 9.2))
    )
    base = g.path("-13,21.4! 0,23.4 13,21.4! 12.2,25.7 6,27.5 0,27.9 -6,27.5 -12.2,25.7 -13,21.4!")
    smooth = Cloth(weave=leather(), gloss=0.4, shine=0.1, fuzz=0.3, tint=0.4)
    marks: list[Mark] = [
        Panel(tube.outline, smooth, Relief(limb=tube, round=0.5), slots=EDGES, shadow=None, edge=0.5),
        Panel(mouth, INSIDE, slots=LINED, shadow=None, tone=0.35),
    ]
    marks += [
        Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.08, strength=0.5)
        for inset in (0.55, -0.55)
    ]
    marks.append(
        Panel(
            body,
            bag.cloth,
            Relief(body=6.0, folds=folds, crumples=dr.hang(0.4, 7, 0.0)),
            shadow=None,
            edge=0.5,
            edge_width=0.2,
        )
    )
    marks += [
        Panel(
            base,
            smooth,
            Relief(body=6.0, puff=(1.2, 0.3)),
            slots=EDGES,
            shadow=Shadow(0, -0.3, 0.4, 0.4),
            edge=0.5,
        ),
        Stitches(
            g.spline([(-12.8, 22.2), (0.0, 24.1), (12.8, 22.2)]), on=0.34, off=0.16, width=0.1, strength=0.6
        ),
    ]
    cord = g.path("-12,4.4 -8,5.3 -3,5.9 3,5.9 8,5.3 12,4.4")
    rope = g.Tube(cord, (0.7, 0.7))
    marks.append(
        Panel(
            rope.outline,
            smooth,
            Relief(limb=rope, round=0.35),
            slots=EDGES,
            shadow=Shadow(0.1, 0.3, 0.3, 0.5),
            edge=0.2,
        )
    )
    for x in (-8.6, -5.4, -2.2, 2.2, 5.4, 8.6):
        y = float(np.interp(x, cord[:, 0], cord[:, 1]))
        marks.append(ring(x, y, 0.75, 0.28))
    for points in ([(-0.4, 5.9), (-1.6, 10.5), (-1.2, 15.6)], [(0.5, 5.9), (1.9, 9.5), (2.2, 13.6)]):
        line = g.spline([(float(x), float(y)) for x, y in points])
        end = line[-1]
        hanging = g.Tube(line, (0.7, 0.7))
        marks += [
            Panel(
                hanging.outline,
                smooth,
                Relief(limb=hanging, round=0.35),
                slots=EDGES,
                shadow=Shadow(0.2, 0.3, 0.4, 0.45),
                edge=0.2,
            ),
            Panel(
                g.ellipse(float(end[0]), float(end[1]) + 0.7, 0.62, 1.0),
                METAL,
                Relief(puff=(0.6, 0.5)),
                slots=METALS,
                shadow=Shadow(0.2, 0.3, 0.3, 0.45),
            ),
        ]
    marks.append(
        Panel(
            g.ellipse(0.1, 6.0, 1.0, 0.8),
            smooth,
            Relief(puff=(0.8, 0.6)),
            slots=EDGES,
            shadow=Shadow(0.1, 0.3, 0.3, 0.5),
        )
    )
    for side in (1, -1):
        tab = g.box(side * 11.5 - 1.2, 1.6, side * 11.5 + 1.2, 7.6, 0.9)
        marks += [
            Panel(tab, smooth, Relief(puff=(0.6, 0.2)), slots=EDGES, clip=body, shadow=CLOSE, edge=0.5),
            Button(side * 11.3, 6.0, 0.45, slot="metal", dome=True, shine=0.8),
        ]
    return marks

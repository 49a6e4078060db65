"""Bags that stand: top handle with a lock, saddle, envelope clutch. y = 0 is the bag's upper edge."""

from garment_artwork.accessories.bag_parts import METAL, METALS, Bag, handle, ring, sewn
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Relief


def tophandle(bag: Bag) -> list[Mark]:
    body = g.rounded([(-14.6, 0.0), (14.6, 0.0), (16.8, 22.4), (-16.8, 22.4)], 1.6, 0.25)
    flap = g.rounded([(-14.5, -1.2), (14.5, -1.2), (15.2, 11.6), (-15.2, 11.6)], 2.6, 0.3)
    arch = g.path("-7.4,-1.4 -7,-7.4 -4.2,-11.2 0,-12.5 4.2,-11.2 7,-7.4 7.4,-1.4")
    strap = g.path("-15.8,8.2! 15.8,8.2! 15.9,10.6! -15.9,10.6! -15.8,8.2!")
    marks: list[Mark] = []
    marks += [Button(x, 22.7, 0.6, slot="metal", dome=True, shine=0.8) for x in (-12.6, 12.6)]
    marks += handle(arch, 1.7, bag.cloth)
    marks += [
        Panel(body, bag.cloth, Relief(puff=(2.6, 1.2)), shadow=None, edge=0.8, edge_width=0.22),
        sewn(body, 0.8),
    ]
    for side in (1, -1):
        gusset = g.spline(
            [
                (side * 14.7, 1.0, 1),
                (side * 15.8, 12.0),
                (side * 16.6, 20.8, 1),
                (side * 15.2, 21.8, 1),
                (side * 14.5, 12.0),
                (side * 13.6, 1.0, 1),
                (side * 14.7, 1.0, 1),
            ]
        )
        marks.append(
            Panel(gusset, bag.cloth, Relief(puff=(0.8, 0.3)), shadow=None, inherit=True, tone=0.8, edge=0.4)
        )
    marks += [
        Panel(
            flap,
            bag.cloth,
            Relief(puff=(2.2, 1.0)),
            shadow=Shadow(0.25, 0.9, 0.8, 0.5),
            edge=0.8,
            edge_width=0.22,
        ),
        sewn(flap, 0.7),
    ]
    marks += [
        Panel(
            strap,
            bag.cloth,
            Relief(puff=(0.9, 0.25)),
            shadow=Shadow(0.12, 0.3, 0.3, 0.45),
            inherit=True,
            edge=0.6,
        ),
        Stitches(g.shift(strap[:9], 0, 0.4), on=0.34, off=0.16, width=0.1, strength=0.55),
        Stitches(g.spline([(-15.8, 10.2), (15.8, 10.2)]), on=0.34, off=0.16, width=0.1, strength=0.55),
    ]
    for side in (1, -1):
        x = side * 7.4
        marks += [
            Panel(
                g.box(x - 1.5, -3.4, x + 1.5, 0.6, 0.8),
                bag.cloth,
                Relief(puff=(0.7, 0.3)),
                shadow=CLOSE,
                edge=0.6,
            ),
            ring(x, -3.0, 1.05, 0.32),
        ]
        marks.append(
            Panel(
                g.box(side * 10.6 - 0.5, 7.6, side * 10.6 + 0.5, 11.2, 0.4),
                METAL,
                Relief(puff=(0.4, 0.35)),
                slots=METALS,
                shadow=CLOSE,
                edge=0.4,
            )
        )
    plate = g.box(-1.9, 7.5, 1.9, 11.6, 0.5)
    marks += [
        Panel(
            plate, METAL, Relief(puff=(0.5, 0.35)), slots=METALS, shadow=Shadow(0.12, 0.3, 0.3, 0.5), edge=0.5
        ),
        Button(0.0, 9.5, 1.05, slot="metal", dome=True, shine=0.9),
        Seam(g.spline([(0.0, 8.9), (0.0, 10.1)]), 0.22, 0.6, 0.1),
    ]
    return marks


def saddle(bag: Bag) -> list[Mark]:
    strap = g.path("-12.4,2.2 -15.4,-12 -9,-30 0,-35 9,-30 15.4,-12 12.4,2.2")
    tube = g.Tube(strap, (1.7, 1.7))
    body = g.path(
        "-12,0.4! 0,0.2 12,0.4! 13.5,6 13.2,12.6 9.4,18.2 0,20.4 -9.4,18.2 -13.2,12.6 -13.5,6 -12,0.4!"
    )
    flap = g.path(
        "-12.2,0.2 -9.6,-1.2 0,-1.6 9.6,-1.2 12.2,0.2 13,5.6 11,11.2 5.4,14.9 0,15.6"
        " -5.4,14.9 -11,11.2 -13,5.6 -12.2,0.2"
    )
    marks: list[Mark] = [Panel(tube.outline, bag.cloth, Relief(limb=tube, round=0.12), shadow=None, edge=0.5)]
    marks += [
        Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.08, strength=0.5)
        for inset in (0.55, -0.55)
    ]
    buckle = g.at(strap, g.arc(strap)[-1] * 0.80)[0]
    marks += [
        Panel(body, bag.cloth, Relief(puff=(3.4, 1.8)), shadow=None, edge=0.7, edge_width=0.22),
        sewn(body, 0.7),
    ]
    marks += [
        Panel(
            flap,
            bag.cloth,
            Relief(puff=(3.0, 1.4), crumples=(Crumple(0.12, 5, 5, 4),)),
            shadow=Shadow(0.25, 1.0, 0.8, 0.55),
            edge=0.8,
            edge_width=0.22,
        ),
        sewn(flap, 0.65),
    ]
    tab = g.path("-1.5,10.5! 1.5,10.5! 1.4,15.6 0,17.4 -1.4,15.6 -1.5,10.5!")
    marks += [
        Panel(tab, bag.cloth, Relief(puff=(0.8, 0.3)), shadow=Shadow(0.12, 0.35, 0.35, 0.5), edge=0.6),
        sewn(tab, 0.35),
        Button(0.0, 15.2, 0.75, slot="metal", dome=True, shine=0.9),
    ]
    marks += [ring(side * 12.3, 1.4, 1.25, 0.34) for side in (1, -1)]
    marks.append(
        Panel(
            g.turn(
                g.box(
                    float(buckle[0]) - 1.35,
                    float(buckle[1]) - 1.5,
                    float(buckle[0]) + 1.35,
                    float(buckle[1]) + 1.5,
                    0.35,
                ),
                18,
                (float(buckle[0]), float(buckle[1])),
            ),
            METAL,
            Relief(puff=(0.35, 0.3)),
            slots=METALS,
            holes=(
                g.turn(
                    g.box(
                        float(buckle[0]) - 0.95,
                        float(buckle[1]) - 1.1,
                        float(buckle[0]) + 0.95,
                        float(buckle[1]) + 1.1,
                        0.2,
                    ),
                    18,
                    (float(buckle[0]), float(buckle[1])),
                ),
            ),
            shadow=CLOSE,
            edge=0.4,
        )
    )
    return marks


def clutch(bag: Bag) -> list[Mark]:
    body = g.rounded([(-15.5, 0.0), (15.5, 0.0), (15.5, 18.5), (-15.5, 18.5)], 1.0, 0.12)
    flap = g.rounded([(-15.5, -0.2), (15.5, -0.2), (15.45, 1.7), (0.0, 13.2), (-15.45, 1.7)], 1.0)
    marks: list[Mark] = [
        Panel(
            body,
            bag.cloth,
            Relief(puff=(1.8, 0.8), crumples=(Crumple(0.10, 7, 6, 4),)),
            shadow=None,
            edge=0.7,
            edge_width=0.2,
        )
    ]
    marks += [Seam(g.spline([(side * 15.3, 17.6), (side * 5.0, 10.4)]), 0.1, 0.28, 0.14) for side in (1, -1)]
    marks += [
        Panel(
            flap,
            bag.cloth,
            Relief(puff=(1.6, 0.55), crumples=(Crumple(0.08, 7, 6, 5),)),
            shadow=Shadow(0.2, 0.8, 0.7, 0.55),
            edge=0.8,
            edge_width=0.2,
        )
    ]
    marks.append(
        Stitches(
            g.path("-14.6,1.9! -1.4,11.2 0,11.7 1.4,11.2 14.6,1.9!"),
            on=0.3,
            off=0.14,
            width=0.08,
            strength=0.4,
        )
    )
    marks += [Button(0.0, 10.1, 0.85, slot="metal", dome=True, shine=0.9), ring(0.0, 10.1, 1.2, 0.26)]
    return marks

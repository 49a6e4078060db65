"""Bags from the front: tote, hobo, top handle with a lock, saddle, envelope clutch, bucket. y = 0 is the bag's upper edge."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing.cloth import Cloth, leather, woven
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.marks import CLOSE, Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Fold, Relief

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


def _sewn(line: Line, inset: float, strength: float = 0.6) -> Stitches:
    middle = (line.min(axis=0) + line.max(axis=0)) / 2
    size = line.max(axis=0) - line.min(axis=0)
    inner = middle + (line - middle) * (1 - 2 * inset / size)
    return Stitches(np.concatenate([inner, inner[:1]]), on=0.34, off=0.16, width=0.10, strength=strength)


def _handle(line: Line, width: float, cloth: Cloth, tone: float = 1.0) -> list[Mark]:
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


def _ring(x: float, y: float, radius: float, thick: float = 0.42) -> Panel:
    return Panel(
        g.ellipse(x, y, radius, radius),
        METAL,
        Relief(puff=(thick * 0.8, thick * 0.8)),
        slots=METALS,
        holes=(g.ellipse(x, y, radius - thick, radius - thick),),
        shadow=Shadow(0.12, 0.25, 0.25, 0.5),
        edge=0.4,
    )


def _tote(bag: Bag) -> list[Mark]:
    front = g.rounded([(-19.8, 0.0), (19.8, 0.0), (17.4, 29.0), (-17.4, 29.0)], 2.0, 0.4)
    back = g.path("-19.2,0.2! -10,-1.8 0,-2.1 10,-1.8 19.2,0.2! 0,2.5 -19.2,0.2!")
    far = g.path("-8.6,-0.6 -8.4,-10 -5.6,-17.2 0,-19.6 5.6,-17.2 8.4,-10 8.6,-0.6")
    near = g.path("-9,5.6 -9,-4 -6.6,-13 0,-17 6.6,-13 9,-4 9,5.6")
    folds = (
        Fold(g.spline([(-19, 2), (-16.4, 12), (-17.0, 26)]), 1.6, -0.35),
        Fold(g.spline([(19, 2), (16.4, 12), (17.0, 26)]), 1.6, -0.35),
    )
    marks: list[Mark] = [
        *_handle(far, 1.5, bag.cloth, 0.6),
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
    marks += _handle(near, 1.6, bag.cloth)
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
            _sewn(tab, 0.32),
            Button(side * 9.0, 7.3, 0.5, slot="metal", dome=True, shine=0.8),
        ]
    marks += _stamp(0.0, 12.0)
    return marks


def _stamp(x: float, y: float) -> list[Mark]:
    """The house's name, pressed into the leather: a line of letters too small to be read, as on the real thing."""
    marks: list[Mark] = []
    for n, width in enumerate((0.34, 0.34, 0.26, 0.3, 0.34, 0.3, 0.34, 0.34, 0.3)):
        at = x - 2.6 + n * 0.65
        marks.append(Shade(g.box(at - width / 2, y - 0.32, at + width / 2, y + 0.32, 0.1), 0.08, 0.22))
    return marks


def _hobo(bag: Bag) -> list[Mark]:
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
    for inset in (0.8, -0.8):
        marks.append(Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.1, strength=0.5))
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
    marks += [_ring(-19.8, -2.2, 1.9), _ring(19.8, -2.2, 1.9)]
    return marks


def _tophandle(bag: Bag) -> list[Mark]:
    body = g.rounded([(-14.6, 0.0), (14.6, 0.0), (16.8, 22.4), (-16.8, 22.4)], 1.6, 0.25)
    flap = g.rounded([(-14.5, -1.2), (14.5, -1.2), (15.2, 11.6), (-15.2, 11.6)], 2.6, 0.3)
    arch = g.path("-7.4,-1.4 -7,-7.4 -4.2,-11.2 0,-12.5 4.2,-11.2 7,-7.4 7.4,-1.4")
    strap = g.path("-15.8,8.2! 15.8,8.2! 15.9,10.6! -15.9,10.6! -15.8,8.2!")
    marks: list[Mark] = []
    marks += _handle(arch, 1.7, bag.cloth)
    marks += [
        Panel(body, bag.cloth, Relief(puff=(2.6, 1.2)), shadow=None, edge=0.8, edge_width=0.22),
        _sewn(body, 0.8),
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
        _sewn(flap, 0.7),
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
            _ring(x, -3.0, 1.05, 0.32),
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
    for x in (-12.6, 12.6):
        marks.append(Button(x, 23.0, 0.55, slot="metal", dome=True, shine=0.8))
    return marks


def _saddle(bag: Bag) -> list[Mark]:
    strap = g.path("-12.4,2.2 -15.4,-12 -9,-30 0,-35 9,-30 15.4,-12 12.4,2.2")
    tube = g.Tube(strap, (1.7, 1.7))
    body = g.path(
        "-12,0.4! 0,0.2 12,0.4! 13.5,6 13.2,12.6 9.4,18.2 0,20.4 -9.4,18.2 -13.2,12.6 -13.5,6 -12,0.4!"
    )
    flap = g.path(
        "-12.2,0.2 -9.6,-1.2 0,-1.6 9.6,-1.2 12.2,0.2 13,5.6 11,11.2 5.4,14.9 0,15.6"
        " -5.4,14.9 -11,11.2 -13,5.6 -12.2,0.2"
    )
    marks: list[Mark] = [Panel(tube.outline, bag.cloth, Relief(limb=tube, round=0.4), shadow=None, edge=0.5)]
    for inset in (0.55, -0.55):
        marks.append(Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.08, strength=0.5))
    buckle = g.at(strap, g.arc(strap)[-1] * 0.80)[0]
    marks += [
        Panel(body, bag.cloth, Relief(puff=(3.4, 1.8)), shadow=None, edge=0.7, edge_width=0.22),
        _sewn(body, 0.7),
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
        _sewn(flap, 0.65),
    ]
    tab = g.path("-1.5,10.5! 1.5,10.5! 1.4,15.6 0,17.4 -1.4,15.6 -1.5,10.5!")
    marks += [
        Panel(tab, bag.cloth, Relief(puff=(0.8, 0.3)), shadow=Shadow(0.12, 0.35, 0.35, 0.5), edge=0.6),
        _sewn(tab, 0.35),
        Button(0.0, 15.2, 0.75, slot="metal", dome=True, shine=0.9),
    ]
    for side in (1, -1):
        marks.append(_ring(side * 12.3, 1.4, 1.25, 0.34))
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


def _clutch(bag: Bag) -> list[Mark]:
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
    for side in (1, -1):
        marks.append(Seam(g.spline([(side * 15.3, 17.6), (side * 5.0, 10.4)]), 0.1, 0.28, 0.14))
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
    marks += [Button(0.0, 10.1, 0.85, slot="metal", dome=True, shine=0.9), _ring(0.0, 10.1, 1.2, 0.26)]
    return marks


def _bucket(bag: Bag) -> list[Mark]:
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
    for inset in (0.55, -0.55):
        marks.append(Stitches(g.beside(strap, inset), on=0.34, off=0.16, width=0.08, strength=0.5))
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
        marks.append(_ring(x, y, 0.75, 0.28))
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


_KINDS: dict[str, Callable[[Bag], list[Mark]]] = {
    "tote": _tote,
    "hobo": _hobo,
    "tophandle": _tophandle,
    "saddle": _saddle,
    "clutch": _clutch,
    "bucket": _bucket,
}


def bag(cut: Bag) -> Garment:
    """A whole bag."""
    return Garment(tuple(_KINDS[cut.kind](cut)), fill=0.84, colours=cut.colours)

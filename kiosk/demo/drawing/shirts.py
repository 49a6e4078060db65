"""Shirts and shirt dresses: collar on a stand, placket, yoke, cuffs, tails; and the soft blouses made like them."""

from dataclasses import dataclass, field

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing.cloth import Cloth, woven
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.marks import CLOSE, SOFT, Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Fold, Relief


@dataclass(frozen=True, slots=True)
class Shirt:
    """How a shirt is cut; lengths in cm."""

    cloth: Cloth = Cloth(weave=woven(0.015), gloss=0.05)
    collar: str = "point"
    front: str = "placket"
    pocket: bool = False
    length: float = 76.0
    chest: float = 23.0
    hip: float = 23.0
    waist: float = 21.8
    tails: float = 5.5
    full: float = 0.0
    seed: int = 1
    crush: float = 0.05
    drape: float = 0.35
    colours: dict[str, str] = field(default_factory=dict)


def front_line(cut: Shirt) -> Line:
    """The body's outline."""
    c, h, w, length = cut.chest, cut.hip, cut.waist, cut.length
    half = g.spline(
        [
            (0.0, 6.5, 1),
            (4.2, 5.2),
            (8.0, 0.2, 1),
            (15.0, 2.2),
            (c - 0.8, 5.0, 1),
            (c - 2.5, 11.0),
            (c - 2.3, 18.5),
            (c, 24.5, 1),
            (w + 0.2, 38.0),
            (w, 46.0),
            (h - 0.4, 60.0),
            (h + 0.2, length - cut.tails, 1),
            (h * 0.72, length - 1.2),
            (h * 0.36, length),
            (0.0, length + 0.1, 1),
        ]
    )
    return g.whole(half)


def sleeve_edges(cut: Shirt) -> tuple[Line, Line]:
    """Outer and inner edge of the right sleeve, down to the cuff's seam."""
    c, f = cut.chest, cut.full
    outer = g.spline(
        [
            (c - 5, 3.4),
            (c - 0.6, 4.8),
            (c + 4.2, 11.0),
            (c + 7.6 + 0.3 * f, 26.0),
            (c + 10.2 + f, 42.0),
            (c + 12.0 + 1.2 * f, 54.0),
            (c + 12.2 + 0.5 * f, 60.0),
        ]
    )
    inner = g.spline(
        [
            (c - 6, 15.0),
            (c - 3.0, 21.0),
            (c - 0.6, 26.0),
            (c + 1.2, 36.0),
            (c + 2.4 - 0.5 * f, 47.0),
            (c + 3.0 - 0.8 * f, 55.0),
            (c + 3.8 - 0.3 * f, 61.6),
        ]
    )
    return outer, inner


def sleeves(cut: Shirt, depth: float = 6.2) -> list[Mark]:
    """Both sleeves with their cuffs, to lie behind the body."""
    outer, inner = sleeve_edges(cut)
    limb, line = g.limb(outer, inner)
    marks: list[Mark] = []
    for side in (1, -1):
        tube, outline = (limb, line) if side > 0 else (limb.mirrored(), g.mirror(line))
        folds = (
            dr.crossing(limb, cut.seed, (0.36, 0.5, 0.6, 0.74), cut.drape * 0.75, 0.9, 1.5)
            + dr.lengthwise(limb, cut.seed, 2, cut.drape * 0.6, 1.5)
        )
        end_a, end_b = (outer[-1], inner[-1])
        folds += dr.gathers(tuple(end_b), tuple(end_a), 9.0 + 4 * cut.full, 5, cut.drape * (0.9 + 0.5 * cut.full))
        folds = folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds)
        relief = Relief(
            limb=tube,
            round=3.6,
            folds=folds,
            crumples=dr.hang(cut.drape * 0.8, cut.seed + side, 0.5),
        )
        marks.append(Panel(outline, cut.cloth, relief, shadow=None))
        marks += cuff(cut, outer[-1], inner[-1], depth, side)
    return marks


def cuff(cut: Shirt, a: Line, b: Line, length: float, side: int) -> list[Mark]:
    ax, ay, bx, by = float(a[0]) - 0.35, float(a[1]), float(b[0]) + 0.35, float(b[1])
    dx, dy = 0.075 * length, length
    outer = g.spline([(ax, ay - 0.3), (ax + dx * 1.2, ay + dy * 0.5), (ax + dx, ay + dy)])
    inner = g.spline([(bx, by - 0.3), (bx + dx * 0.6, by + dy * 0.5), (bx + dx, by + dy)])
    tube, outline = g.limb(outer, inner, 24)
    hem = g.spline([tuple(inner[-1]), ((ax + bx) / 2 + dx, (ay + by) / 2 + dy + 0.5), tuple(outer[-1])])
    mouth = Panel(
        g.mirror(stack(hem, 1.0)) if side < 0 else stack(hem, 1.0), cut.cloth, shadow=None, tone=0.35
    )
    seam = g.spline([tuple(inner[0]), ((ax + bx) / 2, (ay + by) / 2 + 0.25), tuple(outer[0])])
    x, y = (ax * 0.35 + bx * 0.65) + dx * 0.4, (ay * 0.35 + by * 0.65) + dy * 0.55
    marks: list[Mark] = [
        Panel(
            outline if side > 0 else g.mirror(outline),
            cut.cloth,
            Relief(limb=tube if side > 0 else tube.mirrored(), round=2.9, crumples=(Crumple(0.03, 2, 2, 9),)),
            shadow=CLOSE,
        )
    ]
    del mouth
    for line in (g.shift(seam, dx * 0.1, 0.55), g.shift(hem, -dx * 0.1, -0.55)):
        marks.append(Stitches(line if side > 0 else g.mirror(line), on=0.2, off=0.13, width=0.05, strength=0.5))
    marks.append(Button(x * side, y, 0.5))
    return marks


def stack(line: Line, depth: float) -> Line:
    """The lens-shaped opening below a hem line."""
    import numpy as np

    return np.concatenate([line, g.shift(line, 0, -depth)[::-1]])


def inside(cut: Shirt) -> list[Mark]:
    """The back of the neck, seen through the opening, with its label."""
    back = g.whole(g.spline([(0.0, -4.6, 1), (4.0, -4.3), (6.9, -2.9, 1), (7.6, 1.5), (5.0, 7.0), (0.0, 9.5, 1)]))
    def deep(x, y):  # type: ignore[no-untyped-def]
        return (0.62 - 0.05 * (y + 4)).clip(0.22, 0.62)
    label = g.box(-1.9, -1.6, 1.9, 0.6, 0.12)
    marks: list[Mark] = [
        Panel(back, cut.cloth, Relief(crumples=(Crumple(0.03, 3, 3, 4),)), shadow=None, tone=deep, edge=0.2),
        Seam(g.spline([(-6.8, -0.9), (0.0, -2.4), (6.8, -0.9)]), 0.1, 0.3),
        Panel(label, Cloth(weave=woven(0.01), gloss=0.02), slots=("label", "second", "third"), shadow=CLOSE, tone=0.62, edge=0.1),
    ]
    return marks


def collar(cut: Shirt) -> list[Mark]:
    """Stand and leaves."""
    stand = g.whole(g.spline([(0.0, 4.2, 1), (3.2, 1.0), (6.4, -3.0, 1), (8.2, 0.4), (5.0, 5.8), (1.7, 7.3, 1), (0.0, 7.5, 1)]))
    leaf = g.spline(
        [
            (0.35, 4.9, 1), (2.6, 2.2), (5.0, -1.4), (6.6, -3.7, 1), (8.6, -2.2), (9.7, 0.6, 1),
            (9.3, 5.0), (7.9, 11.2, 1), (4.2, 8.0), (0.35, 4.9, 1),
        ]
    )
    fold = Relief(forms=(lambda x, y: (0.9 * ((-(x - 5.2) * 0.35 - (y + 1.5)) / 6 + 0.6).clip(0, 1)).astype("float32"),), crumples=(Crumple(0.03, 2, 2, 3),))
    marks: list[Mark] = [
        Panel(stand, cut.cloth, Relief(crumples=(Crumple(0.02, 2, 2, 3),)), shadow=CLOSE, tone=0.86),
        Button(0.0, 5.9, 0.5),
    ]
    for side in (1, -1):
        shape = leaf if side > 0 else g.mirror(leaf)
        relief = fold if side > 0 else Relief(forms=(lambda x, y: fold.forms[0](-x, y),), crumples=fold.crumples)
        marks.append(Panel(shape, cut.cloth, relief, grain=-24 * side, shadow=Shadow(0.15, 0.45, 0.55, 0.5), edge=0.5))
        inset = g.beside(g.spline([(9.5, 1.4), (9.2, 5.0), (7.9, 11.2, 1), (4.2, 8.0), (0.9, 5.3)]), 0)
        line = g.spline([(9.0, 1.6), (8.7, 5.0), (7.55, 10.2, 1), (4.3, 7.4), (1.0, 4.8)])
        del inset
        marks.append(Stitches(line if side > 0 else g.mirror(line), on=0.2, off=0.13, width=0.05, strength=0.45))
        if cut.collar == "button":
            marks.append(Button(7.5 * side, 9.9, 0.42))
    return marks


def body(cut: Shirt) -> list[Mark]:
    """The front with its placket, yoke and buttons."""
    outline = front_line(cut)
    folds = (
        dr.armpit(cut.chest - 1, 25.0, 13.0, cut.drape * 0.8, cut.seed)
        + dr.falling(cut.seed, (-cut.hip + 3, cut.hip - 3), (30, cut.length), 6, cut.drape * 0.7, 2.4)
    )
    relief = Relief(body=7.5, folds=folds, crumples=dr.hang(cut.drape, cut.seed, 0.5))
    marks: list[Mark] = [Panel(outline, cut.cloth, relief, shadow=Shadow(0.4, 0.6, 1.2, 0.5))]
    yoke = g.spline([(8.3, 2.0), (15, 4.6), (cut.chest - 1.0, 7.6)])
    marks += [Seam(yoke), Seam(g.mirror(yoke))]
    hem = g.part(g.spline([(-cut.hip, cut.length - cut.tails - 0.6), (-cut.hip * 0.72, cut.length - 1.9), (0.0, cut.length - 0.7), (cut.hip * 0.72, cut.length - 1.9), (cut.hip, cut.length - cut.tails - 0.6)]), 0, 1)
    marks.append(Stitches(hem, on=0.2, off=0.13, width=0.05, strength=0.5))
    placket = g.box(-1.75, 6.3, 1.75, cut.length + 0.1)
    marks.append(Panel(placket, cut.cloth, Relief(crumples=(Crumple(0.02, 1.2, 4, 2),)), clip=outline, shadow=CLOSE, inherit=True, edge=0.5))
    for x in (-1.3, 1.3):
        marks.append(Stitches(g.spline([(x, 7.5), (x, cut.length - 0.8)]), on=0.2, off=0.13, width=0.05, strength=0.45))
    y = 13.5
    while y < cut.length - 6:
        marks.append(Button(0.0, y, 0.52))
        y += 8.8
    return marks


def shirt(cut: Shirt) -> Garment:
    """A whole shirt."""
    marks = [*sleeves(cut), *inside(cut), *body(cut), *collar(cut)]
    return Garment(tuple(marks), colours=cut.colours)

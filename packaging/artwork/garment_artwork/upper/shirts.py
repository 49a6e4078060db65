"""Shirts and shirt dresses: collar on a stand, placket, yoke, cuffs, tails; and the soft blouses made like them."""

from dataclasses import dataclass, field
from typing import Final

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, woven
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.marks import CLOSE, Button, Garment, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Drape, Relief
from garment_artwork.upper import pockets, torso
from garment_artwork.upper.shirt_collars import collar

_POPLIN: Final = Cloth(weave=woven(0.015), gloss=0.05)


@dataclass(frozen=True, slots=True)
class Shirt:
    """How a shirt is cut; lengths in cm. `collar` point, button, band or bow; `front` placket or hidden."""

    cloth: Cloth = _POPLIN
    collar: str = "point"
    front: str = "placket"
    pocket: bool = False
    length: float = 76.0
    chest: float = 23.0
    waist: float = 21.8
    hip: float = 23.0
    hem: float = 23.2
    tails: float = 5.5
    full: float = 0.0
    seed: int = 1
    drape: float = 0.7
    crisp: float = 0.5
    flare: float = 0.0
    belt: bool = False
    short: float = 0.0
    colours: dict[str, str] = field(default_factory=dict)


def front_line(cut: Shirt) -> Line:
    """The body's outline."""
    c, h, w, length = cut.chest, cut.hip, cut.waist, cut.length
    side: list[Point] = [(w + 0.2, 38.0), (w, 46.0), (h - 0.4, 61.0)]
    if length > 90:
        side = [((c + w) / 2, 36.0), (w, 44.0), (h, 64.0), ((h + cut.hem) / 2, (64 + length) / 2)]
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
            *side,
            (cut.hem, length - cut.tails, 1),
            (cut.hem * 0.72, length - 1.2),
            (cut.hem * 0.36, length),
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
        folds = dr.crossing(
            limb, cut.seed, (0.36, 0.5, 0.6, 0.74), cut.drape * 0.75, 0.9, 1.5
        ) + dr.lengthwise(limb, cut.seed, 2, cut.drape * 0.6, 1.5)
        end_a, end_b = (outer[-1], inner[-1])
        folds += dr.gathers(
            tuple(end_b), tuple(end_a), 9.0 + 4 * cut.full, 5, cut.drape * (0.9 + 0.5 * cut.full)
        )
        folds = folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds)
        relief = Relief(
            limb=tube,
            round=3.6,
            folds=folds,
            crumples=dr.hang(cut.drape * 0.8, cut.seed + side, cut.crisp),
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
    hem = g.spline([g.near(inner[-1]), ((ax + bx) / 2 + dx, (ay + by) / 2 + dy + 0.5), g.near(outer[-1])])
    seam = g.spline([g.near(inner[0]), ((ax + bx) / 2, (ay + by) / 2 + 0.25), g.near(outer[0])])
    x, y = (ax * 0.35 + bx * 0.65) + dx * 0.4, (ay * 0.35 + by * 0.65) + dy * 0.55
    marks: list[Mark] = [
        Panel(
            outline if side > 0 else g.mirror(outline),
            cut.cloth,
            Relief(limb=tube if side > 0 else tube.mirrored(), round=2.9, crumples=(Crumple(0.03, 2, 2, 9),)),
            shadow=CLOSE,
        )
    ]
    marks += [
        Stitches(line if side > 0 else g.mirror(line), on=0.2, off=0.13, width=0.05, strength=0.5)
        for line in (g.shift(seam, dx * 0.1, 0.55), g.shift(hem, -dx * 0.1, -0.55))
    ]
    marks.append(Button(x * side, y, 0.5))
    return marks


def inside(cut: Shirt) -> list[Mark]:
    """The back of the neck, seen through the opening, with its label."""
    back = g.whole(g.path("0,-4.6! 4,-4.3 6.9,-2.9! 7.6,1.5 5,7 0,9.5!"))
    label = g.box(-1.9, -1.6, 1.9, 0.6, 0.12)
    marks: list[Mark] = [
        Panel(
            back,
            cut.cloth,
            Relief(crumples=(Crumple(0.03, 3, 3, 4),)),
            shadow=None,
            tone=torso.fading(-4, 4, 0.62, 0.22),
            edge=0.2,
        ),
        Seam(g.spline([(-6.8, -0.9), (0.0, -2.4), (6.8, -0.9)]), 0.1, 0.3),
        Panel(
            label,
            Cloth(weave=woven(0.01), gloss=0.02),
            slots=("label", "second", "third"),
            shadow=CLOSE,
            tone=0.62,
            edge=0.1,
        ),
        Seam(g.spline([(-1.0, -0.5), (1.0, -0.5)]), 0.2, 0.5, 0.0),
    ]
    return marks


def body(cut: Shirt) -> list[Mark]:
    """The front with its placket, yoke and buttons."""
    outline = front_line(cut)
    folds = dr.armpit(cut.chest - 1, 25.0, 13.0, cut.drape * 0.8, cut.seed)
    folds += dr.falling(cut.seed, (-cut.hip + 3, cut.hip - 3), (30, cut.length), 6, cut.drape * 0.7, 2.4)
    drapes = (Drape(5.4, 0.0, cut.flare, seed=cut.seed, wander=0.6),) if cut.flare else ()
    relief = Relief(body=7.5, folds=folds, drapes=drapes, crumples=dr.hang(cut.drape, cut.seed, cut.crisp))
    back = outline * [0.965, 1.0] + [0.0, 1.0]
    back = back[back[:, 1] > cut.length - 14]
    marks: list[Mark] = [
        Panel(back, cut.cloth, shadow=None, tone=0.4),
        Panel(outline, cut.cloth, relief, shadow=Shadow(0.4, 0.6, 1.2, 0.5)),
    ]
    yoke = g.spline([(8.3, 2.0), (15, 4.6), (cut.chest - 1.0, 7.6)])
    marks += [Seam(yoke), Seam(g.mirror(yoke))]
    h, low = cut.hem, cut.length
    hem = g.spline(
        [
            (-h, low - cut.tails - 0.6),
            (-h * 0.72, low - 1.9),
            (0.0, low - 0.7),
            (h * 0.72, low - 1.9),
            (h, low - cut.tails - 0.6),
        ]
    )
    marks.append(Stitches(hem, on=0.2, off=0.13, width=0.05, strength=0.5))
    if cut.pocket:
        marks += pockets.patch(
            cut.cloth,
            g.path("6,21! 17,21! 17,31.5! 11.5,33.8! 6,31.5! 6,21!"),
        )
    return [*marks, *_front(cut, outline)]


def _front(cut: Shirt, outline: Line) -> list[Mark]:
    """The closing: a placket with its buttons, or one that hides them."""
    hidden = cut.front == "hidden"
    placket = g.box(-1.75, 6.3, 1.75, cut.length + 0.1)
    relief = Relief(crumples=(Crumple(0.02, 1.2, 4, 2),))
    marks: list[Mark] = [
        Panel(placket, cut.cloth, relief, clip=outline, shadow=CLOSE, inherit=True, edge=0.5)
    ]
    for x in (1.45,) if hidden else (-1.3, 1.3):
        line = g.spline([(x, 7.5), (x, cut.length - 0.8)])
        marks.append(
            Seam(line, 0.08, 0.2, 0.06)
            if hidden
            else Stitches(line, on=0.2, off=0.13, width=0.05, strength=0.45)
        )
    y = 13.5
    while y < cut.length - 6 and not hidden:
        marks.append(Button(0.0, y, 0.52))
        y += 8.8
    return marks


def _belt(cut: Shirt) -> list[Mark]:
    """A belt of the same cloth with a covered buckle."""
    w, y = cut.waist + 0.3, 44.0
    band = g.spline(
        [
            (-w, y - 1.6, 1),
            (0, y - 0.9),
            (w, y - 1.6, 1),
            (w, y + 1.6, 1),
            (0, y + 2.3),
            (-w, y + 1.6, 1),
            (-w, y - 1.6, 1),
        ]
    )
    marks: list[Mark] = [
        Panel(band, cut.cloth, Relief(body=7.5), grain=90, shadow=Shadow(0.1, 0.6, 0.6, 0.5), edge=0.6)
    ]
    tip = g.spline(
        [
            (2.0, y - 0.9, 1),
            (9.0, y - 0.8),
            (11.0, y + 0.8),
            (9.0, y + 2.2),
            (2.0, y + 2.3, 1),
            (2.0, y - 0.9, 1),
        ]
    )
    marks.append(Panel(tip, cut.cloth, shadow=Shadow(0.15, 0.4, 0.4, 0.5), edge=0.6, inherit=True))
    frame = g.box(-2.6, y - 1.5, 2.4, y + 2.9, 0.7)
    marks.append(
        Panel(
            frame,
            cut.cloth,
            Relief(puff=(0.5, 0.4)),
            holes=(g.box(-1.7, y - 0.7, 1.5, y + 2.1, 0.3),),
            shadow=Shadow(0.15, 0.4, 0.4, 0.5),
            edge=0.5,
        )
    )
    return marks


def shirt(cut: Shirt) -> Garment:
    """A whole shirt, blouse or shirt dress."""
    marks = [
        *sleeves(cut),
        *inside(cut),
        *body(cut),
        *(_belt(cut) if cut.belt else ()),
        *collar(cut.cloth, cut.collar),
    ]
    return Garment(tuple(marks), colours=cut.colours)

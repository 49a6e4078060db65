"""Scarf, silk square, belt, gloves, hat and beanie."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing.cloth import Cloth, Floats, Surface, grain, leather, napped, ribbed, seen, wave, woven
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.knitwear import turned
from kiosk.demo.drawing.marks import CLOSE, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Drape, Fold, Relief

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


def _fringe(x0: float, x1: float, y: float, length: float, cloth: Cloth, seed: int) -> list[Mark]:
    rng = np.random.default_rng(seed)
    marks: list[Mark] = []
    xs = np.arange(x0 + 0.25, x1 - 0.1, 0.62)
    for x in xs:
        sway = rng.uniform(-0.5, 0.5)
        far = y + length * rng.uniform(0.88, 1.08)
        line = g.spline([(float(x), y - 0.3), (float(x) + sway * 0.3, (y + far) / 2), (float(x) + sway, far)])
        tube = g.Tube(line, (0.5, 0.42, 0.34))
        marks.append(
            Panel(
                tube.outline,
                cloth,
                Relief(limb=tube, round=0.25),
                shadow=Shadow(0.08, 0.05, 0.15, 0.35),
                edge=0.0,
                tone=float(rng.uniform(0.86, 1.04)),
            )
        )
    return marks


def _scarf(piece: Piece) -> list[Mark]:
    """Folded over once and looped: the loop above, two ends hanging."""
    left = g.path("-11,20 -11.6,40 -12.6,62 -12.9,82! -0.9,82.4! -1.2,60 -2,40 -3,22 -11,20")
    right = g.path("1,22 0.8,40 1.6,58 1.4,73.6! 13.2,73.2! 12.6,56 11.4,38 10,20 1,22")
    marks: list[Mark] = []
    for n, (line, x0, x1, y) in enumerate(((right, 1.5, 13.1, 73.4), (left, -12.8, -1.0, 82.2))):
        folds = dr.falling(21 + n, (x0 + 1.5, x1 - 1.5), (20, y), 3, 0.85, 1.5)
        marks += _fringe(x0, x1, y, 6.5, piece.cloth, 5 + n)
        marks.append(
            Panel(
                line,
                piece.cloth,
                Relief(
                    folds=folds,
                    drapes=(Drape(2.4, 0.35, 0.25, seed=3 + n),),
                    crumples=dr.hang(0.4, 22 + n, 0.05),
                ),
                shadow=Shadow(0.5, 0.4, 0.9, 0.5),
                edge=0.9,
                edge_width=0.3,
            )
        )
    back = g.path("-12.6,7 -9,-0.4 0,-3.2 9,-0.4 12.6,7 9,11 0,12.4 -9,11 -12.6,7")
    marks.append(
        Panel(
            back,
            piece.cloth,
            Relief(puff=(3.0, 1.2), crumples=dr.hang(0.4, 31, 0.05)),
            shadow=None,
            tone=0.5,
            edge=0.8,
            edge_width=0.3,
        )
    )
    for flip, seed in ((1, 41), (-1, 42)):
        end = (
            [(-4.6, 23.4), (0.4, 25.6), (3.6, 23.0), (1.6, 18.0)]
            if flip > 0
            else [(-3.4, 26.0), (3.6, 29.4), (8.2, 28.6), (9.0, 24.6), (6.6, 20.6), (2.2, 18.0)]
        )
        loop = g.spline(
            [
                (-12.8, 5.0),
                (-13.9, 11.0),
                (-10.6, 19.0),
                *end,
                (-4.6, 12.6),
                (-8.2, 6.2),
                (-9.4, 2.2),
                (-12.8, 5.0),
            ]
        )
        folds = (
            Fold(g.path("-12,6 -9,15 -1,23 6,26"), 1.1, 0.75, 0.3, (0.2, 0.3)),
            Fold(g.path("-10.6,5 -7,12.6 0,19.6 6,23"), 1.0, -0.65, 0.3, (0.2, 0.3)),
            Fold(g.path("-13,9 -9.8,18 -3,25 4,29"), 0.9, -0.55, 0.3, (0.2, 0.3)),
        )
        shape = loop if flip > 0 else g.mirror(loop)
        folds = folds if flip > 0 else tuple(dr.mirrored(fold) for fold in folds)
        marks.append(
            Panel(
                shape,
                piece.cloth,
                Relief(puff=(3.4, 2.2), folds=folds, crumples=(Crumple(0.12, 3, 3, seed),)),
                grain=-40 * flip,
                shadow=Shadow(0.5, 0.8, 1.1, 0.55),
                edge=0.9,
                edge_width=0.3,
            )
        )
    return marks


def printed(size: float) -> Cloth:
    """The silk square's print: a border, a ring of bridle-like links, a field of small marks."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        half = size / 2
        x, y = u, v
        r = np.sqrt(x * x + y * y)
        angle = np.arctan2(y, x)
        edge = np.maximum(np.abs(x), np.abs(y))
        soft = np.float32(0.6 / fine)

        def line(d: Floats, width: float) -> Floats:
            return ((width / 2 - np.abs(d)) / soft + 0.5).clip(0, 1)

        border = ((edge - (half - 4.2)) / soft + 0.5).clip(0, 1)
        lines = line(edge - (half - 6.0), 0.45) + line(edge - (half - 1.6), 0.4)
        ring = line(r - size * 0.30 - 1.4 * np.sin(12 * angle), 0.5) + line(
            r - size * 0.30 + 1.4 * np.sin(12 * angle), 0.5
        )
        rosette = line(r - size * (0.10 + 0.045 * np.cos(8 * angle)), 0.55) + line(r - size * 0.045, 0.45)
        rays = line(np.sin(24 * angle) * r / 6, 0.34) * ((r > size * 0.17) & (r < size * 0.25))
        cell = 5.2
        du, dv = x - cell * np.round(x / cell), y - cell * np.round(y / cell)
        dots = (
            ((0.55 - np.sqrt(du * du + dv * dv)) / soft + 0.5).clip(0, 1)
            * (r > size * 0.37)
            * (edge < half - 7.5)
        )
        corner = np.sqrt((np.abs(x) - half + 13) ** 2 + (np.abs(y) - half + 13) ** 2)
        corners = line(corner - 5.0, 0.5) + line(corner - 3.4, 0.4) + ((1.2 - corner) / soft + 0.5).clip(0, 1)
        second = np.maximum(border, (lines + ring + rays).clip(0, 1) * (1 - border)).astype(np.float32)
        third = (rosette + dots + corners + line(edge - (half - 2.6), 0.3)).clip(0, 1).astype(np.float32)
        twill = seen(0.2, fine) * wave((u + v) / np.float32(0.2))
        return Surface(second=second, third=third, tone=grain(u, 0.01), bump=0.006 * twill)

    return Cloth(weave=weave, gloss=0.30, tint=0.75, fuzz=0.3, warp=0.8)


def _square(piece: Piece) -> list[Mark]:
    """A carré, hung from one point so that it falls in a long lozenge of folds."""
    size = 62.0
    half = size / 2
    xs = np.linspace(-half, half, 80)
    wave_ = 0.5 * np.sin(xs / 4.2) + 0.35 * np.sin(xs / 2.3 + 1)
    top = np.stack([xs, -half + 0.35 * np.sin(xs / 5 + 2)], axis=1)
    bottom = np.stack([xs, half + wave_], axis=1)[::-1]
    right = np.stack([half + 0.4 * np.sin(xs / 6 + 0.6), xs], axis=1)
    left = np.stack([-half + 0.4 * np.sin(xs / 7 + 2.2), xs], axis=1)[::-1]
    line = np.concatenate([top, right, bottom, left])
    folds = (
        Fold(g.spline([(-half, -half), (-8, -6), (10, 24)]), 3.4, 1.0, 0.3, (0.2, 0.5)),
        Fold(g.spline([(half, -half), (10, -8), (-6, 22)]), 3.2, 0.8, -0.3, (0.2, 0.5)),
        Fold(g.spline([(-half + 8, -half), (-16, 0), (-12, half)]), 3.0, -0.8, 0.2, (0.3, 0.3)),
        Fold(g.spline([(half - 9, -half), (18, 2), (16, half)]), 3.0, -0.7, 0.2, (0.3, 0.3)),
    )
    relief = Relief(
        folds=folds, drapes=(Drape(5.2, 0.1, 1.0, seed=51, wander=0.8),), crumples=dr.hang(0.6, 52, 0.1)
    )
    return [Panel(line, printed(size), relief, shadow=None, edge=1.3, edge_width=0.3)]


def _sweep(
    path: Line, tall: float, cloth: Cloth, slots: tuple[str, str, str], tone: float, shadow: Shadow | None
) -> list[Mark]:
    """A band that stands on its edge: the path of its upper edge, swept down by its height."""
    low = g.shift(path, 0, tall)
    tube, outline = g.limb(path, low, 60)
    found: list[Mark] = [
        Panel(
            outline,
            cloth,
            Relief(limb=tube, round=0.10, body=9.0),
            slots=slots,
            tone=tone,
            shadow=shadow,
            edge=0.7,
        )
    ]
    for inset in (0.4, tall - 0.4):
        found.append(Stitches(g.shift(path, 0, inset), on=0.34, off=0.16, width=0.09, strength=0.5))
    return found


def _belt(piece: Piece) -> list[Mark]:
    """Closed to a ring and seen a little from above, the buckle in front."""
    t = np.linspace(0, np.pi, 60)
    front = np.stack([-15.0 * np.cos(t), 5.6 * np.sin(t)], axis=1)
    back = np.stack([-15.0 * np.cos(t), -5.0 * np.sin(t)], axis=1)
    tall = 3.5
    marks = _sweep(back, tall, piece.cloth, ("lining", "lining", "lining"), 0.62, None)
    marks += _sweep(front, tall, piece.cloth, ("cloth", "second", "third"), 1.0, Shadow(0.0, -0.3, 0.9, 0.4))
    over = front[(front[:, 0] > -3.0) & (front[:, 0] < 11.2)]
    low = g.shift(over, 0, tall)
    tip = low[-1] * 0.5 + over[-1] * 0.5 + [1.5, 0.0]
    end = g.spline(
        [
            (float(over[-1][0]), float(over[-1][1])),
            (float(tip[0]), float(tip[1])),
            (float(low[-1][0]), float(low[-1][1])),
        ]
    )
    outline = np.concatenate([over, end[1:-1], low[::-1]])
    relief = Relief(limb=g.limb(over, low, 40)[0], round=0.10)
    marks.append(Panel(outline, piece.cloth, relief, shadow=Shadow(0.15, 0.4, 0.4, 0.5), edge=0.7))
    for inset in (0.4, tall - 0.4):
        marks.append(Stitches(g.shift(over, 0, inset), on=0.34, off=0.16, width=0.09, strength=0.5))
    for x in (2.6, 4.4, 6.2):
        y = float(np.interp(x, front[:, 0], front[:, 1])) + tall / 2
        marks.append(Shade(g.ellipse(x, y, 0.26, 0.26), 0.06, 0.85))
    frame = g.rounded([(-4.2, 4.3), (1.0, 4.5), (1.0, 10.3), (-4.2, 10.1)], 1.0)
    hole = g.rounded([(-3.4, 5.1), (0.2, 5.3), (0.2, 9.5), (-3.4, 9.3)], 0.6)
    marks.append(
        Panel(
            frame,
            METAL,
            Relief(puff=(0.45, 0.45)),
            slots=METALS,
            holes=(hole,),
            shadow=Shadow(0.25, 0.45, 0.4, 0.55),
            edge=0.5,
        )
    )
    prong = g.Tube(g.spline([(-3.8, 7.2), (-1.4, 7.0), (0.7, 7.3)]), (0.6, 0.55))
    marks.append(
        Panel(
            prong.outline,
            METAL,
            Relief(limb=prong, round=0.3),
            slots=METALS,
            shadow=Shadow(0.15, 0.3, 0.25, 0.5),
            edge=0.2,
        )
    )
    y = float(np.interp(8.4, front[:, 0], front[:, 1]))
    keeper = g.rounded([(7.7, y - 0.3), (9.0, y - 0.6), (9.1, y + tall + 0.1), (7.8, y + tall + 0.4)], 0.3)
    marks.append(
        Panel(keeper, piece.cloth, Relief(puff=(0.5, 0.2)), shadow=Shadow(0.12, 0.2, 0.25, 0.5), edge=0.6)
    )
    return marks


def _finger(x: float, y: float, lean: float, length: float, width: float) -> list[tuple[float, float]]:
    """The outline of a finger whose root lies about (x, y), from its left root over the tip to its right root."""
    half = width / 2
    tip = [(-half * np.cos(a), -length + half - half * 1.1 * np.sin(a)) for a in np.linspace(0, np.pi, 9)]
    sides = [
        (-half * 0.98, 0.0),
        (-half * 1.04, -length * 0.5),
        *tip,
        (half * 1.04, -length * 0.5),
        (half * 0.98, 0.0),
    ]
    c, s = np.cos(np.deg2rad(lean)), np.sin(np.deg2rad(lean))
    return [(float(x + px * c - py * s), float(y + px * s + py * c)) for px, py in sides]


def _glove(side: int) -> tuple[Line, Line]:
    points: list[tuple[float, float] | tuple[float, float, int]] = [
        (-4.2, 0.0, 1),
        (-4.4, -4.0),
        (-4.9, -8.6),
    ]
    for x, y, lean, length, width in (
        (-4.15, -13.6, -7.0, 8.8, 2.15),
        (-1.75, -14.6, -2.5, 11.2, 2.35),
        (0.75, -14.8, 1.5, 12.0, 2.4),
        (3.2, -14.0, 5.5, 11.2, 2.35),
    ):
        finger = _finger(x, y, lean, length, width)
        points += [(*finger[0], 1), *finger[1:-1], (*finger[-1], 1)]
    points += [(4.9, -9.2), (4.4, -4.4), (4.2, 0.0, 1), (0.0, 0.4), (-4.2, 0.0, 1)]
    hand = g.spline(points)
    thumb = g.path(
        "3.2,-3.6! 5.6,-7 7.9,-11.4 8.9,-15 8.7,-16.9 7.5,-17.4 6.5,-16.2 5.4,-13.2"
        " 4.2,-11.4 2.6,-10.4! 3.2,-3.6!"
    )
    return (hand, thumb) if side > 0 else (g.mirror(hand), g.mirror(thumb))


def _gloves(piece: Piece) -> list[Mark]:
    """A pair, one laid over the other."""
    marks: list[Mark] = []
    for angle, dx, dy, side in ((16.0, 6.4, -1.4, -1), (-10.0, -3.4, 1.6, 1)):

        def put(line: Line, angle: float = angle, dx: float = dx, dy: float = dy) -> Line:
            return g.shift(g.turn(line, angle), dx, dy)

        hand, thumb = (put(line) for line in _glove(side))
        lining = put(g.path("-4.3,-0.3! 0,1.1 4.3,-0.3! 0,-0.8 -4.3,-0.3!"))
        marks.append(Panel(lining, CASHMERE, slots=("lining", "lining", "lining"), shadow=None, tone=0.6))
        folds = (
            Fold(put(g.spline([(-4.0, -6.0), (0.0, -5.2), (3.8, -6.2)])), 0.6, -0.14),
            Fold(put(g.spline([(-3.6, -7.6), (0.4, -6.8), (3.2, -7.8)])), 0.6, 0.12),
        )
        marks.append(
            Panel(thumb, piece.cloth, Relief(puff=(1.4, 1.1)), shadow=Shadow(0.2, 0.3, 0.5, 0.45), edge=0.3)
        )
        marks.append(
            Panel(
                hand,
                piece.cloth,
                Relief(puff=(1.7, 1.4), folds=folds, crumples=(Crumple(0.07, 1.8, 2.4, 8),)),
                shadow=Shadow(0.35, 0.5, 0.7, 0.5),
                edge=0.3,
            )
        )
        for x, tip in ((-1.9, -11.4), (0.0, -11.2), (1.9, -11.4)):
            marks += [Seam(put(g.spline([(x * 0.9, -7.6), (x, tip)])), 0.16, 0.35, 0.3)]
        marks.append(
            Stitches(
                put(g.spline([(-4.2, -1.0), (0.0, -0.6), (4.2, -1.0)])),
                on=0.2,
                off=0.12,
                width=0.06,
                strength=0.4,
            )
        )
        marks.append(
            Seam(
                put(g.spline([(4.5 * side, -4.4), (3.4 * side, -8.2), (4.4 * side, -11.8)])), 0.1, 0.35, 0.15
            )
        )
    return marks


def _hat(piece: Piece) -> list[Mark]:
    """A fedora, seen a little from above."""
    brim = g.path(
        "-19.5,1.4 -14,-1.2 0,-2.4 14,-1.6 19.6,-0.4 20,1.6 14,5.6 4,8 -6,7.8 -15.4,5 -19.8,2.6 -19.5,1.4"
    )
    crown = g.path(
        "-11.6,1.6! -11.4,-4 -9.8,-9.4 -5.2,-12.6 -1.6,-12 0.6,-11.4 3.4,-12.3"
        " 7.2,-12.6 10.4,-9 11.6,-4 11.9,1.4! 6,3.8 -1,4.5 -7,3.8 -11.6,1.6!"
    )
    band = g.path(
        "-11.75,-3! -7,-0.8 -1,0.2 6,-0.6 11.85,-3! 11.9,1.4! 6,3.8 -1,4.5 -7,3.8 -11.6,1.6! -11.75,-3!"
    )
    ribbon = Cloth(weave=turned(ribbed(0.22, 0.02)), gloss=0.25, fuzz=0.3)
    folds = (
        Fold(g.spline([(-6.4, -12.0), (-1.0, -9.6), (0.4, -6.0)]), 1.6, -0.9, 0.2, (0.1, 0.7)),
        Fold(g.spline([(7.8, -11.6), (6.4, -7.6), (7.4, -3.4)]), 1.7, -0.9, 0.2, (0.1, 0.7)),
        Fold(g.spline([(-9.2, -8.6), (-6.6, -6.0), (-6.8, -2.6)]), 1.6, -0.7, 0.2, (0.1, 0.7)),
    )
    marks: list[Mark] = [
        Panel(
            brim,
            piece.cloth,
            Relief(
                puff=(2.6, 0.7),
                crumples=(Crumple(0.12, 8, 5, 4),),
                forms=(lambda x, y: (0.012 * x * x * np.exp(-(((y - 2) / 6.0) ** 2))).astype(np.float32),),
            ),
            shadow=None,
            edge=0.6,
            edge_width=0.2,
        ),
        Panel(
            crown,
            piece.cloth,
            Relief(body=8.5, puff=(3.4, 1.6), folds=folds, crumples=(Crumple(0.10, 5, 5, 6),)),
            shadow=Shadow(0.7, 1.2, 1.6, 0.55),
            edge=0.4,
        ),
        Panel(
            band,
            ribbon,
            Relief(body=8.5),
            slots=("band", "band", "band"),
            shadow=Shadow(0.1, 0.25, 0.3, 0.4),
            edge=0.4,
        ),
    ]
    bow = g.box(8.0, -2.4, 10.6, 2.2, 0.3)
    marks += [
        Panel(
            g.shift(g.turn(bow, -8, (9.3, 0.0)), 0.4, 0.2),
            ribbon,
            Relief(puff=(0.9, 0.3)),
            slots=("band", "band", "band"),
            shadow=Shadow(0.15, 0.25, 0.3, 0.5),
            edge=0.5,
        ),
        Seam(g.spline([(9.4, -2.2), (9.9, 2.2)]), 0.3, 0.3, 0.15),
    ]
    marks.append(
        Seam(
            g.path("-19,2.5 -15.2,4.4 -6,7.2 4,7.4 14,5 19.4,1.6"),
            0.08,
            0.22,
            0.1,
        )
    )
    return marks


def _beanie(piece: Piece) -> list[Mark]:
    crown = g.path(
        "-10.8,6! -11.2,-1 -9.6,-8 -5.4,-12.6 0,-14 5.4,-12.6 9.6,-8 11.2,-1 10.8,6! 0,7.4 -10.8,6!"
    )
    cuff = g.path(
        "-11.5,1.6 -11.7,5.6 -11.2,9.4 -5.6,10.7 0,11.1 5.6,10.7 11.2,9.4 11.7,5.6"
        " 11.5,1.6 5.6,3.2 0,3.6 -5.6,3.2 -11.5,1.6"
    )

    def crowned(u: Floats, v: Floats, fine: float) -> Surface:
        # The ribs run together at the top of the head.
        height = ((v + 14.0) / 15.0).clip(0.10, 1.0)
        wide = 11.2 * np.sqrt(1 - (1 - height) ** 2).clip(0.12, 1)
        return ribbed(1.0, 0.22, 0.45)(
            (np.arcsin((u / wide).clip(-0.98, 0.98)) * 9.0).astype(np.float32), v, fine * 0.75
        )

    knit = Cloth(weave=crowned, gloss=0.02, fuzz=1.0, warp=0.0)

    def cuffed(u: Floats, v: Floats, fine: float) -> Surface:
        return ribbed(1.0, 0.22, 0.45)(
            (np.arcsin((u / 11.8).clip(-0.98, 0.98)) * 9.0).astype(np.float32), v, fine * 0.75
        )

    band = Cloth(weave=cuffed, gloss=0.02, fuzz=1.0, warp=0.0)
    return [
        Panel(
            crown,
            knit,
            Relief(puff=(6.0, 4.0), crumples=(Crumple(0.15, 4, 4, 3),)),
            shadow=None,
            edge=0.6,
            edge_width=0.25,
        ),
        Panel(
            cuff,
            band,
            Relief(body=6.0, puff=(1.8, 0.9)),
            shadow=Shadow(0.1, -0.7, 0.7, 0.5),
            edge=1.0,
            edge_width=0.3,
        ),
        Panel(
            g.box(3.4, 5.6, 6.8, 7.6, 0.1),
            Cloth(weave=woven(0.01)),
            slots=("label", "label", "label"),
            shadow=CLOSE,
            inherit=True,
            edge=0.3,
        ),
    ]


_KINDS: dict[str, Callable[[Piece], list[Mark]]] = {
    "scarf": _scarf,
    "square": _square,
    "belt": _belt,
    "gloves": _gloves,
    "hat": _hat,
    "beanie": _beanie,
}


def accessory(cut: Piece) -> Garment:
    """A whole accessory."""
    fill = {"scarf": 0.92, "square": 0.84, "hat": 0.82, "belt": 0.74, "beanie": 0.64}.get(cut.kind, 0.74)
    return Garment(tuple(_KINDS[cut.kind](cut)), fill=fill, colours=cut.colours)

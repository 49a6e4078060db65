"""Belt and gloves."""

import numpy as np

from garment_artwork.accessories.pieces import CASHMERE, METAL, METALS, Piece
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Fold, Relief


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
    found += [
        Stitches(g.shift(path, 0, inset), on=0.34, off=0.16, width=0.09, strength=0.5)
        for inset in (0.4, tall - 0.4)
    ]
    return found


def belt(piece: Piece) -> list[Mark]:
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
    marks += [
        Stitches(g.shift(over, 0, inset), on=0.34, off=0.16, width=0.09, strength=0.5)
        for inset in (0.4, tall - 0.4)
    ]
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


def gloves(piece: Piece) -> list[Mark]:
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

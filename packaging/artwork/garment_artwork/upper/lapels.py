"""Collars and lapels of tailored pieces, and what is seen between them: the lining and the label."""

from typing import Final

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.marks import Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Floats, Relief
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Figure

_ROLL: Final = Shadow(0.2, 0.5, 0.8, 0.5)


def inside(brk: float, figure: Figure, overlap: float, cutaway: float, length: float) -> list[Mark]:
    """The lining of the back as far as the fronts leave it open, above the break and below the cutaway."""
    half = g.spline(
        [
            (0.0, -3.6, 1),
            (4.4, -3.2),
            (figure.neck - 0.4, -1.2, 1),
            (figure.neck + 2.5, 12),
            (4.0, brk + 3),
            (0.0, brk + 4, 1),
        ]
    )
    marks: list[Mark] = [
        Panel(
            g.whole(half),
            torso.LINING,
            Relief(crumples=(Crumple(0.25, 3.0, 9.0, 8),)),
            slots=torso.INNER,
            shadow=None,
            tone=torso.fading(-3, brk * 0.6, 0.75, 0.28),
        )
    ]
    facing = g.whole(
        g.spline(
            [
                (0.0, -3.8, 1),
                (4.4, -3.4),
                (figure.neck - 0.4, -1.4, 1),
                (figure.neck, 2.0),
                (4.0, 4.6),
                (0.0, 5.4, 1),
            ]
        )
    )
    marks.append(Panel(facing, torso.LINING, slots=torso.INNER, shadow=Shadow(0, 0.3, 0.4, 0.3), tone=0.82))
    marks += torso.neck_inside(1.0, -3.0, 0.0, torso.LINING, torso.INNER)[1:]
    if cutaway:
        back = g.whole(
            g.spline(
                [
                    (0.0, length - 20, 1),
                    (overlap + cutaway + 2, length - 14),
                    (overlap + cutaway + 3, length + 0.2, 1),
                    (0.0, length + 0.5, 1),
                ]
            )
        )
        marks.append(Panel(back, torso.LINING, slots=torso.INNER, shadow=None, tone=0.32))
    return marks


def _lapel(kind: str, neck: float, brk: float, width: float, overlap: float) -> Line:
    """The right lapel's outline; it begins and ends at the break."""
    gorge = 9.5 if kind == "notch" else 8.0
    start: Point = (-overlap, brk, 1)
    roll: list[Point] = [(neck * 0.55, brk * 0.34), (neck - 0.9, 1.2, 1)]
    x, y = neck + width * 0.62, gorge + width * 0.30
    belly: list[Point] = [
        (x * 0.70 - overlap * 0.2, brk * 0.60),
        (0.6 * x * 0.42 - overlap * 0.7, brk * 0.86),
        start,
    ]
    if kind == "peak":
        return g.spline(
            [
                start,
                *roll,
                (neck + 1.2, 4.6),
                (neck + 2.8, gorge + 1.0, 1),
                (neck + width * 0.72, gorge - 1.6, 1),
                (neck + width * 0.50, gorge + 8.5),
                *belly,
            ]
        )
    if kind == "notch":
        return g.spline([start, *roll, (neck + 1.0, 5.0), (neck + 2.4, gorge, 1), (x, y - 0.6, 1), *belly])
    return g.spline(
        [
            start,
            *roll,
            (neck + 1.6, 3.0),
            (neck + width * 0.56, 12.0),
            (neck + width * 0.62, brk * 0.42),
            *belly,
        ]
    )


def pair(
    kind: str, cloth: Cloth, neck: float, brk: float, width: float, overlap: float, side: int, pick: bool
) -> list[Mark]:
    """One lapel, on the viewer's right for `side` 1; the front on top has its lapel laid over the other's."""
    if kind in {"none", "stand"}:
        return []
    line = _lapel(kind, neck, brk, width, overlap)
    roll = g.spline([(-overlap, brk), (neck * 0.55, brk * 0.34), (neck - 0.9, 1.2)])

    def rolled(x: Floats, y: Floats) -> Floats:
        # The lapel turns over along the roll line: round there, flat towards its edge.
        at = np.interp(y * 1.0, roll[::-1, 1], roll[::-1, 0]).astype(np.float32)
        away = (side * x - at).clip(0, 8)
        form: Floats = (1.6 * (1 - np.exp(-away / 1.5))).astype(np.float32)
        return form

    relief = Relief(forms=(rolled,), crumples=(Crumple(0.10, 4.5, 9.0, 5 + side),))
    shape = line if side > 0 else g.mirror(line)
    marks: list[Mark] = [
        Panel(shape, cloth, relief, grain=-12 * side, shadow=Shadow(0.25, 0.55, 0.7, 0.65), edge=0.6)
    ]
    if pick:
        edge = g.part(line, 0.42, 0.98)
        inner = edge * 0.965 + np.array([0.1, 0.5])
        marks.append(
            Stitches(inner if side > 0 else g.mirror(inner), on=0.16, off=0.34, width=0.06, strength=0.4)
        )
    if kind in {"notch", "peak"} and side > 0:
        x, y = neck + width * 0.46, 9.5 + width * 0.32 + 1.4
        hole = g.spline([(x - 1.0, y + 0.1), (x + 1.0, y + 0.55)])
        marks.append(Seam(hole, 0.22, 0.42, 0.15))
    return marks


def collar(kind: str, cloth: Cloth, neck: float, width: float, pick: bool) -> list[Mark]:
    """The collar about the neck, meeting the lapels at the gorge; for a shawl the two are one."""
    if kind == "none":
        return []
    tall = 4.6 if kind != "stand" else 6.0
    back = g.whole(
        g.spline(
            [
                (0.0, -tall, 1),
                (neck * 0.55, -tall + 0.4),
                (neck - 0.8, -tall + 2.2, 1),
                (neck - 0.5, 0.6, 1),
                (neck * 0.55, -1.2),
                (0.0, -1.9, 1),
            ]
        )
    )
    marks: list[Mark] = [
        Panel(
            back,
            cloth,
            Relief(crumples=(Crumple(0.05, 3, 3, 2),)),
            grain=90,
            shadow=Shadow(0, 0.5, 0.6, 0.45),
            tone=0.80,
        )
    ]
    big = 1.0 + max(width - 9.0, 0) * 0.12
    for side in (1, -1):
        leaf = _leaf(kind, neck, width, big)
        relief = Relief(puff=(2.6, 0.7), crumples=(Crumple(0.06, 3, 5, 7),))
        marks.append(
            Panel(
                leaf if side > 0 else g.mirror(leaf), cloth, relief, grain=-38 * side, shadow=_ROLL, edge=0.6
            )
        )
        if pick:
            edge = g.part(leaf, 0.45, 0.72) * 0.985
            marks.append(
                Stitches(edge if side > 0 else g.mirror(edge), on=0.16, off=0.34, width=0.06, strength=0.35)
            )
    marks.append(
        Shade(
            g.whole(g.spline([(0.0, -1.6, 1), (neck * 0.6, -0.9), (neck - 0.8, 1.2, 1), (0, 4, 1)])),
            0.8,
            0.18,
        )
    )
    return marks


def _leaf(kind: str, neck: float, width: float, big: float) -> Line:
    if kind == "shawl":
        return g.spline(
            [
                (neck - 1.2, -3.4, 1),
                (neck + 1.6, -1.8),
                (neck + 3.2 + width * 0.1, 3.0),
                (neck + width * 0.56, 12.2, 1),
                (neck + 1.2, 8.5),
                (neck - 0.9, 1.6, 1),
                (neck - 1.2, -3.4, 1),
            ]
        )
    gorge = 9.5 if kind == "notch" else 8.0
    tip = (
        (neck + width * 0.60 * big, gorge - 2.6 * 1.0, 1)
        if kind == "notch"
        else (neck + 2.9 + width * 0.06, gorge + 0.4, 1)
    )
    return g.spline(
        [
            (neck - 1.2, -3.0, 1),
            (neck + 1.4, -1.9),
            (neck + 2.9 * big, 0.9),
            (neck + 3.6 * big + 0.3, 3.2),
            tip,
            (neck + 2.4, gorge + 0.1, 1),
            (neck + 0.9, 5.0),
            (neck - 1.0, 1.4, 1),
            (neck - 1.2, -3.0, 1),
        ]
    )

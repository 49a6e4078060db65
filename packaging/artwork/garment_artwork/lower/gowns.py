"""Dresses with a skirt of their own: the pleated gown, the full-skirted dress."""

import numpy as np

from garment_artwork.lower.slips import Slip, back, bust, front, neckline
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, woven
from garment_artwork.primitives.marks import Garment, Mark, Panel, Seam, Shadow
from garment_artwork.primitives.relief import Crumple, Drape, Form, Relief


def _column(cut: Slip) -> Form:
    """Fine pleats from shoulder to floor, drawn in at the waist."""

    def form(x: Floats, y: Floats) -> Floats:
        rows = y[:, 0]
        wide = np.interp(
            rows,
            [0, cut.bust_at, cut.waist_at, cut.hip_at, cut.length],
            [13.0, cut.bust, cut.waist, cut.hip, cut.hem],
        )[:, None]
        depth = np.interp(rows, [0, cut.waist_at, cut.length], [0.42, 0.40, 1.0])[:, None]
        u = (x / wide).clip(-1.02, 1.02)
        t = (
            np.arcsin((u * 0.94).clip(-1, 1)) * 13.5
            + 0.35 * np.sin(y / 17.0 + 3 * u)
            + 0.5 * np.sin(y / 41.0 - 4 * u)
        )
        saw = t - np.floor(t)
        found: Floats = (depth * np.where(saw < 0.8, saw / 0.8, (1 - saw) / 0.2)).astype(np.float32)
        return found

    return form


def gown(cut: Slip) -> Garment:
    """A column of pleats from the shoulder to the floor, with a cord at the waist."""
    relief = Relief(
        body=8.0,
        forms=(_column(cut), bust(1.4, cut.bust_at)),
        drapes=(Drape(3.0, 0.0, cut.swell, seed=9, wander=0.5),),
        crumples=(Crumple(0.12, 3, 14, 5),),
    )
    marks: list[Mark] = [*back(cut), *front(cut, 0.4, 11, relief)]
    w, y = cut.waist + 0.3, cut.waist_at
    for n, off in enumerate((-0.55, 0.35)):
        line = g.spline([(-w, y - 0.6 + off), (0, y + 0.5 + off), (w, y - 0.6 + off)])
        tube = g.Tube(line, (0.8, 0.8))
        marks.append(
            Panel(
                tube.outline,
                Cloth(weave=woven(0.02), gloss=0.4, fuzz=0.3),
                Relief(limb=tube, round=0.4),
                slots=("metal", "metal", "metal") if n == 0 else ("cloth", "second", "third"),
                shadow=Shadow(0.1, 0.45, 0.4, 0.5),
                edge=0.2,
            )
        )
    return Garment(tuple(marks), colours=cut.colours)


def full(cut: Slip) -> Garment:
    """A fitted bodice over a gathered skirt."""
    y, w = cut.waist_at, cut.waist
    bodice = g.spline(
        [
            *neckline(cut),
            ((cut.bust + w) / 2 + 0.3, (cut.bust_at + y) / 2),
            (w, y, 1),
            (w * 0.5, y + 1.2),
            (0.0, y + 1.5, 1),
        ]
    )
    xs = np.linspace(cut.hem, 0, 90)
    hem = np.stack(
        [xs, cut.length - 5.0 * (xs / cut.hem) ** 2 + 0.8 * np.cos(xs / cut.hem * np.pi * 5)], axis=1
    )
    half = np.concatenate(
        [
            g.spline(
                [
                    (0.0, y, 1),
                    (w - 0.1, y - 0.4, 1),
                    (w + 6.0, y + 6.0),
                    (cut.hip + 6, cut.hip_at),
                    (cut.hem, cut.length - 5.0, 1),
                ]
            ),
            hem[1:],
        ]
    )
    skirt_line = g.whole(half)
    folds = dr.gathers((w - 0.4, y + 0.2), (-w + 0.4, y + 0.2), -22.0, 26, 0.75, 6)
    folds = dr.gathers((-w + 0.4, y + 0.4), (w - 0.4, y + 0.4), 24.0, 24, 0.8, 6)
    relief = Relief(
        body=11.0,
        power=2.0,
        folds=folds,
        drapes=(
            Drape(8.4, 0.25, cut.swell * 1.9, seed=14, wander=0.7),
            Drape(3.1, 0.0, cut.swell, phase=0.6, seed=15),
        ),
        crumples=dr.hang(0.35, 15, 0.2),
    )
    lens = g.whole(
        g.spline(
            [
                (0.0, cut.length - 9, 1),
                (cut.hem * 0.9, cut.length - 12, 1),
                (cut.hem * 0.9, cut.length - 5.5, 1),
                (cut.hem * 0.5, cut.length - 0.4),
                (0.0, cut.length + 1.6, 1),
            ]
        )
    )
    marks: list[Mark] = [Panel(lens, cut.cloth, shadow=None, tone=0.3), *back(cut)[1:]]
    marks.append(Panel(skirt_line, cut.cloth, relief, shadow=None, edge=0.35))
    form = Relief(body=8.0, forms=(bust(1.4, cut.bust_at),), crumples=dr.hang(0.3, 17, 0.15))
    marks.append(Panel(g.whole(bodice), cut.cloth, form, shadow=Shadow(0.1, 0.5, 0.6, 0.45), edge=0.4))
    for side in (1, -1):
        line = g.spline([(16.6, 14.0), (11.0, cut.bust_at - 1), (8.0, y + 0.8)])
        marks.append(Seam(line if side > 0 else g.mirror(line), 0.1, 0.3, 0.1))
    return Garment(tuple(marks), colours=cut.colours)

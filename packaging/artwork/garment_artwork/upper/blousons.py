"""Short jackets: denim, suede blouson, leather, quilted, bouclé; and the collarless coat, which is made like them."""

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.knit_parts import turned
from garment_artwork.primitives.marks import (
    CLOSE,
    Button,
    Garment,
    Mark,
    Panel,
    Seam,
    Shade,
    Shadow,
    Stitches,
)
from garment_artwork.primitives.relief import Crumple, Relief
from garment_artwork.primitives.stitches import ribbed
from garment_artwork.upper import torso
from garment_artwork.upper.blouson_fronts import (
    boucle_pockets,
    denim,
    leather_lines,
    quilt_pockets,
    suede_pockets,
)
from garment_artwork.upper.blouson_parts import RIB, Blouson, cuff, place, trim, zipper


def _arms(cut: Blouson) -> list[Mark]:
    _, _, outer, inner = torso.sleeve(cut.figure, cut.arm)
    marks: list[Mark] = []
    for side in (1, -1):
        marks.append(torso.mouth(outer, inner, torso.INNER, side))
        marks.append(torso.sleeve_panel(cut.figure, cut.arm, cut.cloth, cut.hang, side))
        if cut.kind in {"denim", "suede"}:
            marks += cuff(cut, outer, inner, side)
        if cut.kind == "leather":
            a, b = outer[-1], inner[-1]
            line = g.spline(
                [
                    (float(a[0] * 0.72 + b[0] * 0.28), float(a[1]) - 13),
                    (float(a[0] * 0.74 + b[0] * 0.26), float(a[1]) - 0.4),
                ]
            )
            marks += zipper(place(line, side), 0.8)
        if cut.kind == "boucle":
            marks += trim(
                g.spline(
                    [
                        (float(inner[-1][0]), float(inner[-1][1]) - 0.7),
                        (float(outer[-1][0]), float(outer[-1][1]) - 0.7),
                    ]
                ),
                side,
                1.5,
            )
    return marks


def _body(cut: Blouson) -> list[Mark]:
    f = cut.figure
    end = f.length - cut.band
    low = 7.4 if cut.collar in {"none", "rib", "stand"} else 6.6
    half = g.spline(
        [
            (0.0, low, 1),
            (5.0, low * 0.74),
            (f.neck, 0.2, 1),
            *f.shoulder_line()[1:],
            *f.side()[:-1],
            (f.hem, end, 1),
            (f.hem * 0.5, end + 0.6),
            (0.0, end + 0.8, 1),
        ]
    )
    line = g.whole(half)
    folds = dr.armpit(f.chest - 0.5, f.armhole, 12, cut.hang.depth * 0.7, cut.hang.seed)
    relief = Relief(
        body=8.5, power=2.3, folds=folds, crumples=dr.hang(cut.hang.depth, cut.hang.seed, cut.hang.crisp)
    )
    marks: list[Mark] = [Panel(line, cut.cloth, relief, shadow=Shadow(0.4, 0.6, 1.2, 0.5), edge=0.4)]
    if cut.band:
        marks += _waistband(cut, end)
    return marks


def _waistband(cut: Blouson, end: float) -> list[Mark]:
    f = cut.figure
    rib = cut.kind == "suede"
    pinch = 0.8 if rib else 0.2
    half = g.spline(
        [
            (0.0, end + 0.4, 1),
            (f.hem * 0.5, end + 0.2),
            (f.hem + 0.2, end - 0.4, 1),
            (f.hem - pinch, end + cut.band * 0.5),
            (f.hem - pinch, f.length, 1),
            (f.hem * 0.5, f.length + 0.6),
            (0.0, f.length + 0.8, 1),
        ]
    )
    slots = ("rib", "rib", "rib") if rib else ("cloth", "second", "third")
    marks: list[Mark] = [
        Panel(
            g.whole(half),
            RIB if rib else cut.cloth,
            Relief(body=8.0, crumples=dr.hang(0.15, 3, 0.2)),
            slots=slots,
            shadow=CLOSE,
            edge=0.6,
            grain=0 if rib else 90,
        )
    ]
    if not rib:
        marks += [
            Stitches(
                g.spline([(-f.hem, y - 0.6), (0, y + 0.1), (f.hem, y - 0.6)]),
                on=0.3,
                off=0.16,
                width=0.09,
                strength=0.7,
            )
            for y in (end + 0.9, f.length - 0.4)
        ]
    return marks


def _neck(cut: Blouson) -> list[Mark]:
    n = cut.figure.neck
    if cut.collar == "none":
        return (
            trim(
                np.concatenate(
                    [
                        g.mirror(g.spline([(0.4, 7.6), (5.0, 5.8), (n, 0.8)]))[::-1],
                        g.spline([(0.4, 7.6), (5.0, 5.8), (n, 0.8)]),
                    ]
                ),
                1,
                1.6,
            )
            if cut.kind == "boucle"
            else []
        )
    if cut.collar in {"rib", "stand"}:
        return _stand(cut)
    slots = ("cord", "cord", "cord") if cut.collar == "cord" else ("cloth", "second", "third")
    cloth = Cloth(weave=ribbed(0.45, 0.08), gloss=0.03, fuzz=1.0) if cut.collar == "cord" else cut.cloth
    back = g.whole(
        g.spline([(0.0, -4.2, 1), (n * 0.6, -3.8), (n - 0.7, -2.4, 1), (n - 0.6, 0.6, 1), (0.0, -0.8, 1)])
    )
    marks: list[Mark] = [Panel(back, cloth, slots=slots, shadow=Shadow(0, 0.4, 0.4, 0.4), tone=0.7, grain=90)]
    leaf = g.spline(
        [
            (0.5, 7.6, 1),
            (3.4, 3.6),
            (6.2, -1.6),
            (n - 1.2, -3.8, 1),
            (n + 1.6, -2.4),
            (n + 3.0, 0.9, 1),
            (n + 4.4, 6.0),
            (n + 3.6, 10.4, 1),
            (5.6, 10.2),
            (0.5, 7.6, 1),
        ]
    )
    for side in (1, -1):
        marks.append(
            Panel(
                place(leaf, side),
                cloth,
                Relief(puff=(2.4, 0.5), crumples=(Crumple(0.08, 3, 3, 5),)),
                slots=slots,
                grain=-30 * side,
                shadow=Shadow(0.2, 0.6, 0.7, 0.5),
                edge=0.6,
            )
        )
        if cut.kind == "denim":
            edge = g.spline([(n + 2.6, 1.4), (n + 3.8, 6.0), (n + 3.1, 9.8, 1), (5.7, 9.6), (1.2, 7.4)])
            marks.append(Stitches(place(edge, side), on=0.3, off=0.16, width=0.09, strength=0.7))
    return marks


def _stand(cut: Blouson) -> list[Mark]:
    n = cut.figure.neck
    rib = cut.collar == "rib"
    tall = 5.2
    cloth = Cloth(weave=turned(ribbed(0.5, 0.1)), gloss=0.02, fuzz=0.9, warp=0.1) if rib else cut.cloth
    slots = ("rib", "rib", "rib") if rib else ("cloth", "second", "third")
    back = g.Tube(
        g.spline([(-n + 0.2, -1.6), (-n * 0.6, -3.4), (0, -4.0), (n * 0.6, -3.4), (n - 0.2, -1.6)]),
        (2.6, 3.4, 3.6, 3.4, 2.6),
    )
    marks: list[Mark] = [
        Panel(back.outline, cloth, Relief(limb=back, round=0.4), slots=slots, shadow=CLOSE, tone=0.6)
    ]
    for side in (1, -1):
        path = g.spline([(0.3, 6.2), (4.6, 4.4), (n - 0.3, -0.6), (n - 0.2, -2.2)])
        tube = g.Tube(place(path, side), (tall, tall * 0.9, tall * 0.7, 1.4))
        marks.append(
            Panel(
                tube.outline,
                cloth,
                Relief(limb=tube, round=0.9),
                slots=slots,
                shadow=Shadow(0.1, 0.5, 0.6, 0.45),
                edge=0.6,
            )
        )
    return marks


def _closing(cut: Blouson) -> list[Mark]:
    f = cut.figure
    top = 8.6 if cut.collar not in {"rib", "stand"} else 4.4
    if cut.closing == "zip":
        line = g.spline([(0.0, top), (0.0, (top + f.length) / 2), (0.0, f.length + 0.3)])
        marks = [Shade(g.stroke(line, 3.2), 0.5, 0.18), *zipper(line, 1.7)]
        marks += [
            Stitches(g.shift(line, x, 0), on=0.24, off=0.16, width=0.07, strength=0.4) for x in (-1.6, 1.6)
        ]
        return marks
    if cut.closing == "edge":
        line = g.spline([(0.0, top - 1.0), (0.0, f.length + 0.6)])
        marks = [Seam(line, 0.22, 0.65, 0.1)]
        for side in (-1, 1):
            marks += trim(g.spline([(0.95, top - 0.9), (0.95, f.length + 0.4)]), side, 1.5)
        return marks
    if cut.closing == "hidden":
        line = g.spline([(1.6, top - 2.2), (1.6, f.length * 0.6), (1.2, f.length + 0.6)])
        return [Shade(g.stroke(g.shift(line, 0.5, 0), 1.2), 0.5, 0.25), Seam(line, 0.16, 0.5, 0.2)]
    placket = g.box(-2.4, top - 1.2, 2.4, f.length + 0.6)
    marks = [Panel(placket, cut.cloth, shadow=CLOSE, inherit=True, edge=0.5)]
    marks += [
        Stitches(g.spline([(x, top), (x, f.length + 0.2)]), on=0.3, off=0.16, width=0.09, strength=0.7)
        for x in (-1.9, 1.9)
    ]
    count = 6 if cut.kind == "denim" else 5
    for n in range(count):
        y = top + 2.6 + (f.length - top - 4.8) * n / (count - 1)
        marks.append(Button(0.0, y, 0.85 if cut.kind == "denim" else 0.7, slot="metal", dome=True, shine=0.7))
    return marks


def blouson(cut: Blouson) -> Garment:
    """A whole jacket."""
    n = cut.figure.neck
    inside = torso.neck_inside(n, -3.6 if cut.collar != "none" else -2.4, 12.0, torso.LINING, torso.INNER)
    extra = {"denim": denim, "quilted": quilt_pockets, "leather": leather_lines, "suede": suede_pockets}
    marks: list[Mark] = [
        *_arms(cut),
        *inside,
        *_body(cut),
        *extra.get(cut.kind, boucle_pockets)(cut),
        *_closing(cut),
        *_neck(cut),
    ]
    return Garment(tuple(marks), colours=cut.colours)

"""Cardigans: buttoned, with a V of bands or a shawl collar."""

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.knit_parts import turned
from garment_artwork.primitives.marks import CLOSE, Button, Garment, Mark, Panel, Shadow
from garment_artwork.primitives.relief import Crumple, Relief
from garment_artwork.primitives.stitches import ribbed
from garment_artwork.upper import torso
from garment_artwork.upper.knitwear import Knit, arms, body, hem, neckline


def cardigan(cut: Knit) -> Garment:
    """A buttoned cardigan: the front opens in a V, its bands run up and around the neck."""
    f = cut.figure
    base = body(cut) + hem(cut)
    inside = torso.neck_inside(f.neck + 0.3, -2.6, 32.0, cut.cloth)
    line = g.spline(neckline(cut))
    deep = float(line[0][1])
    cloth = Cloth(weave=turned(ribbed(0.42, 0.06)), gloss=0.02, fuzz=1.0, warp=0.1)
    path = np.concatenate([[[0.0, f.length + 0.5], [0.0, deep + 6]], line])
    wide = 3.0
    marks: list[Mark] = [*arms(cut), *inside, _back_band(cut, cloth), *base]
    for side in (-1, 1):
        smooth = g.spline([(float(p[0]), float(p[1])) for p in g.even(path, 12)])
        tube = g.Tube(smooth if side > 0 else g.mirror(smooth), (wide, wide))
        marks.append(
            Panel(
                tube.outline,
                cloth,
                Relief(limb=tube, round=0.4),
                shadow=Shadow(0.15 * side, 0.3, 0.4, 0.45),
                edge=0.6,
                edge_width=0.15,
            )
        )
    if cut.neck == "shawl":
        marks += _shawl(cut, deep)
    y = deep + 2.2
    while y < f.length - 1.5:
        marks.append(Button(0.0, y, cut.button))
        y += (f.length - deep - 4.0) / 5
    if cut.patch:
        for side in (1, -1):
            shape = g.box(7.0, f.length - cut.rib - 15, 19.0, f.length - cut.rib - 1.6, 0.8)
            marks.append(
                Panel(
                    shape if side > 0 else g.mirror(shape),
                    cut.cloth,
                    shadow=Shadow(0.1, 0.35, 0.5, 0.45),
                    inherit=True,
                    edge=0.7,
                    edge_width=0.2,
                )
            )
            top = g.box(7.0, f.length - cut.rib - 15.2, 19.0, f.length - cut.rib - 12.4, 0.6)
            marks.append(
                Panel(top if side > 0 else g.mirror(top), cut.band, shadow=CLOSE, inherit=True, edge=0.7)
            )
    return Garment(tuple(marks), colours=cut.colours)


def _back_band(cut: Knit, cloth: Cloth) -> Panel:
    n = cut.figure.neck
    rim = g.Tube(
        g.spline([(-n - 0.1, 0.6), (-n * 0.6, -2.0), (0, -2.7), (n * 0.6, -2.0), (n + 0.1, 0.6)]),
        (0.8, 2.2, 2.6, 2.2, 0.8),
    )
    return Panel(rim.outline, cloth, Relief(limb=rim, round=0.3), shadow=CLOSE, tone=0.7)


def _shawl(cut: Knit, deep: float) -> list[Mark]:
    n = cut.figure.neck
    marks: list[Mark] = []
    back = g.whole(
        g.spline([(0.0, -6.2, 1), (n * 0.6, -5.6), (n + 0.8, -3.2, 1), (n, 0.6, 1), (0.0, -1.2, 1)])
    )
    marks.append(
        Panel(
            back,
            cut.band,
            Relief(crumples=(Crumple(0.06, 4, 4, 3),)),
            grain=90,
            shadow=Shadow(0, 0.6, 0.6, 0.5),
            tone=0.78,
            edge=0.8,
            edge_width=0.3,
        )
    )
    for side in (-1, 1):
        line = g.spline(
            [
                (-1.2, deep + 2, 1),
                (n * 0.42, deep * 0.48),
                (n - 0.6, -1.0),
                (n - 1.2, -3.6, 1),
                (n + 1.6, -3.6),
                (n + 3.6, 0.8),
                (n + 4.6, 8.0),
                (n + 2.6, deep * 0.55),
                (3.4, deep * 0.9),
                (-1.2, deep + 2, 1),
            ]
        )
        shape = line if side > 0 else g.mirror(line)
        marks.append(
            Panel(
                shape,
                cut.band,
                Relief(puff=(3.4, 1.3), crumples=(Crumple(0.15, 4, 6, 5),)),
                grain=-22 * side,
                shadow=Shadow(0.25, 0.7, 0.9, 0.55),
                edge=0.9,
                edge_width=0.3,
            )
        )
    return marks

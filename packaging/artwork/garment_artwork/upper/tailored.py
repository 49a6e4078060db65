"""Blazers and coats with collar and lapels: single or double breasted, notch, peak or shawl, pockets, vents, belts."""

from dataclasses import dataclass, field

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.marks import Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Drape, Floats, Fold, Relief
from garment_artwork.upper import lapels, pockets, torso
from garment_artwork.upper.torso import Arm, Figure, Hang


@dataclass(frozen=True, slots=True)
class Coat:
    """How a tailored piece is cut. `over` is 1 where the viewer's right front lies on top (men's), -1 women's.

    `overlap` is how far the upper front reaches past the middle, `brk` the height where the lapel breaks.
    """

    figure: Figure
    arm: Arm
    cloth: Cloth
    lapel: str = "notch"
    lapel_width: float = 9.0
    brk: float = 42.0
    over: int = 1
    overlap: float = 1.6
    cutaway: float = 9.0
    buttons: tuple[tuple[float, float], ...] = ()
    button: float = 0.95
    pocket: str = "flap"
    pocket_at: float = 55.0
    breast: bool = True
    cuffs: int = 4
    covered: bool = False
    belt: str = ""
    belt_at: float = 46.0
    storm: bool = False
    epaulettes: bool = False
    pick: bool = False
    hang: Hang = field(default_factory=Hang)
    flare: float = 0.0
    darts: bool = True
    colours: dict[str, str] = field(default_factory=dict)


def front(cut: Coat, top: bool) -> Line:
    """The upper (or lower) front as seen on the viewer's right; the other side is mirrored."""
    f = cut.figure
    edge = -cut.overlap if top else -cut.overlap + 0.2
    hem_y = f.length + (1.2 if cut.cutaway else 1.1)
    points: list[Point] = [
        (edge, cut.brk, 1),
        (edge + cut.lapel_width * 0.25, cut.brk * 0.55),
        (f.neck - 0.4, 0.8, 1),
        *f.shoulder_line()[1:],
        *f.side(),
        (f.hem * 0.6, hem_y),
    ]
    if cut.cutaway:
        c = cut.cutaway
        low = max((y for _, y in cut.buttons), default=cut.brk) + 3
        points += [
            (edge + c, hem_y),
            (edge + c * 0.33, hem_y - c * 0.42),
            (edge, max(low, hem_y - c * 1.7)),
            (edge, cut.brk, 1),
        ]
    else:
        points += [(edge, hem_y, 1), (edge, (hem_y + cut.brk) / 2), (edge, cut.brk, 1)]
    return g.spline(points)


def _front_panel(cut: Coat, top: bool, shadow: Shadow | None) -> Panel:
    f, hang = cut.figure, cut.hang
    line = front(cut, top)
    side = cut.over if top else -cut.over
    folds = dr.armpit(f.chest - 0.5, f.armhole, 12, hang.depth * 0.6, hang.seed)[:3]
    if f.length > 80:
        folds += dr.falling(
            hang.seed + 3, (4, f.hem - 3), (f.waist_at + 4, f.length), 3, hang.depth * 0.6, 3.0
        )
    folds = folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds)
    drapes = (Drape(2.6, 0.0, cut.flare, seed=hang.seed + side, phase=1.0),) if cut.flare else ()
    whole = g.whole(g.spline([(0.0, 1.0, 1), *f.shoulder_line(), *f.side(), (0.0, f.length, 1)]))

    def body(x: Floats, y: Floats) -> Floats:
        from garment_artwork.primitives.relief import height

        return height(Relief(body=9.0, power=2.4, drapes=drapes), whole, x, y, None)

    relief = Relief(
        forms=(body,), folds=folds, crumples=dr.hang(hang.depth * 0.75, hang.seed + side, hang.crisp)
    )
    return Panel(line if side > 0 else g.mirror(line), cut.cloth, relief, shadow=shadow, edge=0.5)


def _sleeves(cut: Coat) -> list[Mark]:
    _, _, outer, inner = torso.sleeve(cut.figure, cut.arm)
    marks: list[Mark] = []
    for side in (1, -1):
        marks.append(torso.mouth(outer, inner, torso.INNER, side))
        marks.append(torso.sleeve_panel(cut.figure, cut.arm, cut.cloth, cut.hang, side))
        a, b = outer[-1], inner[-1]
        for n in range(cut.cuffs):
            t = 0.10 + 0.012 * n
            x = float(a[0] * (1 - t) + b[0] * t) - 0.10 * (n + 1) * 1.7
            marks.append(Button(side * (x - 0.4), float(a[1]) - 2.2 - 1.75 * n, 0.62))
        if cut.pick or cut.belt == "trench":
            marks += _sleeve_strap(cut, outer, inner, side)
    return marks


def _sleeve_strap(cut: Coat, outer: Line, inner: Line, side: int) -> list[Mark]:
    if cut.belt != "trench":
        return []
    a, b = g.at(outer, g.arc(outer)[-1] - 7.0)[0], g.at(inner, g.arc(inner)[-1] - 6.4)[0]
    line = g.spline(
        [
            (float(b[0]) - 0.1, float(b[1])),
            (float(a[0] + b[0]) / 2, float(a[1] + b[1]) / 2 + 0.7),
            (float(a[0]) + 0.2, float(a[1])),
        ]
    )
    strap = g.stroke(line, 2.4)
    tube = g.Tube(line, (2.4, 2.4))
    marks: list[Mark] = [
        Panel(
            strap if side > 0 else g.mirror(strap),
            cut.cloth,
            Relief(limb=None),
            shadow=Shadow(0.1, 0.3, 0.4, 0.5),
            inherit=True,
            edge=0.5,
        )
    ]
    del tube
    return marks


def _belt(cut: Coat) -> list[Mark]:
    f = cut.figure
    y, w = cut.belt_at, f.waist + 0.5
    band = g.spline(
        [
            (-w, y - 2.0, 1),
            (0, y - 1.3),
            (w, y - 2.0, 1),
            (w, y + 2.0, 1),
            (0, y + 2.7),
            (-w, y + 2.0, 1),
            (-w, y - 2.0, 1),
        ]
    )
    shadow = Shadow(0.2, 0.9, 0.8, 0.55)
    relief = Relief(body=9.0, power=2.4, crumples=dr.hang(0.25, 31, 0.3))
    marks: list[Mark] = [Panel(band, cut.cloth, relief, grain=90, shadow=shadow, edge=0.5)]
    marks += [
        Stitches(
            g.spline([(-w, y + off - 0.15), (0, y + off + 0.6), (w, y + off - 0.15)]),
            width=0.06,
            strength=0.4,
        )
        for off in (-1.55, 1.6)
    ]
    ends = [
        ([(-1.5, y + 1.5), (-3.0, y + 9), (-3.6, y + 19), (-3.0, y + 26)], 3.7),
        ([(1.0, y + 1.5), (2.2, y + 8), (2.2, y + 15), (3.4, y + 21)], 3.7),
    ]
    for points, width in ends:
        line = g.spline([(float(a), float(b)) for a, b in points])
        tube = g.Tube(line, (width * 0.75, width, width))
        marks.append(
            Panel(
                tube.outline,
                cut.cloth,
                Relief(limb=tube, round=0.5, crumples=dr.hang(0.3, 33, 0.3)),
                shadow=shadow,
                edge=0.6,
            )
        )
    knot = g.rounded([(-2.0, y - 2.2), (1.9, y - 1.9), (2.3, y + 2.9), (-1.6, y + 3.2)], 1.2, 0.25)
    folds = (
        Fold(g.spline([(-0.6, y - 2.0), (-0.3, y + 0.4), (-0.8, y + 3.0)]), 0.5, -0.3),
        Fold(g.spline([(0.8, y - 1.8), (1.1, y + 0.6), (0.9, y + 2.8)]), 0.5, 0.25),
    )
    relief = Relief(puff=(1.2, 0.7), folds=folds)
    marks.append(Panel(knot, cut.cloth, relief, grain=8, shadow=Shadow(0.2, 0.6, 0.6, 0.55), edge=0.5))
    return marks


def coat(cut: Coat) -> Garment:
    """A whole blazer or coat."""
    f = cut.figure
    marks: list[Mark] = _sleeves(cut)
    marks += lapels.inside(cut.brk, f, cut.overlap, cut.cutaway, f.length)
    marks.append(_front_panel(cut, top=False, shadow=None))
    marks += lapels.pair(
        cut.lapel, cut.cloth, f.neck, cut.brk, cut.lapel_width, cut.overlap, -cut.over, cut.pick
    )
    marks.append(_front_panel(cut, top=True, shadow=Shadow(-0.35 * cut.over, 0.35, 0.9, 0.5)))
    if cut.darts:
        marks += _darts(cut)
    marks += pockets.front(cut.pocket, cut.cloth, cut.pocket_at, f, cut.pick)
    if cut.breast:
        marks += pockets.welt(cut.cloth, 9.2, 24.5, 10.0)
    if cut.storm:
        marks += pockets.storm_flap(cut.cloth, f, cut.over)
    marks += lapels.pair(
        cut.lapel, cut.cloth, f.neck, cut.brk, cut.lapel_width, cut.overlap, cut.over, cut.pick
    )
    marks += lapels.collar(cut.lapel, cut.cloth, f.neck, cut.lapel_width, cut.pick)
    if cut.epaulettes:
        marks += pockets.epaulettes(cut.cloth, f)
    marks += _closing(cut)
    if cut.belt:
        marks += _belt(cut)
    return Garment(tuple(marks), colours=cut.colours)


def _darts(cut: Coat) -> list[Mark]:
    f = cut.figure
    dart = g.spline([(10.6, f.armhole + 5), (10.2, f.waist_at), (10.4, cut.pocket_at - 1)])
    panel = g.spline(
        [
            (f.shoulder - 2.4, f.armhole - 6),
            (f.chest - 4.6, f.armhole + 7),
            (f.waist - 4.2, f.waist_at),
            (f.waist - 3.6, cut.pocket_at),
        ]
    )
    marks: list[Mark] = []
    for line in (dart, panel):
        marks += [Seam(each, 0.10, 0.22, 0.07) for each in (line, g.mirror(line))]
    return marks


def _closing(cut: Coat) -> list[Mark]:
    marks: list[Mark] = []
    edge = cut.over * -cut.overlap
    if cut.covered:
        x = edge + cut.over * 4.6
        line = g.spline(
            [(x, cut.brk + 1), (x, cut.figure.length - 16), (x - cut.over * 2.6, cut.figure.length - 11)]
        )
        marks.append(Seam(line, 0.1, 0.3, 0.1))
    for x, y in cut.buttons:
        if not cut.covered:
            marks.append(Shade(g.ellipse(x * cut.over, y + 0.3, 1.6, 1.2), 0.5, 0.12))
            marks.append(Button(x * cut.over, y, cut.button))
    return marks

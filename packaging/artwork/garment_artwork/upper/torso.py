"""What all garments with sleeves share: lines of body and sleeve, the back of the neck, the sleeve as a panel."""

from dataclasses import dataclass

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, woven
from garment_artwork.primitives.geometry import Line, Point, Tube
from garment_artwork.primitives.marks import CLOSE, Mark, Panel, Seam, Tone
from garment_artwork.primitives.relief import Crumple, Relief

LINING = Cloth(weave=woven(0.01), gloss=0.28, fuzz=0.2)
INNER = ("lining", "second", "third")


@dataclass(frozen=True, slots=True)
class Figure:
    """Half-widths and heights of a body in cm; `drop` is how far the shoulder's end lies below the neck."""

    neck: float = 8.0
    shoulder: float = 22.2
    drop: float = 5.0
    chest: float = 23.0
    armhole: float = 24.5
    waist: float = 21.8
    waist_at: float = 45.0
    hip: float = 23.0
    hip_at: float = 62.0
    hem: float = 23.2
    length: float = 74.0

    def shoulder_line(self) -> list[Point]:
        """From the neck to the shoulder's end."""
        middle = (self.neck + self.shoulder) / 2
        return [(self.neck, 0.2, 1), (middle, self.drop * 0.42), (self.shoulder, self.drop, 1)]

    def side(self) -> list[Point]:
        """From below the shoulder's end over the armhole and down the side to the hem, which is a corner."""
        s, c, a = self.shoulder, self.chest, self.armhole
        points: list[Point] = [
            (s - 1.9, self.drop + (a - self.drop) * 0.34),
            (s - 1.9, self.drop + (a - self.drop) * 0.68),
            (c, a, 1),
            ((c + self.waist) / 2 + 0.1, (a + self.waist_at) / 2),
            (self.waist, self.waist_at),
        ]
        if self.length > self.hip_at + 2:
            points.append((self.hip, self.hip_at))
        return [*points, (self.hem, self.length, 1)]


@dataclass(frozen=True, slots=True)
class Arm:
    """A sleeve: where its end lies, how wide it is above and at its end, how full below, how square its head."""

    length: float = 58.0
    out: float = 12.5
    top: float = 14.0
    end: float = 8.6
    full: float = 0.0
    head: float = 0.6


def sleeve(figure: Figure, arm: Arm) -> tuple[Tube, Line, Line, Line]:
    """The right sleeve: its tube, its outline, its outer and its inner edge, from the shoulder down."""
    if arm.length < 35:
        return _short(figure, arm)
    s, d, a = figure.shoulder, figure.drop, figure.armhole
    end_y = d + arm.length
    hand = s + arm.out
    inner_end = hand - arm.end
    third, two = d + arm.length * 0.33, d + arm.length * 0.66
    outer = g.spline(
        [
            (s - 6.0, d - 1.7),
            (s - 0.4, d - 0.12 - 0.2 * arm.head),
            (s + 1.7 + 0.7 * arm.head, d + 3.6 - 0.6 * arm.head),
            (s + arm.out * 0.24 + 1.5 + 0.3 * arm.head, d + 11.0),
            (s + arm.out * 0.50 + 0.9, third + 3.0),
            (s + arm.out * 0.83 + 0.4 + arm.full * 0.9, two),
            (hand + arm.full * 0.6, end_y - 5.0),
            (hand, end_y),
        ]
    )
    top = s + arm.out * 0.40 + 1.4 - arm.top
    inner = g.spline(
        [
            (s - 6.5, a - 8.0),
            (figure.chest - 5.6, a - 3.2),
            (min(figure.chest - 2.2, top + 1.8), a + 1.5),
            (top + 2.6, third + 6.0),
            ((top + inner_end) / 2 + 1.4 - arm.full * 0.5, two),
            (inner_end - arm.full * 0.6, end_y - 4.2),
            (inner_end, end_y + 0.9),
        ]
    )
    tube, outline = g.limb(outer, inner)
    return tube, outline, outer, inner


def _short(figure: Figure, arm: Arm) -> tuple[Tube, Line, Line, Line]:
    """A sleeve that ends above the elbow and stands off a little."""
    s, d, a = figure.shoulder, figure.drop, figure.armhole
    out, low = s + arm.out, d + arm.length
    outer = g.spline(
        [
            (s - 6.0, d - 1.7),
            (s - 0.4, d - 0.12),
            (s + 2.4, d + 3.0),
            (s + arm.out * 0.62, d + arm.length * 0.5),
            (out, low),
        ]
    )
    end = (out - arm.end * 0.78, low + arm.end * 0.34)
    inner = g.spline(
        [
            (s - 8.5, a - 9.0),
            (figure.chest - 5.6, a - 3.0),
            (figure.chest - 2.0, a + 0.6),
            ((figure.chest - 1.2 + end[0]) / 2, (a + 1.4 + end[1]) / 2),
            end,
        ]
    )
    tube, outline = g.limb(outer, inner)
    return tube, outline, outer, inner


@dataclass(frozen=True, slots=True)
class Hang:
    """How a sleeve or body falls: depth of its folds, crispness of its creases, and a seed."""

    depth: float = 0.6
    crisp: float = 0.3
    seed: int = 1
    elbows: tuple[float, ...] = (0.36, 0.5, 0.6, 0.74)


def sleeve_panel(
    figure: Figure,
    arm: Arm,
    cloth: Cloth,
    hang: Hang,
    side: int,
    slots: tuple[str, str, str] = ("cloth", "second", "third"),
) -> Panel:
    """One sleeve without its cuff; `side` 1 is the viewer's right, -1 the left."""
    tube, outline, outer, inner = sleeve(figure, arm)
    folds = dr.crossing(tube, hang.seed, hang.elbows, hang.depth * 0.75, 0.9, 1.5)
    folds += dr.lengthwise(tube, hang.seed, 2, hang.depth * 0.6, 1.5)
    if arm.full:
        start, end = inner[-1], outer[-1]
        folds += dr.gathers(
            (float(start[0]), float(start[1])), (float(end[0]), float(end[1])), 12.0, 6, 0.5 + 0.35 * arm.full
        )
    relief = Relief(
        limb=tube if side > 0 else tube.mirrored(),
        round=3.8,
        folds=folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds),
        crumples=dr.hang(hang.depth * 0.8, hang.seed + side, hang.crisp),
    )
    return Panel(outline if side > 0 else g.mirror(outline), cloth, relief, slots=slots, shadow=None)


def mouth(outer: Line, inner: Line, slots: tuple[str, str, str], side: int, depth: float = 1.3) -> Panel:
    """The dark opening of a sleeve or leg, to lie behind it: a lens below its hem."""
    a, b = outer[-1], inner[-1]
    middle = (a + b) / 2 + np.array([0.0, depth])
    hem = g.spline(
        [(float(b[0]), float(b[1])), (float(middle[0]), float(middle[1])), (float(a[0]), float(a[1]))]
    )
    lens = np.concatenate([hem, [a - [0, 1.5], b - [0, 1.5]]])
    return Panel(lens if side > 0 else g.mirror(lens), LINING, slots=slots, shadow=None, tone=0.35)


def fading(top: float, end: float, above: float, below: float) -> Tone:
    """A tone that goes from `above` at height `top` to `below` at height `end`."""

    def tone(x: Floats, y: Floats) -> Floats:
        share = ((y - top) / (end - top)).clip(0, 1) + 0 * x
        found: Floats = (above + (below - above) * share).astype(np.float32)
        return found

    return tone


def neck_inside(
    width: float,
    top: float,
    depth: float,
    cloth: Cloth,
    slots: tuple[str, str, str] = ("cloth", "second", "third"),
    label: bool = True,
) -> list[Mark]:
    """The inner back of a neck: `width` half of it, from its upper edge `top` down to `depth`, in its own shade."""
    half = g.spline(
        [
            (0.0, top, 1),
            (width * 0.55, top + 0.5),
            (width, top + 2.2, 1),
            (width * 0.9, depth * 0.5),
            (0.0, depth, 1),
        ]
    )
    marks: list[Mark] = [
        Panel(
            g.whole(half),
            cloth,
            Relief(crumples=(Crumple(0.05, 4, 4, 4),)),
            slots=slots,
            shadow=None,
            tone=fading(top, max(depth * 0.6, top + 6), 0.74, 0.30),
            edge=0.25,
        )
    ]
    if label:
        at = top + 2.6
        marks += [
            Panel(
                g.box(-2.1, at, 2.1, at + 2.0, 0.1),
                Cloth(weave=woven(0.01), gloss=0.02),
                slots=("label", "label", "label"),
                shadow=CLOSE,
                tone=0.66,
                edge=0.1,
            ),
            Seam(g.spline([(-1.1, at + 1.0), (1.1, at + 1.0)]), 0.22, 0.5, 0.0),
        ]
    return marks

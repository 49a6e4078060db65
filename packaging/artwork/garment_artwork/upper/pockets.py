"""Pockets, flaps, welts, straps and other pieces that are sewn on a front."""

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import Button, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Relief
from garment_artwork.upper.torso import Figure

_FLAT = Relief(crumples=(Crumple(0.05, 4, 4, 6),))
_LOW = Shadow(0.15, 0.45, 0.45, 0.5)


def patch(cloth: Cloth, outline: Line, thread: bool = True, grain: float = 0.0) -> list[Mark]:
    """A piece sewn on flat, with a row of stitches inside its edge."""
    marks: list[Mark] = [
        Panel(
            outline, cloth, _FLAT, shadow=Shadow(0.08, 0.25, 0.35, 0.38), inherit=True, edge=0.55, grain=grain
        )
    ]
    if thread:
        middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
        size = outline.max(axis=0) - outline.min(axis=0)
        inner = middle + (outline - middle) * (1 - 0.9 / size)
        import numpy as np

        marks.append(Stitches(np.concatenate([inner, inner[:1]]), on=0.2, off=0.14, width=0.06, strength=0.4))
    return marks


def flap(x: float, y: float, width: float, tall: float, tilt: float = 1.0, point: float = 0.0) -> Line:
    """The outline of a flap whose upper middle lies at (x, y); `tilt` lowers its outer end."""
    a, b = x - width / 2, x + width / 2
    low = y + tall
    return g.spline(
        [
            (a, y - tilt / 2, 1),
            (b, y + tilt / 2, 1),
            (b + 0.25, low + tilt / 2 - 1.1),
            (b - 0.15, low + tilt / 2 - 0.25),
            (b - 1.2, low + tilt / 2, 1),
            (x, low + point, 1),
            (a + 1.2, low - tilt / 2, 1),
            (a + 0.1, low - tilt / 2 - 0.25),
            (a - 0.2, low - tilt / 2 - 1.1),
            (a, y - tilt / 2, 1),
        ]
    )


def front(kind: str, cloth: Cloth, at: float, figure: Figure, pick: bool) -> list[Mark]:
    """The pair of lower pockets: flap, jet, welt, patch, or none."""
    marks: list[Mark] = []
    x = min(13.4, figure.hip - 8.6)
    for side in (1, -1):

        def place(line: Line, side: int = side) -> Line:
            return line if side > 0 else g.mirror(line)

        if kind == "flap":
            marks.append(
                Panel(place(flap(x, at, 14.5, 5.2, 0.8)), cloth, _FLAT, shadow=_LOW, inherit=True, edge=0.6)
            )
            marks.append(
                Seam(place(g.spline([(x - 7.4, at - 0.55), (x + 7.4, at + 0.25)])), 0.14, 0.45, 0.15)
            )
        elif kind == "jet":
            marks.append(
                Panel(
                    place(g.stroke(g.spline([(x - 7, at), (x + 7, at + 0.7)]), 1.1)),
                    cloth,
                    _FLAT,
                    shadow=_LOW,
                    inherit=True,
                    edge=0.6,
                )
            )
            marks.append(Seam(place(g.spline([(x - 7, at), (x + 7, at + 0.7)])), 0.13, 0.55, 0.1))
        elif kind == "welt":
            line = g.spline([(x - 2.6, at - 7.5), (x + 2.2, at + 7.5)])
            marks.append(
                Panel(
                    place(g.stroke(line, 3.4)),
                    cloth,
                    _FLAT,
                    grain=-17 * side,
                    shadow=Shadow(0.25 * side, 0.35, 0.45, 0.5),
                    inherit=True,
                    edge=0.6,
                )
            )
            marks.append(Stitches(place(g.beside(line, 1.3)), on=0.2, off=0.14, width=0.06, strength=0.35))
        elif kind == "patch":
            shape = g.rounded(
                [(x - 7.2, at - 4), (x + 7.2, at - 3.6), (x + 7.8, at + 13), (x - 7.6, at + 12.6)], 2.6
            )
            marks += patch(cloth, place(shape), pick)
    return marks


def welt(cloth: Cloth, x: float, y: float, width: float) -> list[Mark]:
    """The breast pocket's slanting welt, on the viewer's right."""
    shape = g.spline(
        [
            (x, y + 0.9, 1),
            (x + width, y - 0.5, 1),
            (x + width + 0.1, y + 1.9, 1),
            (x + 0.1, y + 3.3, 1),
            (x, y + 0.9, 1),
        ]
    )
    return [Panel(shape, cloth, _FLAT, shadow=Shadow(0.08, 0.25, 0.3, 0.4), inherit=True, edge=0.6)]


def storm_flap(cloth: Cloth, figure: Figure, side: int) -> list[Mark]:
    """The loose flap over the chest of a trench coat."""
    shape = g.spline(
        [
            (figure.neck + 2, 1.0, 1),
            (figure.shoulder - 1.5, figure.drop + 0.4, 1),
            (figure.shoulder - 3.2, 14),
            (figure.shoulder - 3.4, 21.5),
            (15, 26.5),
            (7.5, 27.5, 1),
            (9.0, 14),
            (figure.neck + 2, 1.0, 1),
        ]
    )
    shape = shape if side > 0 else g.mirror(shape)
    return [
        Panel(
            shape,
            cloth,
            Relief(crumples=(Crumple(0.12, 4, 6, 12),)),
            shadow=Shadow(0.2, 0.6, 0.7, 0.5),
            inherit=True,
            edge=0.6,
        )
    ]


def epaulettes(cloth: Cloth, figure: Figure) -> list[Mark]:
    """Buttoned straps on the shoulders."""
    marks: list[Mark] = []
    line = g.spline([(figure.shoulder - 0.2, figure.drop + 1.7), (16, 4.3), (11.8, 3.0)])
    for side in (1, -1):
        shape = g.stroke(line, (4.6, 4.2, 3.4))
        marks.append(
            Panel(
                shape if side > 0 else g.mirror(shape),
                cloth,
                _FLAT,
                grain=70 * side,
                shadow=Shadow(0.1, 0.5, 0.5, 0.5),
                inherit=True,
                edge=0.6,
            )
        )
        marks.append(Button(13.3 * side, 3.5, 0.62))
    return marks

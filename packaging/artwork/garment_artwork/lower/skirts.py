"""Skirts: slip, pleated, pencil, A-line with inverted pleats, wrapped kilt."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, woven
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import Garment, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Drape, Fold, Form, Relief
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Hang

_PLAIN: Final = Cloth(weave=woven(0.02))


@dataclass(frozen=True, slots=True)
class Skirt:
    """How a skirt is cut: half-widths and heights in cm. `kind` slip, pleated, pencil, aline or kilt."""

    kind: str
    cloth: Cloth = _PLAIN
    waist: float = 17.0
    hip: float = 23.0
    hip_at: float = 20.0
    hem: float = 26.0
    length: float = 72.0
    band: float = 3.2
    swell: float = 0.4
    hang: Hang = field(default_factory=lambda: Hang(0.6, 0.1, 41))
    colours: dict[str, str] = field(default_factory=dict)


def outline(cut: Skirt, wave: float = 0.0, count: int = 5) -> Line:
    """The skirt below its band; `wave` lets the hem rise and fall."""
    half = g.spline(
        [
            (0.0, cut.band, 1),
            (cut.waist, cut.band - 0.2, 1),
            (cut.waist + (cut.hip - cut.waist) * 0.66, cut.hip_at * 0.52),
            (cut.hip, cut.hip_at),
            ((cut.hip + cut.hem) / 2 + 0.2, (cut.hip_at + cut.length) / 2),
            (cut.hem, cut.length - 0.5, 1),
        ]
    )
    xs = np.linspace(cut.hem, 0, 60)
    bow = cut.length + 1.1 * np.cos(xs / cut.hem * np.pi / 2)
    hem = np.stack([xs, bow + wave * np.cos(xs / cut.hem * np.pi * count)], axis=1)
    return g.whole(np.concatenate([half, hem[1:]]))


def pleats(cut: Skirt, count: int, depth: float, knife: bool = True) -> Form:
    """Pleats that run from the waist and open towards the hem; knife pleats lie all one way."""

    def form(x: Floats, y: Floats) -> Floats:
        v = ((y - cut.band) / (cut.length - cut.band)).clip(0, 1)
        wide = np.interp(y[:, 0], [cut.band, cut.hip_at, cut.length], [cut.waist, cut.hip, cut.hem])[:, None]
        u = (x / wide).clip(-1.05, 1.05)
        # Pleats near the sides are seen from the side: they crowd.
        t = np.arcsin((u * 0.93).clip(-1, 1)) / (np.pi / 2) * count / 2
        t = t + 0.12 * np.sin(6.0 * v + 4 * u)
        saw = t - np.floor(t)
        step = (
            np.where(saw < 0.86, saw / 0.86, (1 - saw) / 0.14)
            if knife
            else 0.5 - 0.5 * np.cos(2 * np.pi * saw)
        )
        found: Floats = (depth * (0.35 + 0.65 * v) * step).astype(np.float32)
        return found

    return form


def band(cut: Skirt, thin: bool = False) -> list[Mark]:
    w, b = cut.waist, cut.band
    back = g.whole(
        g.spline([(0.0, -1.5, 1), (w * 0.6, -1.2), (w - 0.4, 0.1, 1), (w * 0.6, 2.0), (0.0, 2.4, 1)])
    )
    front = g.whole(
        g.spline(
            [
                (0.0, 0.9, 1),
                (w * 0.55, 0.6),
                (w - 0.3, -0.2, 1),
                (w + 0.1, b, 1),
                (w * 0.55, b + 0.8),
                (0.0, b + 1.0, 1),
            ]
        )
    )
    marks: list[Mark] = [
        Panel(back, torso.LINING, slots=torso.INNER, shadow=None, tone=torso.fading(-2, 3, 0.62, 0.3))
    ]
    marks.append(
        Panel(
            front,
            cut.cloth,
            Relief(body=6.5, crumples=dr.hang(0.12, 4, 0.2)),
            shadow=Shadow(0.05, 0.3, 0.3, 0.4),
            edge=0.5,
            grain=90,
        )
    )
    if thin:
        marks.append(
            Stitches(
                g.spline([(-w, b - 0.6), (0, b + 0.4), (w, b - 0.6)]),
                on=0.18,
                off=0.14,
                width=0.05,
                strength=0.3,
            )
        )
    return marks


def inner(cut: Skirt, line: Line) -> Panel:
    """The back of the skirt, seen below the front's hem."""
    xs = np.linspace(-cut.hem * 0.93, cut.hem * 0.93, 40)
    bow = cut.length - 0.2 + 1.6 * np.cos(xs / cut.hem * np.pi / 2)
    low = np.stack([xs, bow], axis=1)
    lens = np.concatenate([low, [[cut.hem * 0.93, cut.length - 4], [-cut.hem * 0.93, cut.length - 4]]])
    del line
    return Panel(lens, cut.cloth, shadow=None, tone=0.35)


def skirt(cut: Skirt) -> Garment:
    """A whole skirt."""
    kinds = {"slip": _slip, "pleated": _pleated, "pencil": _pencil, "aline": _aline}
    return Garment(tuple(kinds[cut.kind](cut)), fill=0.92, colours=cut.colours)


def _slip(cut: Skirt) -> list[Mark]:
    line = outline(cut, 0.35, 4)
    seed = cut.hang.seed
    folds = (
        Fold(g.spline([(-cut.waist + 4, 6), (-6, 22), (2, 44)]), 2.2, 0.7, 0.3, (0.3, 0.6)),
        Fold(g.spline([(cut.waist - 3, 8), (9, 28), (4, 52)]), 2.4, -0.6, 0.3, (0.3, 0.6)),
        Fold(g.spline([(-2, 10), (3, 30), (12, 60)]), 2.2, 0.55, 0.2, (0.4, 0.5)),
    )
    relief = Relief(
        body=8.5,
        drapes=(
            Drape(4.2, 0.05, cut.swell * 2.6, seed=seed, wander=0.6),
            Drape(1.9, 0.1, cut.swell * 1.6, phase=1.2, seed=seed + 1),
        ),
        folds=folds,
        crumples=(Crumple(0.32, 4.5, 34.0, seed), Crumple(0.05, 3.0, 9.0, seed + 1)),
    )
    front = Panel(line, cut.cloth, relief, grain=38, shadow=None, edge=0.3)
    hem = Stitches(
        g.spline(
            [(-cut.hem + 0.4, cut.length - 1.4), (0, cut.length + 0.1), (cut.hem - 0.4, cut.length - 1.4)]
        ),
        on=0.16,
        off=0.16,
        width=0.05,
        strength=0.25,
    )
    return [inner(cut, line), front, hem, *band(cut)]


def _pleated(cut: Skirt) -> list[Mark]:
    line = outline(cut, 0.30, 20)
    relief = Relief(
        body=9.0,
        forms=(pleats(cut, 34, 1.15),),
        drapes=(Drape(3.0, 0.0, cut.swell, seed=7),),
        crumples=(Crumple(0.1, 3, 12, 3),),
    )
    return [inner(cut, line), Panel(line, cut.cloth, relief, shadow=None, edge=0.3), *band(cut)]


def _pencil(cut: Skirt) -> list[Mark]:
    line = outline(cut)
    folds = dr.both(
        (
            Fold(
                g.spline([(cut.hip - 2, cut.hip_at + 4), (8, cut.hip_at + 7), (1, cut.hip_at + 6)]),
                2.2,
                0.16,
                0.2,
                (0.3, 0.7),
            ),
        )
    )
    relief = Relief(body=9.0, folds=folds, crumples=dr.hang(cut.hang.depth * 0.7, cut.hang.seed, 0.15))
    marks: list[Mark] = [inner(cut, line), Panel(line, cut.cloth, relief, shadow=None, edge=0.35)]
    for side in (1, -1):
        marks += [
            Seam(g.spline([(side * x, cut.band + 0.8), (side * (x + 0.8), cut.band + 11)]), 0.1, 0.28, 0.1)
            for x in (cut.waist * 0.42, cut.waist * 0.68)
        ]
    return [*marks, *band(cut)]


def _aline(cut: Skirt) -> list[Mark]:
    line = outline(cut, 0.25, 3)
    relief = Relief(
        body=9.0,
        drapes=(Drape(4.0, 0.0, cut.swell * 2.0, seed=5, wander=0.5),),
        crumples=dr.hang(cut.hang.depth, cut.hang.seed, 0.1),
    )
    marks: list[Mark] = [inner(cut, line), Panel(line, cut.cloth, relief, shadow=None, edge=0.4)]
    for side in (1, -1):
        top, low = cut.waist * 0.46, cut.hem * 0.42
        fold = g.spline(
            [
                (side * top, cut.band + 0.6, 1),
                (side * (top + 2.0), cut.length * 0.5),
                (side * (low + 3.4), cut.length + 0.8, 1),
                (side * (low - 2.2), cut.length + 0.9, 1),
                (side * top, cut.band + 0.6, 1),
            ]
        )
        marks.append(
            Panel(
                fold,
                cut.cloth,
                shadow=None,
                inherit=True,
                tone=torso.fading(cut.band, cut.length, 0.80, 0.52),
                edge=-0.5,
                edge_width=0.3,
            )
        )
        pocket = g.spline([(side * (cut.waist + 0.6), cut.band + 4), (side * (cut.hip - 0.6), cut.hip_at)])
        marks.append(Seam(pocket, 0.14, 0.4, 0.15))
    return [*marks, *band(cut)]

"""Yokes, seams and pockets by which short jackets are told apart."""

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Relief
from garment_artwork.primitives.stitches import ribbed
from garment_artwork.upper import pockets
from garment_artwork.upper.blouson_parts import Blouson, place, trim, zipper


def denim(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    for side in (1, -1):
        yoke = g.spline([(2.4, 19.4), (12.0, 19.6), (f.chest - 2.4, 18.6)])
        marks.append(Seam(place(yoke, side), 0.14, 0.45, 0.15))
        marks += [
            Stitches(place(g.shift(yoke, 0, off), side), on=0.3, off=0.16, width=0.09, strength=0.75)
            for off in (0.55, 1.15)
        ]
        for line in (
            g.spline([(6.6, 25), (4.4, 42), (3.2, f.length - 4.4)]),
            g.spline([(17.4, 25), (14.2, 42), (11.6, f.length - 4.4)]),
        ):
            marks.append(Seam(place(line, side), 0.14, 0.4, 0.15))
            marks += [
                Stitches(place(g.beside(line, off), side), on=0.3, off=0.16, width=0.09, strength=0.7)
                for off in (0.5, 1.1)
            ]
        shape = pockets.flap(12.0, 19.8, 11.8, 4.2, 0.0, 2.4)
        marks.append(
            Panel(place(shape, side), cut.cloth, shadow=Shadow(0.15, 0.45, 0.4, 0.5), inherit=True, edge=0.6)
        )
        inner = np.array([12.0, 22.0]) + (shape - [12.0, 22.0]) * [0.91, 0.82]
        marks.append(
            Stitches(
                place(np.concatenate([inner, inner[:1]]), side), on=0.3, off=0.16, width=0.09, strength=0.7
            )
        )
        marks.append(Button(12.0 * side, 24.4, 0.72, slot="metal", dome=True, shine=0.7))
        seam = g.spline(
            [(f.shoulder - 1.4, f.drop + 4), (f.shoulder - 1.9, f.drop + 12), (f.chest - 1.4, f.armhole - 1)]
        )
        marks.append(Stitches(place(seam, side), on=0.3, off=0.16, width=0.08, strength=0.6))
    marks.append(Shade(g.ellipse(0, 34, 17, 12), 5, -0.10))
    return marks


def quilt_pockets(cut: Blouson) -> list[Mark]:
    marks: list[Mark] = []
    for side in (1, -1):
        shape = g.rounded([(6.6, 42.8), (18.6, 42.8), (18.8, 57.4), (6.4, 57.4)], 1.8)
        marks.append(
            Panel(
                place(shape, side),
                cut.cloth,
                shadow=Shadow(0.15, 0.4, 0.5, 0.45),
                inherit=True,
                edge=0.7,
                edge_width=0.25,
            )
        )
        strip = g.box(6.4, 42.6, 18.8, 44.6, 0.2)
        marks.append(
            Panel(
                place(strip, side),
                Cloth(weave=ribbed(0.45, 0.08), fuzz=0.9),
                Relief(puff=(0.8, 0.25)),
                slots=("cord", "cord", "cord"),
                shadow=CLOSE,
                edge=0.4,
            )
        )
        marks.append(Button(12.6 * side, 43.6, 0.6, slot="metal", dome=True))
    return marks


def leather_lines(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    for side in (1, -1):
        yoke = g.spline([(1.4, 17.5), (11, 16.4), (f.shoulder - 2.2, 15.0)])
        panel = g.spline([(11.5, 16.6), (10.4, 36), (9.6, f.length - 3)])
        for line in (yoke, panel):
            marks += [
                Seam(place(line, side), 0.13, 0.42, 0.2),
                Stitches(place(g.beside(line, 0.4), side), on=0.22, off=0.14, width=0.05, strength=0.35),
            ]
        marks += zipper(place(g.spline([(11.8, 38.5), (14.6, 46.0), (17.2, 53.5)]), side), 1.1)
    return marks


def suede_pockets(cut: Blouson) -> list[Mark]:
    marks: list[Mark] = []
    for side in (1, -1):
        line = g.spline([(10.5, 38), (14.6, 51.5)])
        marks.append(
            Panel(
                place(g.stroke(line, 2.4), side),
                cut.cloth,
                Relief(puff=(0.8, 0.2)),
                shadow=Shadow(0.15, 0.3, 0.4, 0.45),
                inherit=True,
                edge=0.6,
            )
        )
        yoke = g.spline([(1.6, 15.5), (12, 15.0), (cut.figure.shoulder - 2.0, 13.0)])
        marks += [
            Seam(place(yoke, side), 0.13, 0.35, 0.12),
            Stitches(place(g.shift(yoke, 0, 0.5), side), on=0.24, off=0.16, width=0.06, strength=0.35),
        ]
    return marks


def boucle_pockets(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    rows = (
        ((22.5, 8.4, 9.0), (f.length - 21, 11.6, 12.5)) if f.length < 80 else ((f.length * 0.56, 13.0, 15.0),)
    )
    for side in (1, -1):
        for y, wide, tall in rows:
            x0 = 6.4
            shape = g.rounded([(x0, y), (x0 + wide, y), (x0 + wide, y + tall), (x0, y + tall)], 1.4)
            marks.append(
                Panel(
                    place(shape, side),
                    cut.cloth,
                    shadow=Shadow(0.15, 0.45, 0.5, 0.5),
                    inherit=True,
                    edge=0.7,
                    edge_width=0.2,
                )
            )
            if f.length < 80:
                marks += trim(g.spline([(x0 - 0.2, y + 0.5), (x0 + wide + 0.2, y + 0.5)]), side, 1.4)
                marks.append(Button(side * (x0 + wide / 2), y + 2.5, 0.8, slot="metal", dome=True, shine=0.8))
    if f.length < 80:
        marks += trim(
            g.spline([(-f.hem + 0.3, f.length - 1.0), (0, f.length - 0.1), (f.hem - 0.3, f.length - 1.0)]),
            1,
            1.6,
        )
    return marks

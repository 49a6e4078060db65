"""What short jackets share: their cut as a value, zips, braids, cuffs."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.knit_parts import turned
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Stitches
from garment_artwork.primitives.relief import Relief
from garment_artwork.primitives.stitches import ribbed
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Arm, Figure, Hang

METAL = Cloth(gloss=0.6, shine=0.9, fuzz=0.2)


METALS = ("metal", "metal", "metal")


_BODY: Final = Figure(
    neck=8.0,
    shoulder=22,
    drop=5,
    chest=24,
    armhole=25,
    waist=23.2,
    waist_at=44,
    hip=23,
    hip_at=90,
    hem=22.4,
    length=62,
)
_ARM: Final = Arm(length=60, out=10.5, top=15, end=10, head=0.5)


@dataclass(frozen=True, slots=True)
class Blouson:
    """How a short jacket is cut. `closing` zip, buttons, snaps or edge; `collar` shirt, stand, rib, cord or none."""

    kind: str
    cloth: Cloth
    figure: Figure = _BODY
    arm: Arm = _ARM
    collar: str = "shirt"
    closing: str = "buttons"
    band: float = 4.0
    hang: Hang = field(default_factory=lambda: Hang(0.55, 0.2, 81, (0.42, 0.54, 0.66)))
    colours: dict[str, str] = field(default_factory=dict)


RIB = Cloth(weave=ribbed(0.55, 0.1), gloss=0.02, fuzz=0.9, warp=0.1)


def place(line: Line, side: int) -> Line:
    return line if side > 0 else g.mirror(line)


def cuff(cut: Blouson, outer: Line, inner: Line, side: int) -> list[Mark]:
    rib = cut.kind == "suede"
    a, b = outer[-1], inner[-1]
    tall = 6.0 if rib else 4.6
    pinch = 1.0 if rib else 0.2
    out = g.spline([g.near(a, 0.0, -0.4), g.near(a, 0.2 - pinch, tall * 0.5), g.near(a, 0.5 - pinch, tall)])
    ins = g.spline(
        [
            g.near(b, 0.0, -0.4),
            g.near(b, 0.3 + pinch * 0.6, tall * 0.5),
            g.near(b, 0.5 + pinch * 0.6, tall),
        ]
    )
    tube, outline = g.limb(out, ins, 20)
    panel = Panel(
        place(outline, side),
        RIB if rib else cut.cloth,
        Relief(limb=tube if side > 0 else tube.mirrored(), round=2.9),
        slots=("rib", "rib", "rib") if rib else ("cloth", "second", "third"),
        shadow=CLOSE,
        edge=0.6,
    )
    marks: list[Mark] = [torso.mouth(out, ins, torso.INNER, side, 0.8), panel]
    if not rib:
        for off in (0.6, tall - 0.5):
            line = g.spline([(float(b[0]) + 0.2, float(b[1]) + off), (float(a[0]) + 0.1, float(a[1]) + off)])
            marks.append(Stitches(place(line, side), on=0.3, off=0.16, width=0.09, strength=0.75))
        marks.append(
            Button(
                side * (float(a[0]) * 0.62 + float(b[0]) * 0.38),
                float(a[1]) + tall * 0.5,
                0.72,
                slot="metal",
                dome=True,
                shine=0.7,
            )
        )
    return marks


def zipper(line: Line, width: float = 1.5) -> list[Mark]:
    """A zip: dark tape, two rows of metal teeth, and the slider at its end."""
    tape = g.stroke(line, width)
    marks: list[Mark] = [
        Panel(tape, Cloth(gloss=0.05), slots=("tape", "tape", "tape"), shadow=CLOSE, edge=0.3, inherit=True)
    ]
    marks.append(Stitches(line, slot="metal", on=0.16, off=0.12, width=width * 0.42, strength=1.0))
    marks.append(Seam(line, 0.07, 0.55, 0.0))
    x, y = (float(v) for v in line[0])
    dx, dy = (float(v) for v in (line[6] - line[0]) / max(np.linalg.norm(line[6] - line[0]), 1e-9))
    pull = g.spline([(x + dx * 0.4, y + dy * 0.4), (x + dx * 2.6, y + dy * 2.6 + 0.4)])
    marks.append(
        Panel(
            g.stroke(pull, (0.9, 0.62, 0.75)),
            METAL,
            Relief(puff=(0.3, 0.25)),
            slots=METALS,
            shadow=CLOSE,
            edge=0.4,
        )
    )
    marks.append(Button(x + dx * 0.3, y + dy * 0.3, 0.62, slot="metal", dome=True, shine=0.8))
    return marks


def trim(line: Line, side: int, width: float) -> list[Mark]:
    """A braid along an edge."""
    tube = g.Tube(place(line, side), (width, width))
    marks: list[Mark] = [
        Panel(
            tube.outline,
            Cloth(weave=turned(ribbed(0.5, 0.12)), gloss=0.06, fuzz=0.8),
            Relief(limb=tube, round=0.35),
            slots=("trim", "trim", "trim"),
            shadow=CLOSE,
            edge=0.3,
        )
    ]
    return marks

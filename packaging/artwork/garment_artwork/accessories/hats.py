"""Felt hat and beanie."""

import numpy as np

from garment_artwork.accessories.pieces import Piece
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, Surface, woven
from garment_artwork.primitives.knit_parts import turned
from garment_artwork.primitives.marks import CLOSE, Mark, Panel, Seam, Shadow
from garment_artwork.primitives.relief import Crumple, Fold, Relief
from garment_artwork.primitives.stitches import ribbed


def hat(piece: Piece) -> list[Mark]:
    """A fedora, seen a little from above."""
    brim = g.path(
        "-19.5,1.4 -14,-1.2 0,-2.4 14,-1.6 19.6,-0.4 20,1.6 14,5.6 4,8 -6,7.8 -15.4,5 -19.8,2.6 -19.5,1.4"
    )
    crown = g.path(
        "-11.6,1.6! -11.4,-4 -9.8,-9.4 -5.2,-12.6 -1.6,-12 0.6,-11.4 3.4,-12.3"
        " 7.2,-12.6 10.4,-9 11.6,-4 11.9,1.4! 6,3.8 -1,4.5 -7,3.8 -11.6,1.6!"
    )
    band = g.path(
        "-11.75,-3! -7,-0.8 -1,0.2 6,-0.6 11.85,-3! 11.9,1.4! 6,3.8 -1,4.5 -7,3.8 -11.6,1.6! -11.75,-3!"
    )
    ribbon = Cloth(weave=turned(ribbed(0.22, 0.02)), gloss=0.25, fuzz=0.3)
    folds = (
        Fold(g.spline([(-6.4, -12.0), (-1.0, -9.6), (0.4, -6.0)]), 1.6, -0.9, 0.2, (0.1, 0.7)),
        Fold(g.spline([(7.8, -11.6), (6.4, -7.6), (7.4, -3.4)]), 1.7, -0.9, 0.2, (0.1, 0.7)),
        Fold(g.spline([(-9.2, -8.6), (-6.6, -6.0), (-6.8, -2.6)]), 1.6, -0.7, 0.2, (0.1, 0.7)),
    )
    marks: list[Mark] = [
        Panel(
            brim,
            piece.cloth,
            Relief(
                puff=(2.6, 0.7),
                crumples=(Crumple(0.12, 8, 5, 4),),
                forms=(lambda x, y: (0.012 * x * x * np.exp(-(((y - 2) / 6.0) ** 2))).astype(np.float32),),
            ),
            shadow=None,
            edge=0.6,
            edge_width=0.2,
        ),
        Panel(
            crown,
            piece.cloth,
            Relief(body=8.5, puff=(3.4, 1.6), folds=folds, crumples=(Crumple(0.10, 5, 5, 6),)),
            shadow=Shadow(0.7, 1.2, 1.6, 0.55),
            edge=0.4,
        ),
        Panel(
            band,
            ribbon,
            Relief(body=8.5),
            slots=("band", "band", "band"),
            shadow=Shadow(0.1, 0.25, 0.3, 0.4),
            edge=0.4,
        ),
    ]
    bow = g.box(8.0, -2.4, 10.6, 2.2, 0.3)
    marks += [
        Panel(
            g.shift(g.turn(bow, -8, (9.3, 0.0)), 0.4, 0.2),
            ribbon,
            Relief(puff=(0.9, 0.3)),
            slots=("band", "band", "band"),
            shadow=Shadow(0.15, 0.25, 0.3, 0.5),
            edge=0.5,
        ),
        Seam(g.spline([(9.4, -2.2), (9.9, 2.2)]), 0.3, 0.3, 0.15),
    ]
    marks.append(
        Seam(
            g.path("-19,2.5 -15.2,4.4 -6,7.2 4,7.4 14,5 19.4,1.6"),
            0.08,
            0.22,
            0.1,
        )
    )
    return marks


def beanie(_piece: Piece) -> list[Mark]:
    crown = g.path(
        "-10.8,6! -11.2,-1 -9.6,-8 -5.4,-12.6 0,-14 5.4,-12.6 9.6,-8 11.2,-1 10.8,6! 0,7.4 -10.8,6!"
    )
    cuff = g.path(
        "-11.5,1.6 -11.7,5.6 -11.2,9.4 -5.6,10.7 0,11.1 5.6,10.7 11.2,9.4 11.7,5.6"
        " 11.5,1.6 5.6,3.2 0,3.6 -5.6,3.2 -11.5,1.6"
    )

    def crowned(u: Floats, v: Floats, fine: float) -> Surface:
        # The ribs run together at the top of the head.
        height = ((v + 14.0) / 15.0).clip(0.10, 1.0)
        wide = 11.2 * np.sqrt(1 - (1 - height) ** 2).clip(0.12, 1)
        return ribbed(1.0, 0.22, 0.45)(
            (np.arcsin((u / wide).clip(-0.98, 0.98)) * 9.0).astype(np.float32), v, fine * 0.75
        )

    knit = Cloth(weave=crowned, gloss=0.02, fuzz=1.0, warp=0.0)

    def cuffed(u: Floats, v: Floats, fine: float) -> Surface:
        return ribbed(1.0, 0.22, 0.45)(
            (np.arcsin((u / 11.8).clip(-0.98, 0.98)) * 9.0).astype(np.float32), v, fine * 0.75
        )

    band = Cloth(weave=cuffed, gloss=0.02, fuzz=1.0, warp=0.0)
    return [
        Panel(
            crown,
            knit,
            Relief(puff=(6.0, 4.0), crumples=(Crumple(0.15, 4, 4, 3),)),
            shadow=None,
            edge=0.6,
            edge_width=0.25,
        ),
        Panel(
            cuff,
            band,
            Relief(body=6.0, puff=(1.8, 0.9)),
            shadow=Shadow(0.1, -0.7, 0.7, 0.5),
            edge=1.0,
            edge_width=0.3,
        ),
        Panel(
            g.box(3.4, 5.6, 6.8, 7.6, 0.1),
            Cloth(weave=woven(0.01)),
            slots=("label", "label", "label"),
            shadow=CLOSE,
            inherit=True,
            edge=0.3,
        ),
    ]

"""The measures of every shirt, blouse and knit of the house: one pattern for each style."""

from dataclasses import replace
from typing import Final

from garment_artwork.lower.slips import SATIN, Slip, slip
from garment_artwork.patterns.shared_cloths import FINE, PEARL, POPLIN, SILK
from garment_artwork.primitives import cloth as c
from garment_artwork.primitives import stitches
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import Garment, Pattern
from garment_artwork.upper.cardigans import cardigan
from garment_artwork.upper.knitwear import Knit, knit
from garment_artwork.upper.shirts import Shirt, shirt
from garment_artwork.upper.torso import Arm, Figure, Hang
from garment_artwork.upper.wraps import Wrap, wrap

_HER: Final = Shirt(chest=21, waist=19.6, hip=22, hem=22.4, length=70, full=1.2, tails=4.5)


def _camisole() -> Garment:
    return slip(Slip("slip", length=56, hem=21.5, waist=19, colours={"metal": "#C9A15A"}))


def _wrap_blouse() -> Garment:
    figure = Figure(
        shoulder=19.5,
        drop=4.2,
        chest=21,
        armhole=24,
        waist=19.5,
        waist_at=44,
        hip=21.5,
        hip_at=70,
        hem=21.5,
        length=62,
    )
    return wrap(Wrap(figure=figure, tie=False))


def _tee() -> Garment:
    figure = Figure(
        shoulder=21, drop=5.2, chest=21.8, armhole=23.5, waist=20.8, hip=21.4, hip_at=58, hem=21.6, length=68
    )
    return knit(
        Knit(
            figure,
            Arm(length=21, out=8.0, top=17, end=15.0, head=0),
            Cloth(weave=c.woven(0.018), gloss=0.04),
            Cloth(weave=stitches.ribbed(0.25, 0.04)),
            rib=0,
            collar=1.5,
            hang=Hang(0.7, 0.2, 19),
        )
    )


_SWEATER: Final = Knit()
_BUTTONED: Final = replace(_SWEATER, neck="open", cloth=FINE)

TOPS: Final[dict[str, Pattern]] = {
    "S301": lambda: shirt(Shirt(cloth=POPLIN, colours=PEARL)),
    "S302": lambda: shirt(
        Shirt(
            cloth=Cloth(weave=c.striped(1.5, 0.6), gloss=0.05, warp=0.22),
            pocket=True,
            seed=2,
            colours=PEARL | {"second": "#F2EFE8"},
        )
    ),
    "S303": lambda: shirt(
        Shirt(
            cloth=Cloth(weave=c.woven(0.024), gloss=0.03),
            collar="button",
            pocket=True,
            seed=3,
            crisp=0.7,
            colours=PEARL,
        )
    ),
    "S304": lambda: shirt(
        replace(_HER, cloth=SILK, collar="bow", front="hidden", seed=4, crisp=0.15, full=1.8, drape=0.9)
    ),
    "S305": lambda: shirt(
        replace(
            _HER,
            cloth=SATIN,
            front="hidden",
            seed=5,
            crisp=0.1,
            full=1.8,
            drape=0.95,
            colours={"button": "cloth>#FFFFFF:0.2"},
        )
    ),
    "S306": lambda: shirt(
        Shirt(
            cloth=Cloth(weave=c.linen(), gloss=0.02),
            collar="band",
            seed=6,
            crisp=0.7,
            drape=0.65,
            colours={"button": "#CDBFA3"},
        )
    ),
    "S307": _tee,
    "S308": _wrap_blouse,
    "S309": _camisole,
    "S310": lambda: shirt(
        Shirt(
            cloth=Cloth(
                weave=c.checked(7.0, ((0.0, 0.30, 2), (0.5, 0.05, 3), (0.62, 0.05, 3)), 0.02),
                gloss=0.02,
                fuzz=0.9,
                warp=0.5,
            ),
            pocket=True,
            seed=7,
            colours={"button": "#D9CBB0", "second": "cloth*0.28", "third": "#E6D9BC"},
        )
    ),
    "K401": lambda: knit(_SWEATER),
    "K402": lambda: knit(replace(_SWEATER, neck="roll", cloth=FINE, hang=Hang(0.6, 0.05, 12))),
    "K403": lambda: knit(
        replace(
            _SWEATER,
            cables=True,
            cloth=Cloth(weave=stitches.knitted(0.5, 0.05), gloss=0.02, fuzz=1.0),
            hang=Hang(0.4, 0.0, 13),
        )
    ),
    "K404": lambda: cardigan(
        replace(
            _BUTTONED,
            figure=replace(
                _SWEATER.figure, shoulder=20, chest=21.4, waist=20.4, hip=21.0, hip_at=51, hem=20.4, length=61
            ),
            colours=PEARL,
        )
    ),
    "K405": lambda: knit(replace(_SWEATER, neck="v", cloth=FINE, hang=Hang(0.6, 0.05, 14))),
    "K406": lambda: knit(
        replace(
            _SWEATER,
            cloth=Cloth(weave=stitches.hoops(2.6, 1.0, 12), gloss=0.02, fuzz=0.9),
            hang=Hang(0.6, 0.05, 16),
        )
    ),
    "K407": lambda: cardigan(
        replace(
            _SWEATER,
            neck="shawl",
            patch=True,
            button=1.1,
            figure=replace(_SWEATER.figure, length=74, chest=25, waist=24.6, hip=25.4, hem=24.4),
            cloth=Cloth(weave=stitches.knitted(0.42, 0.05), gloss=0.02, fuzz=1.0),
            band=Cloth(weave=stitches.ribbed(0.8, 0.12), gloss=0.02, fuzz=1.0),
            colours={"button": "#4A2E18"},
        )
    ),
}

"""The measures of every coat of the house: one pattern for each style."""

from dataclasses import replace
from typing import Final

from garment_artwork.patterns.shared_cloths import BOUCLE, CALM, HORN, MAN, NAPPED
from garment_artwork.primitives import cloth as c
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import Garment, Pattern
from garment_artwork.upper.blouson_parts import Blouson
from garment_artwork.upper.blousons import blouson
from garment_artwork.upper.tailored import Coat, coat
from garment_artwork.upper.torso import Arm, Figure, Hang

_LONG: Final = Figure(
    shoulder=22.5,
    drop=4.5,
    chest=24.5,
    armhole=27,
    waist=22.4,
    waist_at=48,
    hip=25.4,
    hip_at=70,
    hem=29.5,
    length=114,
)


_COAT_ARM: Final = Arm(length=67, out=8.5, top=15, end=11.2, head=0.7)


def _double() -> Garment:
    rows = tuple((x, y) for y in (42.0, 54.0, 66.0) for x in (-7.0, 7.0))
    return coat(
        Coat(
            _LONG,
            _COAT_ARM,
            NAPPED,
            lapel="peak",
            lapel_width=12,
            brk=40,
            over=-1,
            overlap=8.5,
            cutaway=0,
            buttons=rows,
            button=1.25,
            pocket_at=66,
            breast=False,
            cuffs=0,
            darts=False,
            flare=0.6,
            hang=Hang(0.6, 0.1, 7, CALM),
            colours=HORN,
        )
    )


def _wrapped() -> Garment:
    figure = replace(_LONG, shoulder=23.5, chest=25.5, waist=22.6, hip=26.5, hem=30, length=116)
    return coat(
        Coat(
            figure,
            replace(_COAT_ARM, top=16, end=12.4, out=9.5, head=0.2),
            NAPPED,
            lapel="shawl",
            lapel_width=13,
            brk=45,
            over=-1,
            overlap=9,
            cutaway=0,
            pocket="welt",
            pocket_at=68,
            breast=False,
            cuffs=0,
            darts=False,
            flare=0.9,
            belt="tie",
            belt_at=49,
            hang=Hang(0.8, 0.1, 17, CALM),
        )
    )


def _trench() -> Garment:
    cloth = Cloth(weave=c.woven(0.018, 0.2), gloss=0.06, fuzz=0.5)
    rows = tuple((x, y) for y in (36.0, 58.0, 69.0) for x in (-7.5, 7.5))
    return coat(
        Coat(
            replace(_LONG, waist=21.6, hem=30),
            replace(_COAT_ARM, head=0.3),
            cloth,
            lapel="notch",
            lapel_width=12.5,
            brk=34,
            over=1,
            overlap=8.5,
            cutaway=0,
            buttons=rows,
            button=1.15,
            pocket="welt",
            pocket_at=70,
            breast=False,
            cuffs=0,
            darts=False,
            storm=True,
            epaulettes=True,
            flare=0.9,
            belt="trench",
            belt_at=48.5,
            hang=Hang(0.75, 0.35, 27),
            colours=HORN,
        )
    )


def _chesterfield() -> Garment:
    cloth = Cloth(weave=c.herringbone(), gloss=0.04, fuzz=0.8)
    return coat(
        Coat(
            replace(_LONG, chest=25, hip=26, hem=27.5, length=108),
            _COAT_ARM,
            cloth,
            lapel="notch",
            lapel_width=10.5,
            brk=36,
            overlap=4.0,
            cutaway=0,
            covered=True,
            pocket_at=66,
            cuffs=3,
            darts=False,
            flare=0.3,
            hang=Hang(0.5, 0.1, 37, CALM),
            colours=HORN | {"second": "cloth*2.6"},
        )
    )


def _pea() -> Garment:
    rows = tuple((x, y) for y in (30.0, 42.0, 54.0) for x in (-7.5, 7.5))
    figure = replace(MAN, chest=25.2, waist=24, hip=25, hem=25.4, length=78)
    return coat(
        Coat(
            figure,
            replace(_COAT_ARM, length=64, out=9.5),
            NAPPED,
            lapel="notch",
            lapel_width=13.5,
            brk=28,
            over=1,
            overlap=9,
            cutaway=0,
            buttons=rows,
            button=1.4,
            pocket="welt",
            pocket_at=58,
            breast=False,
            cuffs=0,
            darts=False,
            pick=True,
            hang=Hang(0.5, 0.08, 47, CALM),
            colours={"button": "cloth*0.7"},
        )
    )


def _cocoon() -> Garment:
    figure = Figure(
        neck=8.4,
        shoulder=23,
        drop=5.6,
        chest=26,
        armhole=28,
        waist=26.4,
        waist_at=50,
        hip=27.4,
        hip_at=70,
        hem=25.4,
        length=98,
    )
    return blouson(
        Blouson(
            "cocoon",
            BOUCLE,
            figure,
            Arm(length=60, out=11, top=17, end=13, head=0),
            "none",
            "hidden",
            0,
            Hang(0.55, 0.05, 57, CALM),
            {"second": "cloth*1.7"},
        )
    )


COATS: Final[dict[str, Pattern]] = {
    "C101": _double,
    "C102": _wrapped,
    "C103": _trench,
    "C104": _chesterfield,
    "C105": _pea,
    "C106": _cocoon,
}

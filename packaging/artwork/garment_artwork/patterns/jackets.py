"""The measures of every jacket of the house: one pattern for each style."""

from dataclasses import replace
from typing import Final

from garment_artwork.patterns.shared_cloths import BOUCLE, CALM, HORN, MAN, SERGE
from garment_artwork.primitives import cloth as c
from garment_artwork.primitives import hides
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import Garment, Pattern
from garment_artwork.upper.blouson_parts import Blouson
from garment_artwork.upper.blousons import blouson
from garment_artwork.upper.tailored import Coat, coat
from garment_artwork.upper.torso import Arm, Figure, Hang

_WOMAN: Final = Figure(
    shoulder=21.5, drop=4, chest=22, armhole=25, waist=19, waist_at=43, hip=22.5, hip_at=62, hem=23, length=74
)


_ARM: Final = Arm(length=63, out=8.5, top=15, end=10.6, head=1.0)


def _blazer() -> Garment:
    return coat(
        Coat(
            MAN,
            _ARM,
            SERGE,
            brk=44,
            buttons=((0.2, 45.5), (0.2, 56.0)),
            pocket_at=57,
            hang=Hang(0.45, 0.15, 3, CALM),
            colours=HORN,
        )
    )


def _db_blazer() -> Garment:
    rows = ((-6.0, 43.0), (6.0, 43.0), (-6.0, 54.0), (6.0, 54.0), (-8.5, 32.0), (8.5, 32.0))
    return coat(
        Coat(
            _WOMAN,
            replace(_ARM, length=61, end=9.6, top=14.5),
            SERGE,
            lapel="peak",
            lapel_width=10.5,
            brk=42,
            over=-1,
            overlap=7.5,
            cutaway=0,
            buttons=rows,
            pocket_at=56,
            breast=False,
            hang=Hang(0.45, 0.15, 5, CALM),
            colours={"button": "#4A3322"},
        )
    )


def _tweed() -> Garment:
    cloth = Cloth(weave=c.tweed(6.5), gloss=0.02, fuzz=1.0)
    return coat(
        Coat(
            MAN,
            _ARM,
            cloth,
            brk=38,
            buttons=((0.2, 39.5), (0.2, 49.5), (0.2, 59.5)),
            pocket="patch",
            pocket_at=53,
            pick=True,
            hang=Hang(0.5, 0.1, 13, CALM),
            colours={"second": "cloth>#E8D9B8:0.30", "third": "#A4532B", "button": "#4A2E18"},
        )
    )


def _short_boucle() -> Garment:
    figure = Figure(
        shoulder=20.5,
        drop=4.4,
        chest=22,
        armhole=24,
        waist=20.5,
        waist_at=43,
        hip=22,
        hip_at=90,
        hem=22,
        length=56,
    )
    return blouson(
        Blouson(
            "boucle",
            BOUCLE,
            figure,
            Arm(length=58, out=10, top=14, end=10, head=0.6),
            "none",
            "edge",
            0,
            Hang(0.45, 0.08, 83, CALM),
            {"second": "cloth*1.8", "trim": "cloth*0.45", "metal": "#C9A15A"},
        )
    )


def _denim() -> Garment:
    colours = {"second": "cloth>#FFFFFF:0.55", "metal": "#B08A52", "thread": "#B9803A"}
    return blouson(Blouson("denim", Cloth(weave=c.denim(), gloss=0.02), colours=colours))


def _suede() -> Garment:
    return blouson(
        Blouson(
            "suede",
            Cloth(weave=hides.napped(0.06), gloss=0.03, fuzz=1.0),
            collar="rib",
            closing="zip",
            band=6.5,
            colours={"rib": "cloth*0.62", "metal": "#B99A5A"},
        )
    )


def _leather() -> Garment:
    cloth = Cloth(weave=hides.leather(), gloss=0.5, shine=0.10, fuzz=0.4, tint=0.4)
    figure = Figure(
        shoulder=21,
        drop=4.6,
        chest=22.4,
        armhole=24.5,
        waist=20.6,
        waist_at=43,
        hip=22,
        hip_at=90,
        hem=22,
        length=58,
    )
    return blouson(
        Blouson(
            "leather",
            cloth,
            figure,
            closing="zip",
            band=0,
            hang=Hang(0.5, 0.3, 84),
            colours={"metal": "#B9BBBF"},
        )
    )


def _quilted() -> Garment:
    figure = Figure(
        shoulder=22,
        drop=5,
        chest=24.5,
        armhole=25,
        waist=24,
        waist_at=44,
        hip=25,
        hip_at=60,
        hem=25.4,
        length=70,
    )
    return blouson(
        Blouson(
            "quilted",
            Cloth(weave=hides.quilted(), gloss=0.15, fuzz=0.4),
            figure,
            collar="cord",
            closing="snaps",
            band=0,
            colours={"cord": "#3A2A1C", "metal": "#8A744A"},
        )
    )


JACKETS: Final[dict[str, Pattern]] = {
    "J201": _blazer,
    "J202": _db_blazer,
    "J203": _tweed,
    "J204": _short_boucle,
    "J205": _denim,
    "J206": _suede,
    "J207": _leather,
    "J208": _quilted,
}

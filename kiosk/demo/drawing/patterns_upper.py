"""The measures of every coat, jacket, shirt and knit of the house: one pattern for each style."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kiosk.demo.drawing import cloth as c
from kiosk.demo.drawing.blousons import Blouson, blouson
from kiosk.demo.drawing.cloth import Cloth
from kiosk.demo.drawing.knitwear import Knit, cardigan, knit
from kiosk.demo.drawing.marks import Garment
from kiosk.demo.drawing.shirts import Shirt, shirt
from kiosk.demo.drawing.slips import SATIN, Slip, slip
from kiosk.demo.drawing.tailored import Coat, coat
from kiosk.demo.drawing.torso import Arm, Figure, Hang
from kiosk.demo.drawing.wraps import Wrap, wrap

Pattern = Callable[[], Garment]

SERGE: Final = Cloth(weave=c.woven(0.02, 0.16), gloss=0.07, fuzz=0.6)
NAPPED: Final = Cloth(weave=c.napped(0.03), gloss=0.05, fuzz=0.9)
BOUCLE: Final = Cloth(weave=c.boucle(), gloss=0.03, fuzz=1.0)
POPLIN: Final = Cloth(weave=c.woven(0.012), gloss=0.05)
SILK: Final = Cloth(weave=c.woven(0.01), gloss=0.22, tint=0.7, fuzz=0.4)
FINE: Final = Cloth(weave=c.knitted(0.24), gloss=0.03, fuzz=0.8)
PEARL: Final = {"button": "#EDE7DA"}
HORN: Final = {"button": "cloth*0.55"}

_MAN: Final = Figure(
    shoulder=23,
    drop=4.2,
    chest=24,
    armhole=26,
    waist=21,
    waist_at=46,
    hip=23.6,
    hip_at=64,
    hem=23.8,
    length=74,
)
_WOMAN: Final = Figure(
    shoulder=21.5, drop=4, chest=22, armhole=25, waist=19, waist_at=43, hip=22.5, hip_at=62, hem=23, length=74
)
_LONG: Final = Figure(
    shoulder=22.5,
    drop=4.5,
    chest=24.5,
    armhole=27,
    waist=23.4,
    waist_at=48,
    hip=26,
    hip_at=70,
    hem=29,
    length=114,
)
_ARM: Final = Arm(length=63, out=8.5, top=15, end=10.6, head=1.0)
_COAT_ARM: Final = Arm(length=67, out=8.5, top=15, end=11.2, head=0.7)
_CALM: Final = (0.56,)


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
            hang=Hang(0.6, 0.1, 7, _CALM),
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
            hang=Hang(0.8, 0.1, 17, _CALM),
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
            hang=Hang(0.5, 0.1, 37, _CALM),
            colours=HORN | {"second": "cloth>#FFFFFF:0.34"},
        )
    )


def _pea() -> Garment:
    rows = tuple((x, y) for y in (30.0, 42.0, 54.0) for x in (-7.5, 7.5))
    figure = replace(_MAN, chest=25.2, waist=24, hip=25, hem=25.4, length=78)
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
            hang=Hang(0.5, 0.08, 47, _CALM),
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
            Hang(0.55, 0.05, 57, _CALM),
            {"second": "cloth>#FFFFFF:0.35"},
        )
    )


def _blazer() -> Garment:
    return coat(
        Coat(
            _MAN,
            _ARM,
            SERGE,
            brk=44,
            buttons=((0.2, 45.5), (0.2, 56.0)),
            pocket_at=57,
            hang=Hang(0.45, 0.15, 3, _CALM),
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
            hang=Hang(0.45, 0.15, 5, _CALM),
            colours={"button": "#4A3322"},
        )
    )


def _tweed() -> Garment:
    cloth = Cloth(weave=c.tweed(6.5), gloss=0.02, fuzz=1.0)
    return coat(
        Coat(
            _MAN,
            _ARM,
            cloth,
            brk=38,
            buttons=((0.2, 39.5), (0.2, 49.5), (0.2, 59.5)),
            pocket="patch",
            pocket_at=53,
            pick=True,
            hang=Hang(0.5, 0.1, 13, _CALM),
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
            Hang(0.45, 0.08, 83, _CALM),
            {"second": "cloth>#FFFFFF:0.45", "trim": "cloth*0.45", "metal": "#C9A15A"},
        )
    )


def _denim() -> Garment:
    colours = {"second": "cloth>#FFFFFF:0.55", "metal": "#B08A52", "thread": "#B9803A"}
    return blouson(Blouson("denim", Cloth(weave=c.denim(), gloss=0.02), colours=colours))


def _suede() -> Garment:
    return blouson(
        Blouson(
            "suede",
            Cloth(weave=c.napped(0.06), gloss=0.03, fuzz=1.0),
            collar="rib",
            closing="zip",
            band=6.5,
            colours={"rib": "cloth*0.62", "metal": "#B99A5A"},
        )
    )


def _leather() -> Garment:
    cloth = Cloth(weave=c.leather(), gloss=0.5, shine=0.10, fuzz=0.4, tint=0.4)
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
            Cloth(weave=c.quilted(), gloss=0.15, fuzz=0.4),
            figure,
            collar="cord",
            closing="snaps",
            band=0,
            colours={"cord": "#3A2A1C", "metal": "#8A744A"},
        )
    )


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
            Cloth(weave=c.ribbed(0.25, 0.04)),
            rib=0,
            collar=1.5,
            hang=Hang(0.7, 0.2, 19),
        )
    )


_SWEATER: Final = Knit()
_BUTTONED: Final = replace(_SWEATER, neck="open", cloth=FINE)

UPPER: Final[dict[str, Pattern]] = {
    "C101": _double,
    "C102": _wrapped,
    "C103": _trench,
    "C104": _chesterfield,
    "C105": _pea,
    "C106": _cocoon,
    "J201": _blazer,
    "J202": _db_blazer,
    "J203": _tweed,
    "J204": _short_boucle,
    "J205": _denim,
    "J206": _suede,
    "J207": _leather,
    "J208": _quilted,
    "S301": lambda: shirt(Shirt(cloth=POPLIN, colours=PEARL)),
    "S302": lambda: shirt(
        Shirt(
            cloth=Cloth(weave=c.striped(1.5, 0.6), gloss=0.05, warp=0.5),
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
            cloth=Cloth(weave=c.knitted(0.5, 0.05), gloss=0.02, fuzz=1.0),
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
            _SWEATER, cloth=Cloth(weave=c.hoops(2.6, 1.0, 12), gloss=0.02, fuzz=0.9), hang=Hang(0.6, 0.05, 16)
        )
    ),
    "K407": lambda: cardigan(
        replace(
            _SWEATER,
            neck="shawl",
            patch=True,
            button=1.1,
            figure=replace(_SWEATER.figure, length=74, chest=25, waist=24.6, hip=25.4, hem=24.4),
            cloth=Cloth(weave=c.knitted(0.42, 0.05), gloss=0.02, fuzz=1.0),
            band=Cloth(weave=c.ribbed(0.8, 0.12), gloss=0.02, fuzz=1.0),
            colours={"button": "#4A2E18"},
        )
    ),
}

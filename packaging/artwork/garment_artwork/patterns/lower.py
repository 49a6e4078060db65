"""The measures of trousers, skirts, dresses, shoes, bags and accessories: one pattern for each style."""

from typing import Final

from garment_artwork.accessories.accessories import accessory
from garment_artwork.accessories.bag_parts import SMOOTH as HIDE
from garment_artwork.accessories.bag_parts import Bag
from garment_artwork.accessories.bags import bag
from garment_artwork.accessories.lasts import SOFT, Shoe
from garment_artwork.accessories.pieces import NAPPA, Piece
from garment_artwork.accessories.pieces import SMOOTH as STRAP
from garment_artwork.accessories.shoes import shoe
from garment_artwork.lower.gowns import full, gown
from garment_artwork.lower.kilts import kilt
from garment_artwork.lower.skirts import Skirt, skirt
from garment_artwork.lower.slips import SATIN, Slip, shift, slip
from garment_artwork.lower.trousers import trousers
from garment_artwork.lower.waists import Legs
from garment_artwork.patterns.shared_cloths import NAPPED, POPLIN, SERGE, SILK
from garment_artwork.primitives import cloth as c
from garment_artwork.primitives import hides, stitches
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import Garment, Pattern
from garment_artwork.upper.knitwear import Knit, knit
from garment_artwork.upper.shirts import Shirt, shirt
from garment_artwork.upper.torso import Arm, Figure, Hang
from garment_artwork.upper.wraps import Wrap, wrap

_CREPE: Final = Cloth(weave=c.woven(0.025), gloss=0.05)
_SUEDE: Final = Cloth(weave=hides.napped(0.06), gloss=0.03, fuzz=1.0)
_BRASS: Final = {"metal": "#C9A15A"}
_SADDLER: Final = _BRASS | {"thread": "cloth>#F0E4CC:0.4"}


def _jeans() -> Garment:
    colours = {"thread": "#B9803A", "second": "cloth>#FFFFFF:0.55", "metal": "#B08A52"}
    return trousers(
        Legs(
            Cloth(weave=c.denim(), gloss=0.02),
            jeans=True,
            crease=False,
            pocket="jeans",
            closing="button",
            hem=19,
            knee=20,
            colours=colours,
        )
    )


def _tartan() -> Garment:
    bands = ((0.0, 0.24, 2), (0.5, 0.06, 3), (0.37, 0.02, 3), (0.63, 0.02, 3))
    cloth = Cloth(weave=c.checked(9.5, bands, 0.02), gloss=0.02, fuzz=0.9)
    return kilt(
        Skirt(
            "kilt",
            cloth,
            hip=21.5,
            hem=25,
            length=66,
            colours=_BRASS | {"second": "#141A28", "third": "#B99A4B", "leather": "#2A1A12"},
        )
    )


def _shirt_dress() -> Garment:
    return shirt(
        Shirt(
            cloth=POPLIN,
            length=114,
            chest=21,
            waist=18.4,
            hip=23,
            hem=30,
            tails=3.0,
            full=0.8,
            seed=9,
            flare=1.3,
            belt=True,
            drape=0.8,
            colours={"button": "#EDE7DA"},
        )
    )


def _knit_dress() -> Garment:
    figure = Figure(
        shoulder=19.6,
        drop=5.0,
        chest=20.2,
        armhole=23.5,
        waist=18.2,
        waist_at=43,
        hip=21,
        hip_at=62,
        hem=19.6,
        length=112,
    )
    ribs = Cloth(weave=stitches.ribbed(0.8, 0.09, 0.35), gloss=0.02, fuzz=0.9, warp=0.3)
    return knit(
        Knit(
            figure,
            Arm(length=60, out=9.5, top=13, end=7.8, head=0.1),
            ribs,
            Cloth(weave=stitches.ribbed(0.5), gloss=0.02, fuzz=0.9),
            neck="roll",
            rib=5,
            hang=Hang(0.6, 0.05, 23),
        )
    )


def _gloves() -> Garment:
    return accessory(Piece("gloves", NAPPA, {"lining": "#9A8468"}))


def _square() -> Garment:
    return accessory(Piece("square", colours={"second": "#EADFC8", "third": "#B98A36"}))


LOWER: Final[dict[str, Pattern]] = {
    "T501": lambda: trousers(
        Legs(
            _CREPE,
            pleats=2,
            hem=29,
            knee=27,
            waist=17.5,
            hip=22.4,
            apart=2.5,
            drape=0.7,
            length=110,
            rise=31,
            breaks=(),
        )
    ),
    "T502": lambda: trousers(
        Legs(
            SERGE,
            hem=14.5,
            knee=18.0,
            waist=17.4,
            hip=21.4,
            length=98,
            breaks=(),
            apart=5,
            hang=Hang(0.45, 0.2, 22),
        )
    ),
    "T503": _jeans,
    "T504": lambda: trousers(
        Legs(
            Cloth(weave=c.woven(0.03, 0.2), gloss=0.03),
            crease=False,
            closing="button",
            hem=18.5,
            knee=20.5,
            hang=Hang(0.6, 0.5, 24),
        )
    ),
    "T505": lambda: trousers(
        Legs(
            SATIN,
            cord=True,
            crease=False,
            hem=30,
            knee=27,
            waist=17.5,
            hip=22.6,
            drape=1.0,
            apart=2.5,
            pocket="side",
            hang=Hang(0.7, 0.1, 25),
        )
    ),
    "T506": lambda: trousers(
        Legs(
            Cloth(weave=hides.napped(0.035), gloss=0.03, fuzz=0.9),
            turnup=4,
            pleats=1,
            hem=20,
            knee=22,
            hang=Hang(0.5, 0.1, 26),
        )
    ),
    "T507": lambda: trousers(
        Legs(
            Cloth(weave=c.linen(), gloss=0.02),
            length=54,
            hem=24.5,
            knee=24,
            apart=5,
            turnup=3,
            pleats=1,
            hang=Hang(0.6, 0.6, 27),
        )
    ),
    "R601": lambda: skirt(Skirt("slip", SATIN, waist=16.5, hip=21.5, hem=25, length=80, swell=0.5)),
    "R602": lambda: skirt(Skirt("pleated", SILK, waist=16.5, hip=22.5, hem=35, length=78, swell=0.6)),
    "R603": lambda: skirt(Skirt("pencil", _CREPE, waist=16.8, hip=21.2, hip_at=19, hem=19.4, length=64)),
    "R604": lambda: skirt(Skirt("aline", NAPPED, waist=16.5, hip=22.4, hem=34, length=66)),
    "R605": _tartan,
    "D701": lambda: slip(Slip("slip", colours=_BRASS)),
    "D702": lambda: wrap(Wrap(SILK)),
    "D703": _shirt_dress,
    "D704": lambda: shift(Slip("shift", _CREPE, bust=20.5, waist=18.8, hip=21.4, hem=20.8, length=96)),
    "D705": _knit_dress,
    "D706": lambda: gown(Slip("gown", SILK, length=142, hem=31, swell=0.6, colours=_BRASS)),
    "D707": lambda: full(Slip("bodice", POPLIN, waist=15.8, hip=24, hem=42, length=110, seam=True)),
    "F801": lambda: shoe(Shoe("loafer", colours={"lining": "#A98660", "sole": "#1F1713"})),
    "F802": lambda: shoe(
        Shoe("chelsea", colours={"lining": "#A98660", "sole": "#1F1713", "elastic": "cloth*0.5"})
    ),
    "F803": lambda: shoe(Shoe("knee", colours={"lining": "#A98660", "sole": "#1F1713"})),
    "F804": lambda: shoe(
        Shoe("sneaker", SOFT, {"lining": "#CFC6B8", "sole": "#EDEAE2", "lace": "cloth>#FFFFFF:0.15"})
    ),
    "F805": lambda: shoe(Shoe("pump", colours={"lining": "#B99B78", "sole": "#B99B78"})),
    "F806": lambda: shoe(Shoe("flat", SOFT, {"lining": "#B99B78", "sole": "#3A2A1C"})),
    "F807": lambda: shoe(
        Shoe("derby", colours={"lining": "#A98660", "sole": "#1F1713", "lace": "cloth*0.8"})
    ),
    "B901": lambda: bag(Bag("tote", colours=_SADDLER)),
    "B902": lambda: bag(Bag("hobo", colours=_SADDLER)),
    "B903": lambda: bag(Bag("tophandle", HIDE, _SADDLER)),
    "B904": lambda: bag(Bag("saddle", HIDE, _SADDLER)),
    "B905": lambda: bag(Bag("clutch", HIDE, _SADDLER)),
    "B906": lambda: bag(Bag("bucket", _SUEDE, _SADDLER | {"edge": "cloth*0.55"})),
    "A001": lambda: accessory(Piece("scarf")),
    "A002": _square,
    "A003": lambda: accessory(Piece("belt", STRAP, _BRASS | {"lining": "#A58157"})),
    "A004": _gloves,
    "A005": lambda: accessory(
        Piece("hat", Cloth(weave=hides.napped(0.03), gloss=0.04, fuzz=1.0), {"band": "cloth*0.3"})
    ),
    "A006": lambda: accessory(Piece("beanie")),
}

"""Parts of a scene ("cards", values only) about garments.

Pieces in the room, the garment in focus with its size advice, suggestions, fit feedback and the fit question's form.

Texts are in the shopper's language. Fixed texts belong to the screen: where one depends on the visit, the card has an
enum and the values that the text needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.advice import LookReason, SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, FitArea, FitRating, SizeQuestion
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.care_symbols import CareSymbolCard
from kiosk.core.scene.outline import Outline
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.fit_form import FitMethod


@dataclass(frozen=True, slots=True)
class PieceCard:
    """A piece in the room. `faint`: not certain to be in this room. `unknown`: not in the catalogue."""

    piece: PieceId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    faint: bool
    unknown: bool
    bought: bool
    advised: str
    """The advised size, if one size is advised alone and this piece has another; else empty."""
    chosen: bool = False
    """The shopper has put it into the basket."""
    why_not: WhyNot | None = None
    """Why it cannot be bought; None where it can."""
    outline: Outline = Outline.HANGER
    """Shown where its picture cannot be."""


@unique
class SizeLocation(Enum):
    """The nearest place where a size is in stock. HERE is the sales floor."""

    IN_ROOM = "in-room"
    HERE = "here"
    STOCKROOM = "stockroom"
    ELSEWHERE = "elsewhere"
    EXPECTED = "expected"
    """Nowhere yet, but on its way to this shop."""
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class SizeCard:
    """A size of the garment in focus. `count` is the number of pieces at `place`, or on their way."""

    size: str
    article: ArticleId
    chosen: bool
    advised: bool
    """The one size that is advised. It can be had in this colour."""
    place: SizeLocation
    count: int
    elsewhere: str
    """Name of the shop that has it, where `place` is ELSEWHERE; else empty."""
    also: str = ""
    """The size in the shopper's own size system, if the size tables know it."""
    second: bool = False
    """The other one of two advised sizes. It can be had in this colour."""


@dataclass(frozen=True, slots=True)
class ColourSwatch:
    """A colour of the garment in focus. `hex` is its colour as "#rrggbb"."""

    code: str
    name: str
    hex: str
    chosen: bool
    picture: str


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """Size advice: one size, or two to choose between, that can be had in the colour in focus.

    `sure`: the best size may be advised alone.
    """

    sizes: tuple[str, ...]
    """In the order of the garment's sizes."""
    sure: bool
    reason: SizeReason
    usual: str
    kept: int
    of: int
    best: str = ""
    """The first choice among `sizes`."""
    ask: SizeQuestion = SizeQuestion.NONE
    """The question that would help; NONE after it was asked in this visit."""
    basis: AdviceBasis = AdviceBasis.ANSWERS
    felt: FitRating | None = None
    """How the size `tried` sat, if the advice has used it."""
    tried: str = ""
    taken_up: bool = False
    """The size is right; a tailor shortens it."""
    doubt: SizeDoubt = SizeDoubt.NONE
    missing: str = ""
    """The size that would be the first choice, but cannot be had in this colour anywhere; else empty."""
    other_colour: str = ""
    """Name of another colour in which this shop has `missing`; else empty."""
    brought: bool = True
    """Each of `sizes` is in the room, or somebody can bring it."""
    can_ask: bool = field(init=False)
    """Whether the fit question is offered: follows from `ask`."""
    can_alter: bool = field(init=False)
    """Whether an alteration is offered: the garment is to be shortened, or there is no better size."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "can_ask", self.ask is not SizeQuestion.NONE)
        object.__setattr__(self, "can_alter", self.taken_up or (not self.sizes and self.felt is not None))


@dataclass(frozen=True, slots=True)
class FitFeedbackCard:
    """The question how a piece sits. `felt` is None before an answer; `spots` are the areas to choose from."""

    size: str
    felt: FitRating | None
    spot: FitArea | None
    spots: tuple[FitArea, ...]


@dataclass(frozen=True, slots=True)
class FitFormCard:
    """The form of the fit question, with its present values."""

    way: FitMethod
    imperial: bool
    height: str
    weight: str
    systems: tuple[str, ...]
    """Size systems to choose from; empty where no labels are known."""
    system: str
    size: str


@unique
class Availability(Enum):
    """What can be done about the chosen colour and size."""

    IN_ROOM = "in-room"
    BRING = "bring"
    ASKED = "asked"
    """A request for it is open."""
    NOBODY = "nobody"
    """It is in this shop, but no associate is signed in."""
    ELSEWHERE = "elsewhere"
    EXPECTED = "expected"
    """Nowhere yet, but on its way to this shop."""
    OTHER_COLOUR = "other-colour"
    """Nowhere in this colour, but in this shop in another one."""
    CHOOSE = "choose"
    """No size is chosen yet: none of the shopper's is known."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GarmentCard:
    """The garment in focus. `piece` is None for a suggestion, which is not in the room.

    `price` is that of the chosen colour and size.
    """

    piece: PieceId | None
    item: ItemId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    story: str
    material: str
    care: str
    origin: str
    swatches: tuple[ColourSwatch, ...]
    sizes: tuple[SizeCard, ...]
    advice: AdviceCard | None
    offer: Availability
    article: ArticleId | None
    """Of the chosen colour and size."""
    kind: RequestKind
    """What a request for it is: another SIZE of a style in the room, or another PIECE."""
    elsewhere: str
    reason: LookReason | None
    """Why it was suggested; None where it was not."""
    about: str
    count: int
    stock_minutes: int
    """Age in minutes of the oldest stock count of the colour's sizes; -1 where no count is known."""
    feel: FitFeedbackCard | None = None
    also: str = ""
    """The chosen size in the shopper's own size system, if the size tables know it."""
    price_before: str = ""
    """The price before a sale; empty without a sale."""
    lowest_price: str = ""
    """With a sale: the lowest price of the last 30 days, where the retailer gives it."""
    pictures: tuple[str, ...] = ()
    """All pictures of the colour, `picture` first."""
    hangs: PieceId | None = None
    """The piece of the chosen colour and size that hangs in the room; None where none does."""
    chosen: bool = False
    """That piece is in the basket."""
    why_not: WhyNot | None = None
    """Why that piece cannot be bought; None where it can."""
    exchange: bool = False
    """The chosen size is changed for a paid piece of this style, at no charge."""
    both: tuple[str, ...] = ()
    """The two sizes that can be asked for together, since either may fit; the chosen one first. Else empty."""
    can_put_aside: bool = False
    """The piece that hangs in the room, or else one of the shop's, can be put aside for her."""
    is_aside: bool = False
    """It is put aside for her, or will be."""
    second: ArticleId | None = None
    """Article of the second one of `both`."""
    other_colour: str = ""
    """Name of the colour in which the chosen size is in this shop, where `offer` is OTHER_COLOUR; else empty."""
    other_code: str = ""
    """Code of that colour."""
    symbols: tuple[CareSymbolCard, ...] = ()
    """The care label's symbols."""
    outline: Outline = Outline.HANGER
    """Shown where its picture cannot be."""


@dataclass(frozen=True, slots=True)
class LookCard:
    """A suggestion. `about` and `count` belong to the reason's text; `asked`: a request for it is open."""

    item: ItemId
    name: str
    price: str
    colour: str
    size: str
    picture: str
    reason: LookReason
    about: str
    count: int
    asked: bool
    outline: Outline = Outline.HANGER
    """Shown where its picture cannot be."""

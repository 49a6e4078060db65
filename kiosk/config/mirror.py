"""Configuration of a mirror: store, room, card reader, scanner and screen."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.listen import PlainHttp
from kiosk.config.types import SCANNER_SCHEMES, Key, Language, Log, Place, Section, uri, web_address

CARD_SCHEMES = ("pcsc", "sim")


class Screen(Section):
    """The panel behind the two-way glass. Lengths are pixels of the panel in portrait position."""

    width: Annotated[int, Field(ge=360, le=8640)] = 1080
    height: Annotated[int, Field(ge=640, le=15360)] = 1920
    full_screen: bool = True
    """false: open a window instead."""
    scale: Annotated[float, Field(ge=0.25, le=8)] | None = None
    """Factor for all sizes. Default: chosen by the width."""
    rotation: Literal[0, 90, 180, 270] = 0
    """Rotation of the picture in degrees clockwise, for a panel that does not rotate it itself."""
    band: Literal["lower", "full"] = "lower"
    """Part of the glass that may show content; the rest stays a mirror."""
    reader_side: Literal["left", "right", "below"] = "right"
    """Position of the card reader as seen by the shopper; the arrow on the screen points there."""
    language: Language | None = None
    """Default: the shop's language."""
    reduced_motion: bool = False


class Times(Section):
    """When the mirror asks whether she is still there, in seconds. A touch keeps the visit; without one it ends, unless
    a request or a payment is open."""

    untouched_s: Annotated[int, Field(ge=60, le=7200)] = 600
    """Without a touch, with garments in the room."""
    empty_s: Annotated[int, Field(ge=10, le=3600)] = 45
    """Without a touch and with an empty room."""
    paid_s: Annotated[int, Field(ge=5, le=3600)] = 8
    """The same after a payment."""
    question_s: Annotated[int, Field(ge=20, le=600)] = 20
    """How long the question stays before the visit ends."""


class MirrorConfig(Section):
    """All settings of a mirror."""

    store: Annotated[str, uri("http", "https"), web_address] = "http://127.0.0.1:8075"
    """Address of the store: `https://HOST:8075`, or `http://127.0.0.1:8075` on the same computer."""
    room: Key
    token_file: Place | None = None
    """File of the pairing, with the mirror's token and the shop's root. `cheval mirror --pair CODE` writes it.
    Default: `pairing.json` in the state directory."""
    plain_http: PlainHttp | None = None
    """`nobody else is on this network`: the store's address may be `http://...` although it is another computer."""
    cards: Annotated[str, uri(*CARD_SCHEMES)] | None = None
    """`pcsc://` (first card reader), `pcsc://PART-OF-ITS-NAME`, `sim://HOST:PORT`. Default: no card reader.
    `cheval schema addresses` prints every form with its options."""
    scanner: Annotated[str, uri(*SCANNER_SCHEMES)] | None = None
    """`serial:///dev/ttyACM0` or `keyboard:///dev/input/by-id/...`: label scanner for garments without a
    working tag. The first scan of a label adds the garment, the second removes it."""
    state: Place | None = None
    """Directory for persistent files. Default: the user's state directory."""
    screen: Screen = Screen()
    times: Times = Times()
    log: Log = Log()

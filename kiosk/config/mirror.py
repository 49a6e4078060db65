"""A mirror's configuration: its store, its room, its card reader and its glass."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kiosk.config.types import SCANNER_SCHEMES, Key, Language, Log, Place, Section, uri

CARD_SCHEMES = ("pcsc", "sim")


class Screen(Section):
    """The panel behind the glass. Lengths in pixels of the panel as it hangs, upright."""

    width: Annotated[int, Field(ge=360, le=8640)] = 1080
    height: Annotated[int, Field(ge=640, le=15360)] = 1920
    full_screen: bool = True
    """False opens a window."""
    scale: Annotated[float, Field(ge=0.25, le=8)] | None = None
    """Enlarges everything; where nothing is written the width decides."""
    rotation: Literal[0, 90, 180, 270] = 0
    """How far the picture is turned, in degrees clockwise, where the panel itself is not."""
    band: Literal["lower", "full"] = "lower"
    """Which part of the glass may be drawn on; the rest stays mirror."""
    reader_side: Literal["left", "right", "below"] = "right"
    """Where the card reader is, as seen by the shopper: the arrow points there."""
    language: Language | None = None
    """The shop's where nothing is written."""
    reduced_motion: bool = False


class MirrorConfig(Section):
    """Everything a mirror is told."""

    store: Annotated[str, uri("http", "https")] = "http://127.0.0.1:8075"
    room: Key
    token_file: Place | None = None
    """What the store gave out when the mirror was paired; readable by the mirror's user alone."""
    cards: Annotated[str, uri(*CARD_SCHEMES)] | None = None
    """`pcsc://` for the first card reader, `pcsc://part of its name`, `sim://HOST:PORT`. Without it no card is read."""
    scanner: Annotated[str, uri(*SCANNER_SCHEMES)] | None = None
    """`serial:///dev/ttyACM0` or `keyboard:///dev/input/by-id/...`: a scanner for pieces whose tag is dead or missing.
    Scanned once a piece is here, scanned again it is put away."""
    state: Place | None = None
    """Directory for what the mirror must keep; the user's state directory where nothing is written."""
    screen: Screen = Screen()
    log: Log = Log()

    @model_validator(mode="after")
    def _stands_upright(self) -> Self:
        if self.screen.width > self.screen.height:
            raise ValueError(
                "screen.width: is more than screen.height; a mirror stands upright, see screen.rotation"
            )
        return self

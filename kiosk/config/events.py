"""Configuration of events for other systems: how long they are kept, how pieces are named, what is called."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kiosk.config.alarms import WebHook
from kiosk.config.types import Key, Section, shaped, uri, web_address


def _gln(given: str) -> str:
    """A GLN of 13 digits with its check digit (GS1 General Specifications, section 7.9)."""
    odd, even = sum(map(int, given[-2::-2])), sum(map(int, given[-3::-2]))
    if -(3 * odd + even) % 10 != int(given[-1]):
        raise ValueError(f"`{given}` is no GLN: its check digit is wrong")
    return given


class EventHook(WebHook):
    """A program that is called with each event: JSON by POST, signed with HMAC-SHA-256. While a new key is introduced,
    `key_file` has a second line `former: VALUE`: messages are signed with both."""

    scopes: Annotated[tuple[Literal["rooms", "sales"], ...], Field(min_length=1)] = ("rooms", "sales")
    """`rooms`: pieces that are carried into a room and out of it; `sales`: pieces that are sold and come back."""


class Events(Section):
    """Events of pieces for other systems (`cheval integrators`, `/api/v1/events`, web hooks). No person is in them."""

    keep_days: Annotated[int, Field(ge=2, le=90)] = 7
    """Days for which events are kept. A reader who was away for longer must begin anew."""
    max_events: Annotated[int, Field(ge=1_000, le=5_000_000)] = 500_000
    """Of more events than these the oldest are deleted, within an hour."""
    digital_link: Annotated[str, uri("https", "http"), web_address] = "https://id.gs1.org"
    """What the GS1 Digital Links of pieces begin with: the shop's own resolver, or GS1's."""
    gln: (
        Annotated[str, shaped(r"[0-9]{13}", "a GLN: 13 digits, in quotation marks"), AfterValidator(_gln)]
        | None
    ) = None
    """The shop's Global Location Number, for the place of EPCIS events. Without it they have none."""
    web_hooks: dict[Key, EventHook] = Field(default_factory=dict, max_length=8)
    """Programs that are called with each event, by name."""

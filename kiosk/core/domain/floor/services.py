"""Services that a shopper can ask for besides garments: help, an alteration, a drink, and a shop's own kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.floor.service_icons import ServiceIcon
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

MAX_SERVICES: Final = 6
"""As many fit on the mirror's page, help included."""


@unique
class AnsweredBy(Enum):
    """Who is asked first, and who prepares it."""

    ASSOCIATE = "associate"
    MANAGER = "manager"
    """The devices of managers ring first, where one is on the floor."""
    BACK_OF_HOUSE = "back-of-house"
    """The stockroom sees it as well and prepares it; an associate claims it and hands it over."""


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A service that this shop offers. `key`: in the configuration, in the API, and in the figures of the insights."""

    key: str
    label: LocalizedText = NO_TEXT
    """Its name; empty for help, an alteration or a drink under the mirror's own names."""
    hint: LocalizedText = NO_TEXT
    """What it is, in a few words."""
    icon: ServiceIcon = ServiceIcon.STAR
    minutes: int = 0
    """Minutes that are promised until the shop has measured some answers of this kind; 0: none."""
    answered_by: AnsweredBy = AnsweredBy.ASSOCIATE
    brought: bool = False
    """A thing is brought; otherwise a person comes."""


@dataclass(frozen=True, slots=True)
class AskedService:
    """Of a request: which service of the shop it asks for. The store fills in everything but the key."""

    key: str
    icon: ServiceIcon | None = None
    brought: bool = False


HELP: Final = ServiceKind("help", icon=ServiceIcon.BELL)
ALTERATION: Final = ServiceKind("alteration", icon=ServiceIcon.SCISSORS)
DRINK: Final = ServiceKind("drink", icon=ServiceIcon.CUP, brought=True)
BUILT_IN: Final = {kind.key: kind for kind in (HELP, ALTERATION, DRINK)}
"""What the mirror has texts for. A shop without a list of its own offers these."""
USUAL_SERVICES: Final = tuple(BUILT_IN.values())


def with_help(kinds: Iterable[ServiceKind]) -> tuple[ServiceKind, ...]:
    """The services of a shop in its order. Help is always offered: as the first one, if the shop does not list it."""
    found = tuple(kinds)
    return found if any(kind.key == HELP.key for kind in found) else (HELP, *found)

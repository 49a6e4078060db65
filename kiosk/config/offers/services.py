"""Section `services` of the store's configuration: what a shopper can ask for besides garments."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from kiosk.config.floor_plan import FloorPlanSection
from kiosk.config.mistakes import Place, nearest
from kiosk.config.types import Language, Section, shaped
from kiosk.core.domain.floor.legible import MAX_MARKS, has_too_many_marks, is_visible
from kiosk.core.domain.floor.service_icons import ServiceIcon
from kiosk.core.domain.floor.services import (
    BUILT_IN,
    MAX_SERVICES,
    USUAL_SERVICES,
    AnsweredBy,
    ServiceKind,
    with_help,
)
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

RESERVED: Final = frozenset({"piece", "room", "service", "size"})
"""Keys that mean something else in the API or in the insights."""


def _one_line(given: str) -> str:
    if given != given.strip() or any(
        unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in given
    ):
        raise ValueError("has a line break, another sign that is not shown, or blanks at an end")
    if not is_visible(given) or has_too_many_marks(given):
        raise ValueError(
            f"cannot be read: nothing of it is seen, or a letter has more than {MAX_MARKS} marks"
        )
    return given


_Line = AfterValidator(_one_line)
Labels = Annotated[
    dict[Language, Annotated[str, Field(min_length=1, max_length=32), _Line]], Field(min_length=1)
]
Hints = Annotated[
    dict[Language, Annotated[str, Field(min_length=1, max_length=60), _Line]], Field(min_length=1)
]
ServiceKey = Annotated[
    str, shaped(r"[a-z][a-z0-9-]{0,15}", "the key of a service: a-z, digits and -, at most 16 characters")
]


class Service(Section):
    """A service. `help`, `alteration` and `drink` have names in all languages already; every other key needs a
    `label`."""

    label: Labels | None = None
    """Its name by language, at most 32 characters: `{en: Gift wrapping, fr: Emballage cadeau}`. In a language that is
    missing here, the English one is shown, else the first one."""
    hint: Hints | None = None
    """What it is, in a few words by language, below the name. At most 60 characters."""
    icon: (
        Literal["bag", "bell", "chair", "cup", "gift", "hanger", "parcel", "phone", "scissors", "star"] | None
    ) = None
    """Its sign. Default: `bell`, `scissors`, `cup` for help, alteration and drink, `star` for others."""
    minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    """Minutes that the mirror promises until the shop has measured five answers of this kind. Default: what other
    requests take."""
    answered_by: Literal["associate", "manager", "back-of-house"] = "associate"
    """`manager`: managers are asked first, where one is on the floor. `back-of-house`: the stockroom sees it too; an
    associate hands it over."""
    brought: bool | None = None
    """Whether a thing is brought, which stays at the door if the associate has to leave. Default: a person comes, but a
    drink is brought."""


Services = dict[ServiceKey, Service]


def service_kinds(section: Mapping[str, Service] | None) -> tuple[ServiceKind, ...]:
    """The services of a shop; those that every mirror has, if the section is missing."""
    if section is None:
        return USUAL_SERVICES
    return with_help(_kind(key, service) for key, service in section.items())


def _kind(key: str, service: Service) -> ServiceKind:
    usual = BUILT_IN.get(key, ServiceKind(key))
    return ServiceKind(
        key, _texts(service.label), _texts(service.hint),
        ServiceIcon(service.icon) if service.icon else usual.icon, service.minutes or 0,
        AnsweredBy(service.answered_by), usual.brought if service.brought is None else service.brought,
    )  # fmt: skip


def _texts(by_language: Mapping[Language, str] | None) -> LocalizedText:
    return LocalizedText(tuple(by_language.items())) if by_language else NO_TEXT


def service_mistakes(section: Mapping[str, Service]) -> Iterator[tuple[Place, str]]:
    """What does not fit together: places are below the section."""
    for key, service in section.items():
        if key in RESERVED:
            yield (key,), f"`{key}` means something else; take another key, such as `{key}-2`"
        elif key not in BUILT_IN and service.label is None:
            own = ", ".join(BUILT_IN)
            yield (key,), f"needs a `label`, its name by language; only {own} have one{_meant(key)}"
    if len(with_help(map(ServiceKind, section))) > MAX_SERVICES:
        yield (), f"has more than {MAX_SERVICES} services, help included; more do not fit on the mirror"


def prepared_mistakes(
    section: Mapping[str, Service] | None, plan: FloorPlanSection
) -> Iterator[tuple[Place, str]]:
    """Services that a zone of the plan prepares and the shop does not offer: places are below the plan's section."""
    known = [kind.key for kind in service_kinds(section)]
    for key, zone in plan.zones.items():
        for position, service in enumerate(zone.prepares):
            if service not in known:
                yield (
                    ("zones", key, "prepares", position),
                    f"unknown service `{service}`{nearest(service, known)}",
                )


def _meant(key: str) -> str:
    found = nearest(key, BUILT_IN)
    return found if "did you mean" in found else ""

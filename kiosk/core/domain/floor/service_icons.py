"""The signs of services, drawn in the same way on the mirror and on the associates' page."""

from __future__ import annotations

from enum import Enum, unique
from typing import Final


@unique
class ServiceIcon(Enum):
    """The signs among which a shop chooses."""

    BAG = "bag"
    BELL = "bell"
    CHAIR = "chair"
    CUP = "cup"
    GIFT = "gift"
    HANGER = "hanger"
    PARCEL = "parcel"
    PHONE = "phone"
    SCISSORS = "scissors"
    STAR = "star"


ICON_PATHS: Final[dict[ServiceIcon, str]] = {
    ServiceIcon.BAG: "M5 8h14l-1 12H6zM9 8V7a3 3 0 0 1 6 0v1",
    ServiceIcon.BELL: "M6 16v-5a6 6 0 0 1 12 0v5l2 2H4zM10 20.5a2 1.5 0 0 0 4 0",
    ServiceIcon.CHAIR: "M7 3h10v9H7zM5 12h14v3H5zM6.5 15v6M17.5 15v6",
    ServiceIcon.CUP: "M5 8h12v6a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5zM17 9h1.5a2.5 2.5 0 0 1 0 5H17M8 3v2M11 3v2M14 3v2",
    ServiceIcon.GIFT: (
        "M4 9h16v3H4zM5.5 12h13v8h-13zM12 9v11"
        "M12 9C9 9 7 7.5 7.5 5.5S11 4 12 9zM12 9c3 0 5-1.5 4.5-3.5S13 4 12 9z"
    ),
    ServiceIcon.HANGER: "M10 6a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.8L21 16c.8.6.4 2-.6 2H3.6c-1 0-1.4-1.4-.6-2l9-6.5",
    ServiceIcon.PARCEL: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    ServiceIcon.PHONE: "M8 3h8v18H8zM11 18.5h2",
    ServiceIcon.SCISSORS: (
        "M6 3.5l10 13M18 3.5L8 16.5"
        "M9 18.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM20 18.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    ),
    ServiceIcon.STAR: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
}  # fmt: skip
"""Lines of each sign in a square of 24 units, as path data (SVG 1.1, clause 8.3), to be drawn without filling."""

"""The Python types that QML may name, under `Mirror.Glass 1.0`."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtQml import qmlRegisterUncreatableType

from kiosk.core.scene.scene import (
    AdviceCard,
    BasketCard,
    FitFeedbackCard,
    FitFormCard,
    GarmentCard,
    PayCard,
    ReceiptCard,
    Scene,
)
from kiosk.screen.list_model import Rows
from kiosk.screen.mirror_view import MirrorView
from kiosk.screen.pictures import Pictures
from kiosk.screen.view_models import card_type

URI = "Mirror.Glass"


def qml_types() -> dict[str, type[QObject]]:
    """Each type by the name that QML uses."""
    cards = (Scene, GarmentCard, AdviceCard, FitFeedbackCard, FitFormCard, BasketCard, PayCard, ReceiptCard)
    derived = {f"{card.__name__.removesuffix('Card')}Facts": card_type(card) for card in cards}
    return {"MirrorView": MirrorView, "Pictures": Pictures, "Rows": Rows, **derived}


@cache
def register() -> None:
    """Make the types known to Qt, once for the process."""
    for name, kind in qml_types().items():
        # Qt's stub asks for bytes, its code for text.
        qmlRegisterUncreatableType(kind, URI, 1, 0, name, "the mirror makes it")  # type: ignore[arg-type]

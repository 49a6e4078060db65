"""The Python types that QML may name, under `Mirror.ViewModels 1.0`."""

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
from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.mirror_view_model import MirrorViewModel
from kiosk.screen.picture_loader import PictureLoader
from kiosk.screen.view_models import view_model_type

URI = "Mirror.ViewModels"


def qml_types() -> dict[str, type[QObject]]:
    """Each type by the name that QML uses."""
    cards = (Scene, GarmentCard, AdviceCard, FitFeedbackCard, FitFormCard, BasketCard, PayCard, ReceiptCard)
    derived = {card.__name__.removesuffix("Card"): view_model_type(card) for card in cards}
    return {
        "MirrorViewModel": MirrorViewModel,
        "PictureLoader": PictureLoader,
        "KeyedListModel": KeyedListModel,
        **derived,
    }


@cache
def register() -> None:
    """Make the types known to Qt, once for the process."""
    for name, kind in qml_types().items():
        # Qt's stub asks for bytes, its code for text.
        qmlRegisterUncreatableType(kind, URI, 1, 0, name, "the mirror makes it")  # type: ignore[arg-type]

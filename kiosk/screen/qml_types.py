"""Registers the Python types that QML names, as the module `Mirror.ViewModels 1.0`."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtQml import qmlRegisterUncreatableType

from kiosk.core.scene.delivery_cards import DeliveryCard
from kiosk.core.scene.garment_cards import AdviceCard, FitFeedbackCard, FitFormCard, GarmentCard
from kiosk.core.scene.message_cards import MessageCard
from kiosk.core.scene.prepared_cards import PreparedCard
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import BasketCard, PairingCard, PayCard, ReceiptCard
from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.mirror_view_model import MirrorViewModel
from kiosk.screen.picture_loader import PictureLoader
from kiosk.screen.view_models import view_model_type

URI = "Mirror.ViewModels"


def qml_types() -> dict[str, type[QObject]]:
    """The types by their names in QML."""
    cards = (
        Scene, GarmentCard, AdviceCard, FitFeedbackCard, FitFormCard, BasketCard, PayCard, ReceiptCard,
        PairingCard, MessageCard, PreparedCard, DeliveryCard,
    )  # fmt: skip
    derived = {card.__name__.removesuffix("Card"): view_model_type(card) for card in cards}
    return {
        "MirrorViewModel": MirrorViewModel,
        "PictureLoader": PictureLoader,
        "KeyedListModel": KeyedListModel,
        **derived,
    }


@cache
def register() -> None:
    """Register the types with Qt, once for the process."""
    for name, kind in qml_types().items():
        # The stub of PySide6 says bytes, the code takes str.
        qmlRegisterUncreatableType(kind, URI, 1, 0, name, "created in Python only")  # type: ignore[arg-type]

"""Names of values in JSON: they do not change when a class is renamed."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from kiosk.core import wire
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import Event
from kiosk.core.wire import wire_name
from kiosk.mirror.event_stream import RoomSnapshot

# Every name under "is" in the first version of the API. Only additions are allowed.
FROZEN = [
    "AdviceCame",
    "AdviceCard",
    "AdviseSize",
    "Asked",
    "BasketCard",
    "BasketToggled",
    "BringPiece",
    "Collect",
    "ColourChosen",
    "Colourway",
    "DropPayment",
    "Elsewhere",
    "Feel",
    "FeelCard",
    "FeltSaid",
    "FindLooks",
    "FitAsked",
    "FitCard",
    "FitDialled",
    "FitTold",
    "Garment",
    "GarmentArrived",
    "GarmentCard",
    "GarmentDoubt",
    "GarmentLeft",
    "GarmentOpened",
    "Identify",
    "JustMirror",
    "KeepFeel",
    "LabelRun",
    "LanguageChosen",
    "LineCard",
    "LookCard",
    "Money",
    "NotThis",
    "Note",
    "Order",
    "OrderLine",
    "OrderPriced",
    "PayCard",
    "PayConfirmed",
    "PayDropped",
    "PayWished",
    "PaymentMoved",
    "PieceCard",
    "PriceOrder",
    "RadioBack",
    "RadioLost",
    "Receipt",
    "ReceiptCard",
    "RequestCard",
    "RequestChanged",
    "RequestUnsent",
    "RequestWithdrawn",
    "SaidMine",
    "Scanned",
    "Scene",
    "SendRequest",
    "ServiceRequest",
    "ShopDescribed",
    "Shopper",
    "ShopperCame",
    "SizeAdvice",
    "SizeCard",
    "SizeChosen",
    "SizeLabel",
    "SizeOffer",
    "SizesOpened",
    "StaffChanged",
    "StoreBack",
    "StoreLost",
    "Suggestion",
    "SuggestionOpened",
    "SuggestionsCame",
    "Swatch",
    "TapFailed",
    "Tapped",
    "TellVisit",
    "Tick",
    "Told",
    "VisitClosed",
    "WentBack",
    "WentTo",
    "Wipe",
    "WithdrawRequest",
    "Woken",
    "Words",
    "WornSize",
    "Snapshot",
]


def travelling(*roots: object) -> set[type]:
    """Every dataclass that can be reached from these types through their fields."""
    found: set[type] = set()
    waiting = list(roots)
    while waiting:
        kind = waiting.pop()
        kind = getattr(kind, "__supertype__", kind)
        waiting += [arg for arg in typing.get_args(kind) if arg is not Ellipsis]
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in found:
            found.add(kind)
            waiting += typing.get_type_hints(kind).values()
    return found


KINDS = travelling(Event, Effect, Scene, RoomSnapshot)


def test_every_name_of_the_first_version_is_still_written() -> None:
    names = [wire_name(kind) for kind in KINDS]
    assert len(names) == len(set(names))
    assert set(FROZEN) <= set(names)


@pytest.mark.parametrize("kind", typing.get_args(Event), ids=wire_name)
def test_a_union_is_read_by_the_name_that_is_written(kind: type) -> None:
    body = {"is": wire_name(kind)}
    with pytest.raises(wire.WireError, match=f"{kind.__name__} without at_us"):
        wire.read(Event, body)


def test_a_class_name_that_is_not_a_wire_name_is_refused() -> None:
    with pytest.raises(wire.WireError, match="none of"):
        wire.read(Event, {"is": "CardTapped", "at_us": 1, "kind": "uid", "uid": "04"})

"""View models for QML, generated from the dataclasses of the scene: a new field of the scene needs no code here.

A text, number or enum becomes a property with its own change signal, a tuple of cards a keyed list model, a card a view
model of its own. An absent card (None) has `present` false and keeps its last values until `clear`, since its page may
still be fading out.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, cast, get_args, get_origin, get_type_hints

from PySide6.QtCore import Property, QObject, Signal

from kiosk.core.scene.aside_cards import AsideCard
from kiosk.core.scene.care_symbols import CareSymbolCard
from kiosk.core.scene.delivery_cards import DeliveryLineCard, WayCard, ZoneCard
from kiosk.core.scene.garment_cards import ColourSwatch, LookCard, PieceCard, SizeCard
from kiosk.core.scene.message_cards import MessagePieceCard
from kiosk.core.scene.prepared_cards import PreparedPieceCard
from kiosk.core.scene.service_cards import BasketLineCard, RequestCard, ServiceCard
from kiosk.screen.list_model import KeyedListModel

_KEYS: dict[type, str] = {
    PieceCard: "piece",
    SizeCard: "size",
    ColourSwatch: "code",
    LookCard: "item",
    RequestCard: "requestId",
    BasketLineCard: "piece",
    ServiceCard: "key",
    PreparedPieceCard: "article",
    MessagePieceCard: "article",
    AsideCard: "asideId",
    CareSymbolCard: "code",
    WayCard: "way",
    DeliveryLineCard: "piece",
    ZoneCard: "zone",
}
"""For cards in lists: the QML name of the field that identifies a row."""
_QML_NAMES = {"state": "requestState"}
"""Fields whose names are taken in QML items."""


def qml_name(name: str) -> str:
    """The name of a field in QML: camel case."""
    return _QML_NAMES.get(name) or re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def qml_value(value: object) -> Any:
    """A value for QML: an enum as its value, None as an empty string, a tuple as a list."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return value.value
    return [qml_value(one) for one in value] if isinstance(value, tuple) else value


def _base_type(hint: object) -> object:
    """A type hint without NewType and without `| None`."""
    if isinstance(hint, NewType):
        return _base_type(hint.__supertype__)
    if get_origin(hint) in (types.UnionType, Union):
        return _base_type(next(one for one in get_args(hint) if one is not type(None)))
    return hint


@cache
def _hints(card: type) -> dict[str, object]:
    hints = get_type_hints(card)
    return {field.name: _base_type(hints[field.name]) for field in fields(card)}


def _cards_in(hint: object) -> type | None:
    """The card type of a tuple of cards; None for anything else."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if isinstance(inner, type) and is_dataclass(inner) else None


class ViewModel(QObject):
    """Base class of the generated view models."""

    CARD: type
    presentChanged = Signal()  # noqa: N815 - name used by QML

    def __init__(self) -> None:
        super().__init__()
        self._present = False
        self._values: dict[str, Any] = {}
        for name, hint in _hints(self.CARD).items():
            self._values[qml_name(name)] = _empty(hint)

    def _is_present(self) -> bool:
        return self._present

    present = Property(bool, _is_present, notify=presentChanged)

    def values(self) -> tuple[Any, ...]:
        """The current values, including nested view models and list models."""
        return tuple(self._values.values())

    def update(self, card: object | None) -> None:
        """Take the values of the card. None keeps the last values and sets `present` to false."""
        if (card is not None) != self._present:
            self._present = card is not None
            self.presentChanged.emit()
        if card is not None:
            for name in _hints(self.CARD):
                self._set(qml_name(name), getattr(card, name))

    def clear(self) -> None:
        """Reset the values of absent cards, here and in nested view models."""
        for name, hint in _hints(self.CARD).items():
            held = self._values[qml_name(name)]
            if isinstance(held, ViewModel):
                held.clear()
            elif not self._present:
                self._set(qml_name(name), () if isinstance(held, KeyedListModel) else _empty(hint))

    def _set(self, name: str, value: Any) -> None:
        held = self._values[name]
        if isinstance(held, ViewModel):
            held.update(value)
        elif isinstance(held, KeyedListModel):
            held.update([model_row(card) for card in value])
        elif qml_value(value) != held:
            self._values[name] = qml_value(value)
            getattr(self, f"{name}Changed").emit()


def model_row(card: Any) -> dict[str, Any]:
    """A card as a row for a list model."""
    return {qml_name(field.name): qml_value(getattr(card, field.name)) for field in fields(card)}


def _empty(hint: object) -> Any:
    """The initial value of a property of that type: a view model or list model for cards."""
    inner = _cards_in(hint)
    if inner is not None:
        return KeyedListModel([qml_name(field.name) for field in fields(inner)], _KEYS[inner])
    if get_origin(hint) is tuple:
        return []
    kind = cast("type", hint)
    if is_dataclass(kind):
        return view_model_type(kind)()
    return "" if issubclass(kind, Enum) else kind()


def _qml_type(hint: object) -> Any:
    if _cards_in(hint) is not None:
        return QObject  # for Qt, our list models have the type object
    if get_origin(hint) is tuple:
        return "QStringList"
    kind = cast("type", hint)
    if is_dataclass(kind):
        return view_model_type(kind)
    return str if issubclass(kind, Enum) else kind


_QOBJECT_METACLASS = cast("Any", type(ViewModel))


def object_types(card: type) -> dict[str, type[QObject]]:
    """The classes of those properties of a view model that hold an object."""
    kinds = {}
    for name, hint in _hints(card).items():
        if _cards_in(hint) is not None:
            kinds[qml_name(name)] = cast("type[QObject]", KeyedListModel)
        elif isinstance(hint, type) and is_dataclass(hint):
            kinds[qml_name(name)] = view_model_type(hint)
    return kinds


def _getter(name: str) -> Callable[[ViewModel], Any]:
    return lambda self: self._values[name]


@cache
def view_model_type(card: type) -> type[ViewModel]:
    """The view model class for a dataclass of the scene; that of `GarmentCard` is named `Garment`."""
    members: dict[str, Any] = {"CARD": card, "__module__": __name__}
    for field_name, hint in _hints(card).items():
        name = qml_name(field_name)
        kind = _qml_type(hint)
        fixed = isinstance(kind, type) and issubclass(kind, QObject)
        if fixed:
            members[name] = Property(kind, _getter(name), constant=True)
            continue
        members[f"{name}Changed"] = Signal()
        members[name] = Property(kind, _getter(name), notify=members[f"{name}Changed"])
    return cast(
        "type[ViewModel]", _QOBJECT_METACLASS(card.__name__.removesuffix("Card"), (ViewModel,), members)
    )

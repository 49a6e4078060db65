"""The scene's values as objects that QML can bind to, derived from the scene itself: a new field needs no code here.

A text, number or choice becomes a property with its own change signal; a tuple of cards a keyed list model; a card
that may be absent an object with `present`, which keeps its last values while its page fades, until `forget`.
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

from kiosk.core.scene.scene import BasketLineCard, ColourSwatch, LookCard, PieceCard, RequestCard, SizeCard
from kiosk.screen.list_model import KeyedListModel

_KEYS: dict[type, str] = {
    PieceCard: "epc",
    SizeCard: "size",
    ColourSwatch: "code",
    LookCard: "item",
    RequestCard: "requestId",
    BasketLineCard: "epc",
}


_RENAMED = {"state": "requestState"}
"""Names that QML's own items have taken."""


def camel(name: str) -> str:
    """A field's name as QML writes it."""
    return _RENAMED.get(name) or re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def plain(value: object) -> Any:
    """A value as QML takes it: an enum as its text, nothing as an empty text, a tuple as a list."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return value.value
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def _bare(hint: object) -> object:
    """A type without its NewType and its `| None`."""
    if isinstance(hint, NewType):
        return _bare(hint.__supertype__)
    if get_origin(hint) in (types.UnionType, Union):
        return _bare(next(one for one in get_args(hint) if one is not type(None)))
    return hint


@cache
def _hints(card: type) -> dict[str, object]:
    hints = get_type_hints(card)
    return {field.name: _bare(hints[field.name]) for field in fields(card)}


def _cards_in(hint: object) -> type | None:
    """The card type of a tuple of cards; None for anything else."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if isinstance(inner, type) and is_dataclass(inner) else None


class ViewModel(QObject):
    """What all derived objects do: take a card's values, tell what changed, forget them."""

    CARD: type
    presentChanged = Signal()  # noqa: N815 - QML's way of naming

    def __init__(self) -> None:
        super().__init__()
        self._present = False
        self._values: dict[str, Any] = {}
        for name, hint in _hints(self.CARD).items():
            self._values[camel(name)] = _empty(hint)

    def _is_present(self) -> bool:
        return self._present

    present = Property(bool, _is_present, notify=presentChanged)

    def values(self) -> tuple[Any, ...]:
        """Everything held, the cards and list models within as well."""
        return tuple(self._values.values())

    def update(self, card: object | None) -> None:
        """Show these values; None leaves the last ones in place and only says that they are gone."""
        if (card is not None) != self._present:
            self._present = card is not None
            self.presentChanged.emit()
        if card is not None:
            for name in _hints(self.CARD):
                self._take(camel(name), getattr(card, name))

    def clear(self) -> None:
        """Drop what is kept of an absent card, here and in the cards within."""
        for name, hint in _hints(self.CARD).items():
            held = self._values[camel(name)]
            if isinstance(held, ViewModel):
                held.clear()
            elif not self._present:
                self._take(camel(name), () if isinstance(held, KeyedListModel) else _empty(hint))

    def _take(self, name: str, value: Any) -> None:
        held = self._values[name]
        if isinstance(held, ViewModel):
            held.update(value)
        elif isinstance(held, KeyedListModel):
            held.update([model_row(card) for card in value])
        elif plain(value) != held:
            self._values[name] = plain(value)
            getattr(self, f"{name}Changed").emit()


def model_row(card: Any) -> dict[str, Any]:
    """A card as a row of a list model."""
    return {camel(field.name): plain(getattr(card, field.name)) for field in fields(card)}


def _empty(hint: object) -> Any:
    """The first value of a property of that type; also the object or model that stands for it."""
    inner = _cards_in(hint)
    if inner is not None:
        return KeyedListModel([camel(field.name) for field in fields(inner)], _KEYS[inner])
    if get_origin(hint) is tuple:
        return []
    kind = cast("type", hint)
    if is_dataclass(kind):
        return view_model_type(kind)()
    return "" if issubclass(kind, Enum) else kind()


def _qml_type(hint: object) -> Any:
    if _cards_in(hint) is not None:
        return QObject  # Qt's type system does not know of our model's class, only that it is an object
    if get_origin(hint) is tuple:
        return "QStringList"
    kind = cast("type", hint)
    if is_dataclass(kind):
        return view_model_type(kind)
    return str if issubclass(kind, Enum) else kind


_QT_MAKES_CLASSES = cast("Any", type(ViewModel))


def object_types(card: type) -> dict[str, type[QObject]]:
    """The classes behind those properties of a card's object that hold an object."""
    kinds = {}
    for name, hint in _hints(card).items():
        if _cards_in(hint) is not None:
            kinds[camel(name)] = cast("type[QObject]", KeyedListModel)
        elif isinstance(hint, type) and is_dataclass(hint):
            kinds[camel(name)] = view_model_type(hint)
    return kinds


def _getter(name: str) -> Callable[[ViewModel], Any]:
    return lambda self: self._values[name]


@cache
def view_model_type(card: type) -> type[ViewModel]:
    """The QObject class for a dataclass of the scene; `GarmentCard` becomes `Garment`."""
    members: dict[str, Any] = {"CARD": card, "__module__": __name__}
    for field_name, hint in _hints(card).items():
        name = camel(field_name)
        kind = _qml_type(hint)
        fixed = isinstance(kind, type) and issubclass(kind, QObject)
        if fixed:
            members[name] = Property(kind, _getter(name), constant=True)
            continue
        members[f"{name}Changed"] = Signal()
        members[name] = Property(kind, _getter(name), notify=members[f"{name}Changed"])
    return cast(
        "type[ViewModel]", _QT_MAKES_CLASSES(card.__name__.removesuffix("Card"), (ViewModel,), members)
    )

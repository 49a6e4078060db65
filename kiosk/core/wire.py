"""Serialises values to JSON and back: for the API, event streams, journals and transcripts.

A dataclass becomes an object of its fields, with its name under "is"; unions are read by that name. Unknown keys are
ignored, so that a newer store and an older mirror work together; a missing or wrong key is a WireError.
"""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


_WIRE_NAMES = {
    "AdviceBasis": "Basis",
    "AssociateReply": "Answer",
    "Availability": "Offer",
    "BackPressed": "WentBack",
    "BasketLineCard": "LineCard",
    "BodyFacts": "Told",
    "CancelPayment": "DropPayment",
    "CardTapped": "Tapped",
    "CategorySize": "WornSize",
    "CollectPayment": "Collect",
    "ColourSwatch": "Swatch",
    "Destination": "Place",
    "ElsewhereStock": "Elsewhere",
    "FitAnswered": "FitTold",
    "FitArea": "Spot",
    "FitFeedback": "Feel",
    "FitFeedbackCard": "FeelCard",
    "FitField": "Dial",
    "FitFieldChanged": "FitDialled",
    "FitFormCard": "FitCard",
    "FitMethod": "Way",
    "FitQuestionOpened": "FitAsked",
    "FitRated": "FeltSaid",
    "FitRating": "Felt",
    "GarmentCertaintyChanged": "GarmentDoubt",
    "IdentifyShopper": "Identify",
    "LocalizedText": "Words",
    "PageOpened": "WentTo",
    "PaymentCancelRequested": "PayDropped",
    "PaymentChanged": "PaymentMoved",
    "PaymentConfirmed": "PayConfirmed",
    "PaymentMeans": "Means",
    "PaymentRequested": "PayWished",
    "PaymentState": "PayState",
    "PieceConfirmed": "SaidMine",
    "PieceScanned": "Scanned",
    "RecordItemEvent": "Note",
    "ReportVisit": "TellVisit",
    "RequestAction": "Move",
    "RoomSnapshot": "Snapshot",
    "SaveFitFeedback": "KeepFeel",
    "ScreenDarkened": "JustMirror",
    "ScreenWoken": "Woken",
    "ServiceRequested": "Asked",
    "ShopperIdentified": "ShopperCame",
    "SizeAdviceReceived": "AdviceCame",
    "SizeLocation": "SizePlace",
    "SizeRun": "LabelRun",
    "SizeStock": "SizeOffer",
    "SuggestionDismissed": "NotThis",
    "SuggestionsReceived": "SuggestionsCame",
    "TapFailure": "TapTrouble",
    "TogglePiece": "BringPiece",
    "TransactionChanged": "MoneyMoved",
    "UnsettledTransaction": "OpenMoney",
    "WipeVisit": "Wipe",
}
"""Class name to its name in JSON, where the two differ: stored data and older mirrors know the JSON name alone."""


_RENAMED_FIELDS = {
    "piece": ("epc", "the value identifies the piece, not its tag"),
    "article": ("gtin", "the value is a GTIN or the shop's own SKU"),
}
"""Fields with an earlier name and the reason why it changed, for the message about a body with the earlier name."""


def wire_name(kind: type) -> str:
    """The name of a class in JSON: the value of "is", of an event in a stream, of a schema in the OpenAPI document."""
    return wire_name_of(kind.__name__)


def wire_name_of(class_name: str) -> str:
    """The name in JSON of the class of that name."""
    return _WIRE_NAMES.get(class_name, class_name)


class WireError(ValueError):
    """JSON that does not fit the expected type; the message has the place ("$.lines[2].piece") and the reason."""


_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass; None for any other class."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def to_json(value: object) -> Json:
    """A value as json.dumps takes it. Raises TypeError for a type that is not meant to be sent."""
    kind: Any = type(value)
    # most values are plain, and the answer to one request has a thousand of them
    if kind in _PLAIN:
        return typing.cast("Json", value)
    if isinstance(value, Enum):
        return typing.cast("Json", value.value)
    names = _field_names(kind)
    if names is not None:
        body: dict[str, Json] = {"is": wire_name(kind)}
        for name in names:
            body[name] = to_json(getattr(value, name))
        return body
    if isinstance(value, tuple | list | frozenset):
        return [to_json(v) for v in value]
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def from_json(kind: Any, value: object) -> Any:
    """A value of `kind` (a class, an alias of a union, a tuple type) from parsed JSON. Raises WireError."""
    return _read(kind, value, "$")


def _read(kind: Any, value: object, where: str) -> Any:
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_union(typing.get_args(kind), value, where)
    if origin is tuple:
        return _read_tuple(typing.get_args(kind), value, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _read_enum(kind, value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_object(kind, value, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is type(None) and value is None:
        return None
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise WireError(f"{where}: {type(value).__name__} where {_shown(kind)} was expected")


def _shown(kind: Any) -> str:
    return wire_name(kind) if isinstance(kind, type) else str(kind)


def _read_union(kinds: tuple[Any, ...], value: object, where: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    rest = [k for k in kinds if k is not type(None)]
    if len(rest) == 1:
        return _read(rest[0], value, where)
    name = value.get("is") if isinstance(value, dict) else None
    for kind in rest:
        if isinstance(kind, type) and wire_name(kind) == name:
            return _read(kind, value, where)
    raise WireError(f"{where}: {name!r} is none of {', '.join(wire_name(k) for k in rest)}")


def _read_tuple(kinds: tuple[Any, ...], value: object, where: str) -> Any:
    if not isinstance(value, list):
        raise WireError(f"{where}: {type(value).__name__} where a list was expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], v, f"{where}[{i}]") for i, v in enumerate(value))
    if len(kinds) != len(value):
        raise WireError(f"{where}: {len(value)} entries where {len(kinds)} were expected")
    return tuple(_read(k, v, f"{where}[{i}]") for i, (k, v) in enumerate(zip(kinds, value, strict=True)))


def _read_enum(kind: type[Enum], value: object, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(m.value) for m in kind)
        raise WireError(f"{where}: {value!r} is none of {known}") from None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read_object(kind: type, value: object, where: str) -> Any:
    if not isinstance(value, dict):
        raise WireError(f"{where}: {type(value).__name__} where a {wire_name(kind)} was expected")
    hints = _hints(kind)
    given = {}
    for field in fields(kind):
        if field.name in value:
            given[field.name] = _read(hints[field.name], value[field.name], f"{where}.{field.name}")
        else:
            _check_absent(kind, field, value, where)
    return kind(**given)


def _check_absent(kind: type, field: Field[Any], value: dict[str, object], where: str) -> None:
    """Raises WireError if a field may not be absent, or is there under its earlier name."""
    earlier, why = _RENAMED_FIELDS.get(field.name, ("", ""))
    if earlier in value:
        raise WireError(
            f"{where}: {earlier!r} is now {field.name!r}: {why}; mirrors and store must have the same version"
        )
    if not _has_default(field):
        raise WireError(f"{where}: {wire_name(kind)} without {field.name}")


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING

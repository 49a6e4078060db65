"""Serialises values to JSON and back: for the API, event streams, journals and transcripts.

A dataclass becomes an object of its fields, with its name under "is"; unions are read by that name. Unknown keys are
ignored, so that a newer store and an older mirror work together; a missing or wrong key is a WireError.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache, partial
from itertools import repeat
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
def _fields_of(kind: type) -> tuple[str, tuple[str, ...]] | None:
    """Name in JSON and fields of a dataclass; None for any other class."""
    if not is_dataclass(kind):
        return None
    return wire_name(kind), tuple(field.name for field in fields(kind))


def to_json(value: object) -> Json:
    """A value as json.dumps takes it. Raises TypeError for a type that is not meant to be sent."""
    kind: Any = type(value)
    # most values are plain, and the answer to one request has a thousand of them
    if kind in _PLAIN:
        return typing.cast("Json", value)
    if isinstance(value, Enum):
        return typing.cast("Json", value.value)
    found = _fields_of(kind)
    if found is not None:
        body: dict[str, Json] = {"is": found[0]}
        for name in found[1]:
            body[name] = to_json(getattr(value, name))
        return body
    if isinstance(value, tuple | list | frozenset):
        return [to_json(v) for v in value]
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def from_json(kind: Any, value: object) -> Any:
    """A value of `kind` (a class, an alias of a union, a tuple type) from parsed JSON. Raises WireError."""
    try:
        return _reader_of(kind)(value)
    except _MisfitError as misfit:
        raise WireError(f"${''.join(reversed(misfit.path))}: {misfit.why}") from None


_Reader = Callable[[object], Any]


class _MisfitError(Exception):
    """A value that does not fit; `path` are the steps to it, the innermost first."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.path: list[str] = []


@cache
def _reader_of(kind: Any) -> _Reader:
    """The function that reads a type; made once for each type."""
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_reader(typing.get_args(kind))
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(_read_enum, kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _ObjectReader(kind)
    return partial(_read_number, kind) if kind is float else partial(_read_plain, kind)


def _read_plain(kind: Any, value: object) -> Any:
    if type(value) is kind:
        return value
    raise _MisfitError(f"{type(value).__name__} where {_shown(kind)} was expected")


def _read_number(kind: Any, value: object) -> Any:
    return float(value) if type(value) is int else _read_plain(kind, value)


def _shown(kind: Any) -> str:
    return wire_name(kind) if isinstance(kind, type) else str(kind)


def _union_reader(kinds: tuple[Any, ...]) -> _Reader:
    rest = [kind for kind in kinds if kind is not type(None)]
    optional = len(rest) < len(kinds)
    if len(rest) == 1:
        only = rest[0]
        return lambda value: None if value is None else _reader_of(only)(value)
    by_name = {wire_name(kind): kind for kind in rest if isinstance(kind, type)}

    def read(value: object) -> Any:
        if value is None and optional:
            return None
        name = value.get("is") if isinstance(value, dict) else None
        kind = by_name.get(name) if isinstance(name, str) else None
        if kind is None:
            raise _MisfitError(f"{name!r} is none of {', '.join(wire_name(k) for k in rest)}")
        return _reader_of(kind)(value)

    return read


def _tuple_reader(kinds: tuple[Any, ...]) -> _Reader:
    endless = len(kinds) == 2 and kinds[1] is Ellipsis
    readers = [_reader_of(kind) for kind in kinds if kind is not Ellipsis]

    def read(value: object) -> Any:
        if not isinstance(value, list):
            raise _MisfitError(f"{type(value).__name__} where a list was expected")
        if not endless and len(readers) != len(value):
            raise _MisfitError(f"{len(value)} entries where {len(readers)} were expected")
        found: list[Any] = []
        try:
            for reader, entry in zip(repeat(readers[0]) if endless else readers, value, strict=False):
                found.append(reader(entry))
        except _MisfitError as misfit:
            misfit.path.append(f"[{len(found)}]")
            raise
        return tuple(found)

    return read


def _read_enum(kind: type[Enum], value: object) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(m.value) for m in kind)
        raise _MisfitError(f"{value!r} is none of {known}") from None


class _ObjectReader:
    """Reads a dataclass. The readers of its fields are made at the first value: a type may contain itself."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        self._readers: tuple[tuple[Field[Any], str, _Reader], ...] | None = None

    def __call__(self, value: object) -> Any:
        if not isinstance(value, dict):
            raise _MisfitError(f"{type(value).__name__} where a {wire_name(self._kind)} was expected")
        given = {}
        name = ""
        try:
            for field, name, reader in self._readers or self._made():
                if name in value:
                    given[name] = reader(value[name])
                else:
                    self._check_absent(field, value)
        except _MisfitError as misfit:
            if name in value:
                misfit.path.append(f".{name}")
            raise
        return self._kind(**given)

    def _made(self) -> tuple[tuple[Field[Any], str, _Reader], ...]:
        hints, kind = typing.get_type_hints(self._kind), typing.cast("Any", self._kind)
        self._readers = tuple((field, field.name, _reader_of(hints[field.name])) for field in fields(kind))
        return self._readers

    def _check_absent(self, field: Field[Any], value: dict[str, object]) -> None:
        """Raises an error if a field may not be absent, or is there under its earlier name."""
        earlier, why = _RENAMED_FIELDS.get(field.name, ("", ""))
        if earlier in value:
            raise _MisfitError(
                f"{earlier!r} is now {field.name!r}: {why}; mirrors and store must have the same version"
            )
        if field.default is MISSING and field.default_factory is MISSING:
            raise _MisfitError(f"{wire_name(self._kind)} without {field.name}")

"""Values as JSON and back; names in JSON do not change when a class is renamed."""

from __future__ import annotations

import dataclasses
import json
import typing
from pathlib import Path

import pytest

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.effects import Effect
from kiosk.core.visit.events import CardTapped, Event, GarmentArrived, GarmentLeft, StoreEvent
from kiosk.core.wire import WireError, from_json, to_json, wire_name
from kiosk.mirror.event_stream import RoomSnapshot
from tests.kiosk.core.garments import garment

FIRST_VERSION = json.loads((Path(__file__).parent / "wire_fields.json").read_text("utf-8"))
"""Every name under "is" in the first version of the API, with the names of its fields. Only additions are allowed."""


def reachable(*roots: object) -> set[type]:
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


KINDS = reachable(Event, Effect, Scene, RoomSnapshot)


def test_every_name_of_the_first_version_is_still_written() -> None:
    names = [wire_name(kind) for kind in KINDS]
    assert len(names) == len(set(names))
    assert set(FIRST_VERSION) <= set(names)


def test_every_field_of_the_first_version_is_still_written() -> None:
    fields = {wire_name(kind): {field.name for field in dataclasses.fields(kind)} for kind in KINDS}
    lost = {name: set(old) - fields[name] for name, old in FIRST_VERSION.items()}
    assert {name: gone for name, gone in lost.items() if gone} == {}


@pytest.mark.parametrize("kind", typing.get_args(Event), ids=wire_name)
def test_a_union_is_read_by_the_name_that_is_written(kind: type) -> None:
    body = {"is": wire_name(kind)}
    with pytest.raises(WireError, match=f"{wire_name(kind)} without at_us"):
        from_json(Event, body)


def test_a_class_name_that_is_not_a_wire_name_is_refused() -> None:
    with pytest.raises(WireError, match="none of"):
        from_json(Event, {"is": "CardTapped", "at_us": 1, "kind": "uid", "uid": "04"})


def test_a_value_is_read_as_it_was_written() -> None:
    arrived = GarmentArrived(5, PieceId("30AA"), garment(), sure=False)
    assert from_json(StoreEvent, json.loads(json.dumps(to_json(arrived)))) == arrived
    left = GarmentLeft(6, PieceId("30AA"))
    assert from_json(StoreEvent, {**to_json(left), "newer": 1}) == left  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"is": "GarmentLeft", "at_us": "soon", "piece": "A"}, "at_us"),
        ({"is": "GarmentLeft", "at_us": 1}, "without piece"),
        ({"is": "GarmentLeft", "at_us": 1, "epc": "30"}, r"\$: 'epc' is now 'piece': .* same version"),
        ({"is": "Nothing"}, "none of"),
        ([], "none of"),
        ({"is": "GarmentLeft", "at_us": True, "piece": "A"}, "at_us"),
    ],
)
def test_json_that_does_not_fit_is_refused_with_its_place(body: object, says: str) -> None:
    with pytest.raises(WireError, match=says):
        from_json(StoreEvent, body)


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        (tuple[int, ...], 3, r"\$: int where a list"),
        (tuple[int, str], [1], "1 entries where 2"),
        (tuple[int, ...], [1, "x"], r"\$\[1\]: str where int"),
        (RequestKind, "dance", "'dance' is none of size"),
        (Money, [], "list where a Money"),
        (CardTapped, [], "list where a Tapped"),
        (CardTapped, {}, "Tapped without at_us"),
        (int, None, "NoneType where int"),
        (int | None, "x", "str where int"),
    ],
)
def test_each_type_refuses_invalid_values(kind: object, body: object, says: str) -> None:
    with pytest.raises(WireError, match=says):
        from_json(kind, body)


def test_each_type_is_read() -> None:
    assert from_json(tuple[int, str], [1, "a"]) == (1, "a")
    assert from_json(float, 3) == 3.0
    assert from_json(type(None), None) is None
    assert from_json(int | None, None) is None
    assert from_json(RequestKind, "drink") is RequestKind.DRINK


def test_a_type_that_is_not_meant_to_be_sent_is_refused() -> None:
    with pytest.raises(TypeError, match="dict cannot be written"):
        to_json({})

"""View models: fields of the scene become properties, absent cards keep their values until they are cleared."""

from __future__ import annotations

from dataclasses import fields, replace

from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import PayCard, RequestCard
from kiosk.screen.list_model import KeyedListModel
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.view_models import ViewModel, model_row, qml_name, qml_value, view_model_type
from kiosk.screen.window import application


def scene_view_model() -> ViewModel:
    application()
    return view_model_type(Scene)()


def test_a_view_model_has_a_property_for_each_field() -> None:
    meta = view_model_type(PayCard).staticMetaObject  # type: ignore[attr-defined]  # missing in the stub of PySide6
    names = {meta.property(n).name() for n in range(meta.propertyCount())}
    assert {qml_name(field.name) for field in fields(PayCard)} <= names


def test_names_and_values_for_qml() -> None:
    assert qml_name("stock_minutes") == "stockMinutes"
    assert qml_name("state") == "requestState"
    request = sample_scenes()["request-claimed"].requests[0]
    row = model_row(request)
    assert set(row) == {qml_name(field.name) for field in fields(RequestCard)}
    assert (row["requestState"], row["atDoor"], row["canWithdraw"]) == ("claimed", True, True)
    assert qml_value(None) == ""


def test_a_changed_field_emits_its_own_signal_only() -> None:
    model = scene_view_model()
    scene = sample_scenes()["wardrobe-three"]
    model.update(scene)
    emitted: list[str] = []
    for name in ("firstName", "house", "page"):
        getattr(model, f"{name}Changed").connect(lambda name=name: emitted.append(name))
    model.update(replace(scene, first_name="Clara"))
    assert emitted == ["firstName"]
    assert model.property("firstName") == "Clara"


def test_an_absent_card_keeps_its_values_until_it_is_cleared() -> None:
    model = scene_view_model()
    scenes = sample_scenes()
    model.update(scenes["pay-tap"])
    pay = model.property("pay")
    total = pay.property("total")
    assert (pay.property("present"), pay.property("waitsForCard")) == (True, True)
    model.update(scenes["rest"])
    assert (pay.property("present"), pay.property("total")) == (False, total)
    model.clear()
    assert pay.property("total") == ""


def test_clear_keeps_the_values_of_the_current_scene() -> None:
    model = scene_view_model()
    scenes = sample_scenes()
    model.update(scenes["garment"])
    model.update(scenes["wardrobe-three"])
    sizes = model.property("garment").property("sizes")
    assert isinstance(sizes, KeyedListModel)
    assert sizes.rows()
    model.clear()
    assert sizes.rows() == ()
    pieces = model.property("pieces")
    assert len(pieces.rows()) == 3

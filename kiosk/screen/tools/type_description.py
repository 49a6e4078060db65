"""Describes our Python types in Qt's own form, from what Qt itself knows of them, so that the linter sees the same."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMetaMethod, QMetaObject, QObject

from kiosk.core.scene.scene import Scene
from kiosk.screen.mirror_view_model import MirrorViewModel
from kiosk.screen.picture_loader import PictureLoader
from kiosk.screen.qml_types import URI, qml_types
from kiosk.screen.view_models import ViewModel, object_types, view_model_type


def _meta(kind: type[QObject]) -> QMetaObject:
    return kind.staticMetaObject  # type: ignore[attr-defined, no-any-return]  # missing in Qt's stub


_BASE = _meta(QObject)


def qmltypes() -> str:
    """The text of a .qmltypes file for all our types."""
    kinds = qml_types()
    by_class = {_meta(kind).className(): name for name, kind in kinds.items()}
    lines = ["import QtQuick.tooling 1.2", "", "Module {"]
    for name, kind in kinds.items():
        lines += _component(name, kind, by_class)
    return "\n".join([*lines, "}", ""])


def _held(kind: type[QObject], by_class: dict[str, str]) -> dict[str, str]:
    """Properties that hold an object, with its class: Qt only knows that it is one."""
    if kind is MirrorViewModel:
        held: dict[str, type[QObject]] = {"scene": view_model_type(Scene), "pictures": PictureLoader}
    else:
        held = object_types(kind.CARD) if issubclass(kind, ViewModel) else {}
    return {name: by_class[_meta(one).className()] for name, one in held.items()}


def _component(name: str, kind: type[QObject], by_class: dict[str, str]) -> Iterator[str]:
    meta = _meta(kind)
    base = "QAbstractListModel" if name == "KeyedListModel" else "QObject"
    yield "    Component {"
    yield f'        name: "{name}"'
    yield f'        prototype: "{base}"'
    yield '        accessSemantics: "reference"'
    yield f'        exports: ["{URI}/{name} 1.0"]'
    yield "        exportMetaObjectRevisions: [256]"
    yield "        isCreatable: false"
    yield from _properties(meta, _held(kind, by_class))
    yield from _methods(meta, by_class)
    yield "    }"


def _properties(meta: QMetaObject, held: dict[str, str]) -> Iterator[str]:
    for n in range(_BASE.propertyCount(), meta.propertyCount()):
        found = meta.property(n)
        name = _text(found.name())
        kind = held.get(name) or _text(found.typeName())
        pointer = "; isPointer: true" if name in held else ""
        change = "isPropertyConstant: true" if found.isConstant() else f'notify: "{name}Changed"'
        yield f'        Property {{ name: "{name}"; type: "{kind}"{pointer}; isReadonly: true; {change} }}'


def _text(said: object) -> str:
    """Qt's stub says bytes where its code gives text."""
    return bytes(said).decode() if isinstance(said, bytes | bytearray | memoryview) else str(said)


def _methods(meta: QMetaObject, by_class: dict[str, str]) -> Iterator[str]:
    words = {QMetaMethod.MethodType.Signal: "Signal", QMetaMethod.MethodType.Slot: "Method"}
    for n in range(_BASE.methodCount(), meta.methodCount()):
        method = meta.method(n)
        word = words.get(method.methodType())
        if word is None or method.enclosingMetaObject().className() not in by_class:
            continue
        yield f"        {word} {{"
        yield f'            name: "{bytes(method.name().data()).decode()}"'
        back = _text(method.typeName())
        if back not in ("", "void"):
            yield f'            type: "{back}"'
        for spot, kind in enumerate(method.parameterTypes()):
            said = bytes(kind.data()).decode()
            yield f'            Parameter {{ name: "p{spot}"; type: "{said}" }}'
        yield "        }"

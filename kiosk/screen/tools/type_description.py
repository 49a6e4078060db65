"""Writes a .qmltypes description of our Python types for qmllint, from their Qt meta objects."""

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
    """The content of a .qmltypes file with all our types."""
    kinds = qml_types()
    by_class = {_meta(kind).className(): name for name, kind in kinds.items()}
    lines = ["import QtQuick.tooling 1.2", "", "Module {"]
    for name, kind in kinds.items():
        lines += _component(name, kind, by_class)
    return "\n".join([*lines, "}", ""])


def _object_properties(kind: type[QObject], by_class: dict[str, str]) -> dict[str, str]:
    """Properties that hold an object, with the class of the object, which the meta object does not name."""
    if kind is MirrorViewModel:
        objects: dict[str, type[QObject]] = {"scene": view_model_type(Scene), "pictures": PictureLoader}
    else:
        objects = object_types(kind.CARD) if issubclass(kind, ViewModel) else {}
    return {name: by_class[_meta(one).className()] for name, one in objects.items()}


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
    yield from _properties(meta, _object_properties(kind, by_class))
    yield from _methods(meta, by_class)
    yield "    }"


def _properties(meta: QMetaObject, objects: dict[str, str]) -> Iterator[str]:
    for n in range(_BASE.propertyCount(), meta.propertyCount()):
        found = meta.property(n)
        name = _text(found.name())
        kind = objects.get(name) or _text(found.typeName())
        pointer = "; isPointer: true" if name in objects else ""
        change = "isPropertyConstant: true" if found.isConstant() else f'notify: "{name}Changed"'
        yield f'        Property {{ name: "{name}"; type: "{kind}"{pointer}; isReadonly: true; {change} }}'


def _text(name: object) -> str:
    """Text of a name: the stub of PySide6 says bytes, the code returns str."""
    return bytes(name).decode() if isinstance(name, bytes | bytearray | memoryview) else str(name)


def _methods(meta: QMetaObject, by_class: dict[str, str]) -> Iterator[str]:
    keywords = {QMetaMethod.MethodType.Signal: "Signal", QMetaMethod.MethodType.Slot: "Method"}
    for n in range(_BASE.methodCount(), meta.methodCount()):
        method = meta.method(n)
        keyword = keywords.get(method.methodType())
        if keyword is None or method.enclosingMetaObject().className() not in by_class:
            continue
        yield f"        {keyword} {{"
        yield f'            name: "{bytes(method.name().data()).decode()}"'
        return_type = _text(method.typeName())
        if return_type not in ("", "void"):
            yield f'            type: "{return_type}"'
        for position, kind in enumerate(method.parameterTypes()):
            type_name = bytes(kind.data()).decode()
            yield f'            Parameter {{ name: "p{position}"; type: "{type_name}" }}'
        yield "        }"

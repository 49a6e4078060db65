"""Writes down the Python types that QML names, as Qt's linter reads them: DIRECTORY/Mirror/Glass/{qmldir,*.qmltypes}.

    python packaging/lib/qml_types.py DIRECTORY

Qt's own tools read types from source; ours are partly derived while running, so they are asked themselves.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMetaMethod

from kiosk.screen.mirror_view import MirrorView
from kiosk.screen.pictures import Pictures
from kiosk.screen.qml_types import URI, qml_types
from kiosk.screen.style import GlassStyle

# what C++ calls a thing, and what a description of QML types calls it
_PLAIN = {
    "QString": "QString",
    "bool": "bool",
    "int": "int",
    "double": "double",
    "float": "double",
    "": "void",
}


def written(name: str, kind: Any) -> list[str]:
    """One type: its properties, signals and slots beyond those of QObject and of Qt's own base classes."""
    meta: Any = kind.staticMetaObject
    base = _base(kind)
    lines = [
        "    Component {",
        f'        name: "{meta.className()}"',
        '        accessSemantics: "reference"',
        f'        prototype: "{base.className()}"',
        f'        exports: ["{URI}/{name} 1.0"]',
        "        isCreatable: false",
        "        exportMetaObjectRevisions: [256]",
    ]
    for number in range(base.propertyCount(), meta.propertyCount()):
        one = meta.property(number)
        lines.append(_property(one, _kind(kind, one)))
    lines += [_method(meta.method(number)) for number in range(base.methodCount(), meta.methodCount())]
    return [*lines, "    }"]


def _base(kind: Any) -> Any:
    """The nearest ancestor that Qt itself describes."""
    for ancestor in kind.__mro__[1:]:
        if ancestor.__module__.startswith("PySide6"):
            return ancestor.staticMetaObject
    raise TypeError(f"{kind} is no type of Qt")


def _type(name: str) -> str:
    bare = name.removesuffix("*")
    return f'type: "{_PLAIN.get(bare, bare)}"' + ("; isPointer: true" if name.endswith("*") else "")


def _kind(owner: Any, one: Any) -> str:
    """The type of a property; PySide tells Qt of every object only that it is one, so a living one is asked."""
    told: str = one.typeName() or "QVariant"
    if told != "QObject*":
        return told
    held = getattr(_living(owner), one.name())
    return f"{held.staticMetaObject.className()}*"


@cache
def _living(kind: Any) -> Any:
    if kind is Pictures:
        return Pictures(lambda _path, _height: None)
    if kind is MirrorView:
        return kind(send=print, now_us=int, style=GlassStyle(), pictures=_living(Pictures))
    return kind()


def _property(one: Any, kind: str) -> str:
    facts = [f'name: "{one.name()}"', _type(kind), "isReadonly: true"]
    if one.hasNotifySignal():
        facts.append(f'notify: "{_text(one.notifySignal().name())}"')
    if one.isConstant():
        facts.append("isPropertyConstant: true")
    return f"        Property {{ {'; '.join(facts)} }}"


def _method(one: Any) -> str:
    word = "Signal" if one.methodType() == QMetaMethod.MethodType.Signal else "Method"
    facts = [f'name: "{_text(one.name())}"']
    if word == "Method" and one.typeName() not in ("", "void"):
        facts.append(_type(one.typeName()))
    names = [_text(name) or f"a{at}" for at, name in enumerate(one.parameterNames())]
    for name, kind in zip(names, one.parameterTypes(), strict=True):
        facts.append(f'Parameter {{ name: "{name}"; {_type(_text(kind))} }}')
    # one fact a line: a nested object takes no semicolon
    return "\n".join((f"        {word} {{", *(f"            {fact}" for fact in facts), "        }"))


def _text(raw: Any) -> str:
    return bytes(raw.data() if hasattr(raw, "data") else raw).decode()


def main(directory: Path) -> None:
    """Write both files."""
    place = directory.joinpath(*URI.split("."))
    place.mkdir(parents=True, exist_ok=True)
    body = [line for name, kind in sorted(qml_types().items()) for line in written(name, kind)]
    text = "\n".join(["import QtQuick.tooling 1.2", "Module {", *body, "}", ""])
    (place / "glass.qmltypes").write_text(text, encoding="utf-8")
    (place / "qmldir").write_text(
        f"module {URI}\ntypeinfo glass.qmltypes\ndepends QtQuick\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

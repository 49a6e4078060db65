"""The tree of errors in the docstring of `hardware.errors` is complete."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import hardware
from hardware import errors


def below(kind: type[errors.HardwareError]) -> set[str]:
    named = {kind.__name__}
    for child in kind.__subclasses__():
        named |= below(child)
    return named


def test_the_tree_lists_every_error() -> None:
    assert Path(str(hardware.__file__)).name == "__init__.py"
    for module in walk_packages(hardware.__path__, "hardware."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    others = [import_module(name) for name in ("hardware.pcsc.errors", "hardware.zebra.errors")]
    drawn = "".join(str(module.__doc__) for module in (errors, *others))
    mine = {name for name in below(errors.HardwareError) if not name.startswith("_")}
    assert {name for name in mine if name not in drawn} == set()

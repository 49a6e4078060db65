"""The validators of the API's types, made once in a test process instead of for each application.

FastAPI makes one for every parameter and answer of every route, the same 260 for each store that a test serves. That
takes longer than to open the store. The commands and the tests of whole processes do without this.

FastAPI also keeps the functions of the last 4,096 routes, and with them some 20 closed stores: half a million objects
that each collection of garbage visits. They are let go.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import fastapi._compat.v2
import fastapi.dependencies.models
import pytest
from pydantic import ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

_kept: dict[tuple[object, ...], TypeAdapter[Any]] = {}


def adapter(annotated: Any, config: ConfigDict | None = None) -> TypeAdapter[Any]:
    """The validator of an annotated type: an earlier one of the same type, annotations and settings of the field."""
    kind, *annotations = get_args(annotated)
    key = (kind, repr(config), *(repr(a) if isinstance(a, FieldInfo) else a for a in annotations))
    try:
        return _kept[key]
    except KeyError:
        _kept[key] = made = TypeAdapter(annotated, config=config)
        return made
    except TypeError:  # an annotation that cannot be a key
        return TypeAdapter(annotated, config=config)


@contextmanager
def validators_kept() -> Iterator[None]:
    """Applications that are built in this block share their validators with the earlier ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastapi._compat.v2, "TypeAdapter", adapter)
        yield
    for kept in vars(fastapi.dependencies.models).values():
        if clear := getattr(kept, "cache_clear", None):
            clear()

"""How FastAPI reads and writes core values: by `kiosk.core.wire`, with the JSON schema of the dataclass.

FastAPI's own reading of a dataclass is not enough here: it turns "1" into 1, it chooses a member of a union by its
fields instead of by the class name under "is", and it writes no "is". So `Wire[T]` keeps FastAPI's typed routes and its
OpenAPI document, and gives validation and serialization to `kiosk.core.wire`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from kiosk.core.wire import WireError, from_json, to_json
from kiosk.store.api.body_limit import StrictJsonError, strict_json

T = TypeVar("T")


class WireForm:
    """Pydantic annotation: the value is read and written in the wire form of core values.

    `write` may add fields for a page; `added` is the dataclass of these fields, for the schema.
    """

    def __init__(self, write: Callable[[Any], Any] = to_json, added: type | None = None) -> None:
        self._write, self._added = write, added

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any, _inner: Any) -> Any:
            return value if _is_core_value(value) else from_json(source, parsed(value))

        return core_schema.no_info_wrap_validator_function(
            validate,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(self._write),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        written = handler(schema)
        return (
            written
            if self._added is None
            else {"allOf": [written, handler(TypeAdapter(self._added).core_schema)]}
        )


Wire = Annotated[T, WireForm()]
"""A core value, a union or a tuple of core values, as the body or the answer of a route."""


class JsonObject(BaseModel):
    """Base of the API's objects that are no core values: they carry no class name under "is"."""


def parsed(body: Any) -> Any:
    """The JSON in a body that arrived as bytes; anything else as it is. Raises WireError if it is not accepted."""
    if not isinstance(body, bytes):
        return body
    try:
        return strict_json(body)
    except StrictJsonError as error:
        raise WireError(f"$: {error}") from None
    except (ValueError, RecursionError) as error:
        raise WireError(f"$: not JSON ({type(error).__name__})") from None


def _is_core_value(value: Any) -> bool:
    """Whether a route's answer is a value already; parsed JSON has no tuples and no dataclasses."""
    return isinstance(value, tuple) or is_dataclass(value)

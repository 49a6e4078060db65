"""The OpenAPI document: complete, without loose references, with the names that values have in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from kiosk.core.exchanges import ROOM_PREFIX, TABLE, Exchange
from kiosk.core.wire import wire_name
from kiosk.store.api.openapi import add_schema
from tests.kiosk.store.http_clients import TIMEOUT_S
from tests.kiosk.store.sample_shop import sample_store, served, settings_in


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document of the sample shop, made once for all tests: it takes about 1 s of processor time."""
    with sample_store(settings_in(tmp_path_factory.mktemp("documented"))) as store, served(store) as url:
        answer = requests.get(f"{url}/api/v1/openapi.json", timeout=TIMEOUT_S)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_every_operation_is_described_and_every_reference_resolves(document: dict[str, Any]) -> None:
    operations = [o for path in document["paths"].values() for o in path.values()]
    assert all(o["summary"] and o["description"] and o["tags"] for o in operations)
    assert all(set(o["responses"]) >= {"default"} for o in operations)
    pages = [o["responses"]["422"] for o in operations if "422" in o["responses"]]
    assert all("text/html" in page["content"] for page in pages), "none is that of FastAPI"
    assert {r.rpartition("/")[2] for r in references(document)} <= set(document["components"]["schemas"])


def test_core_values_carry_their_name_in_json_and_other_objects_none(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name in ("ServiceRequest", "Tapped", "Words", "OpenMoney", "RoomBoard", "StandAnswer"):
        assert schemas[name]["properties"]["is"] == {"const": name}
    for name in ("ShopAnswer", "SignInBody", "SuggestionsAnswer", "TableAnswer", "Problem"):
        assert "is" not in schemas[name]["properties"]


def test_no_schema_replaces_another_of_its_name(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    problems = schemas["FleetRoom"]["properties"]["problems"]["items"]
    assert problems == {"$ref": "#/components/schemas/FleetProblem"}
    assert "mirror-lost" in schemas["FleetProblem"]["enum"]
    assert {"type", "title", "status"} <= set(schemas["Problem"]["properties"])
    assert not [name for name in schemas if "__" in name], "names that FastAPI made of two alike"


def test_planted_two_schemas_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two schemas are called Problem"):
        add_schema({"Problem": {"enum": ["mirror-lost"]}}, "Problem", {"type": "object"})


@pytest.mark.parametrize(
    "exchange", [e for e in TABLE if e.body is not None], ids=lambda e: e.effect.__name__
)
def test_the_body_of_every_exchange_is_documented(
    document: dict[str, Any], exchange: Exchange[Any, Any]
) -> None:
    operation = document["paths"][ROOM_PREFIX + exchange.path][exchange.method.lower()]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    name = wire_name(exchange.body_type or exchange.effect)
    assert schema == {"$ref": f"#/components/schemas/{name}"}


def test_the_rooms_stream_lists_its_events(document: dict[str, Any]) -> None:
    answer = document["paths"][f"{ROOM_PREFIX}/stream"]["get"]["responses"]["200"]
    found = {r.rpartition("/")[2] for r in references(answer["content"]["text/event-stream"])}
    assert found == {
        "GarmentArrived", "GarmentDoubt", "GarmentLeft", "RadioBack", "RadioLost", "RequestChanged", "StaffChanged",
        "PaymentMoved", "ReceiptPrintChanged", "PieceExchanged", "MemberErased", "DislikesStated",
        "DislikesWithdrawn", "StaffMessageShown", "PreparedChanged", "AsideChanged", "AsidesStated",
        "BasketPriced", "CouponScanned",
    }  # fmt: skip


def test_fields_for_the_associates_page_are_documented(document: dict[str, Any]) -> None:
    answer = document["paths"]["/api/v1/refunds/{key}"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    assert [set(part.get("properties", {})) for part in schema["allOf"]] == [set(), {"under_way", "outcome"}]


def unbounded(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Path and name of each whole number in an address that may be larger than a column of a table."""
    found = []
    for path, methods in document["paths"].items():
        for said in methods.values():
            for parameter in said.get("parameters", ()):
                schema = parameter["schema"]
                parts = schema.get("anyOf", [schema])
                if any(
                    p.get("type") == "integer" and not {"maximum", "exclusiveMaximum"} & set(p) for p in parts
                ):
                    found.append((path, parameter["name"]))
    return found


def test_every_whole_number_in_an_address_has_a_maximum(document: dict[str, Any]) -> None:
    assert unbounded(document) == []


def test_planted_a_whole_number_without_a_maximum_is_found() -> None:
    number = {"name": "n", "schema": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]}}
    assert unbounded({"paths": {"/a": {"get": {"parameters": [number]}}}}) == [("/a", "n")]

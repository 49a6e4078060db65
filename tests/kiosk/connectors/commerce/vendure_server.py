"""A real Vendure server on this computer, and a relay before it that misbehaves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any, Final

from tests.kiosk.connectors.commerce.shop_system import SIZES, Request, ShopSystem, serve
from tests.kiosk.connectors.mapping.exports import ean
from tests.peers.environment import HERE, vendure_modules

READY_S: Final = 120
KEYS: Final = "user: cheval\npassword: secret\n"
DESCRIPTION: Final = "title: Vendure\ngtin: gtin\npage_size: 3\nplaces: {Default Stock Location: floor}\n"
WHY_NO_VENDURE: Final = (
    "Vendure is not there and could not be installed (node and npm with a registry are needed)"
)
_numbers = count(1)


@dataclass
class VendureShop:
    """A shop by the Admin API of its server."""

    port: int
    token: str = ""
    ids: dict[int, str] = field(default_factory=dict)
    """Vendure's ids of products by our numbers."""

    def ask(self, query: str, **variables: Any) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        body = json.dumps({"query": query, "variables": variables})
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", "/admin-api", body, headers)
            answer = connection.getresponse()
            found = json.loads(answer.read())
        self.token = answer.getheader("vendure-auth-token") or self.token
        assert "errors" not in found, found["errors"]
        return found["data"]

    def begin(self) -> None:
        self.ask('mutation { login(username: "cheval", password: "secret") { __typename } }')
        given = {
            "id": "1",
            "pricesIncludeTax": True,
            "defaultCurrencyCode": "EUR",
            "availableCurrencyCodes": ["EUR"],
        }
        self.ask("mutation ($i: UpdateChannelInput!) { updateChannel(input: $i) { __typename } }", i=given)

    def add(self, number: int) -> None:
        """A product with three sizes, as in the other systems of the suite."""
        unique = next(_numbers)
        texts = {
            "languageCode": "en",
            "name": f"Shirt {number}",
            "slug": f"p{number:04}-{unique}",
            "description": "<p>Soft</p>",
        }
        made = self.ask(
            "mutation ($i: CreateProductInput!) { createProduct(input: $i) { id } }",
            i={"enabled": True, "translations": [texts]},
        )["createProduct"]["id"]
        options: dict[str, list[str]] = {}
        for name, values in (("size", SIZES), ("colour", ("Sand",))):
            group = {
                "code": f"{name}-{unique}", "translations": [{"languageCode": "en", "name": name}],
                "options": [
                    {"code": f"{value}-{unique}", "translations": [{"languageCode": "en", "name": value}]}
                    for value in values
                ],
            }  # fmt: skip
            found = self.ask(
                "mutation ($i: CreateProductOptionGroupInput!)"
                " { createProductOptionGroup(input: $i) { id options { id } } }",
                i=group,
            )["createProductOptionGroup"]
            self.ask(
                "mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }",
                p=made, g=found["id"],
            )  # fmt: skip
            options[name] = [one["id"] for one in found["options"]]
        variants = [
            {
                "productId": made, "sku": f"SKU-{number}-{size}", "price": 5990, "stockOnHand": 4,
                "optionIds": [options["size"][at], options["colour"][0]],
                "translations": [{"languageCode": "en", "name": f"Shirt {number} {size}"}],
                "customFields": {"gtin": ean(number * len(SIZES) + at)},
            }
            for at, size in enumerate(SIZES)
        ]  # fmt: skip
        self.ask(
            "mutation ($i: [CreateProductVariantInput!]!) { createProductVariants(input: $i) { id } }",
            i=variants,
        )
        self.ids[number] = made

    def remove(self, number: int) -> None:
        self.ask("mutation ($p: ID!) { deleteProduct(id: $p) { result } }", p=self.ids.pop(number))

    def stands_as(self, numbers: range) -> None:
        """Sells exactly these products, in their order."""
        if list(self.ids) == list(numbers):
            return
        for number in list(self.ids):
            self.remove(number)
        for number in numbers:
            self.add(number)

    def stock(self, number: int, on_hand: int) -> None:
        """Sets the stock of all sizes of a product."""
        found = self.ask("query ($p: ID!) { product(id: $p) { variants { id } } }", p=self.ids[number])
        given = [{"id": one["id"], "stockOnHand": on_hand} for one in found["product"]["variants"]]
        self.ask(
            "mutation ($i: [UpdateProductVariantInput!]!) { updateProductVariants(input: $i) { id } }",
            i=given,
        )


@contextmanager
def vendure_server() -> Iterator[VendureShop]:
    """Runs until the end of the block, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    modules = vendure_modules()
    assert modules is not None, WHY_NO_VENDURE
    command = ["node", str(HERE / "vendure" / "server.js"), str(port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "NODE_PATH": str(modules), "VENDURE_DISABLE_TELEMETRY": "true"}, cwd=modules.parent,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", "the server did not start"
            shop = VendureShop(port)
            shop.begin()
            yield shop
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(READY_S)


class Relay(ShopSystem):
    """Passes requests on to a real server, after the faults that it was told."""

    behind: int = 0

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        request = Request(handler, handler.path, {})
        self.asked.append((handler.path, {"body": body.decode()}, dict(handler.headers.items())))
        fault = self.faults.popleft() if self.faults else self.always
        if fault is not None and fault(request):
            return
        self.before(request)
        headers = {
            name: value
            for name, value in handler.headers.items()
            if name.casefold() not in ("host", "accept-encoding")
        }
        with closing(HTTPConnection("127.0.0.1", self.behind, timeout=60)) as connection:
            connection.request(handler.command, handler.path, body, headers)
            found = connection.getresponse()
            content, token = found.read(), found.getheader("vendure-auth-token")
        request.send(content, found.status, **({"vendure_auth_token": token} if token else {}))


@contextmanager
def relay_to(port: int) -> Iterator[Relay]:
    found = Relay()
    found.behind = port
    with serve(found):
        yield found


def key_file(folder: Path) -> Path:
    file = folder / "vendure.key"
    file.touch(mode=0o600)
    file.write_text(KEYS, "utf-8")
    return file

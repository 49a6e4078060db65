"""A shop system on this computer with products, stock and every way of paging; it misbehaves when told to."""

from __future__ import annotations

import base64
import json
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.web_hooks.host_rule import Network
from tests.kiosk.connectors.mapping.exports import ean

TOKEN: Final = "a token of the system"
SIZES: Final = ("S", "M", "L")
Fault = Callable[["Request"], bool]
"""Answers a request in its own way; False: the request is answered as usual after all."""


@dataclass
class Request:
    """One request. `handler` writes the answer."""

    handler: BaseHTTPRequestHandler
    path: str
    query: dict[str, str]

    def send(self, body: bytes, code: int = 200, /, **headers: str) -> bool:
        self.handler.send_response(code)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)
        return True


@dataclass
class ShopSystem:
    """`products`: what it sells, in the order in which it lists them. `faults`: of the next requests, one each; None
    for a good answer. `before`: called before each answer. `asked`: path, query and headers of each request."""

    port: int = 0
    products: list[dict[str, Any]] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    always: Fault | None = None
    before: Callable[[Request], None] = lambda _: None
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    ended: Event = field(default_factory=Event)
    connections: list[socket.socket] = field(default_factory=list)

    def drop(self) -> None:
        """Ends all connections, as a system that is started again."""
        while self.connections:
            with suppress(OSError):
                self.connections.pop().shutdown(socket.SHUT_RDWR)

    def sell(self, count: int, first: int = 0) -> None:
        """Adds products with a variant for each size."""
        self.products += [product(number) for number in range(first, first + count)]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        request = Request(handler, parts.path, dict(parse_qsl(parts.query)))
        self.asked.append((request.path, request.query, dict(handler.headers.items())))
        fault = self.faults.popleft() if self.faults else self.always
        if fault is not None and fault(request):
            return
        if handler.headers.get("Authorization", "") not in (
            f"Bearer {TOKEN}", f"Basic {base64.b64encode(b'cheval:secret').decode()}",
        ):  # fmt: skip
            request.send(b"{}", 401)
            return
        self.before(request)
        self._listed(request)

    def _listed(self, request: Request) -> None:
        kind, _, what = request.path.removeprefix("/api/").partition("/")
        rows = self.products if what == "products" else self._levels()
        size, query = int(request.query.get("size", "3")), request.query
        headers: dict[str, str] = {}
        if kind == "page":
            start = (int(query["page"]) - 1) * size
            value: Any = {"data": {"items": rows[start : start + size]}, "meta": {"total": len(rows)}}
        elif kind == "offset":
            start = int(query["from"])
            value = {"items": rows[start : start + size]}
        elif kind == "cursor":
            value = self._after(rows, query.get("after", ""), size)
        elif kind == "link":
            start = int(query.get("start", "0"))
            value = rows[start : start + size]
            if start + size < len(rows):
                headers["Link"] = f'<{request.path}?start={start + size}&size={size}>; rel="next"'
        else:
            value = rows
        request.send(json.dumps(value).encode(), Content_Type="application/json", **headers)

    def _after(self, rows: list[dict[str, Any]], after: str, size: int) -> dict[str, Any]:
        """Entries behind the one that the cursor names, in the order of their ids; it may be gone."""
        left = sorted((row for row in rows if row["id"] > after), key=lambda row: str(row["id"]))
        page = left[:size]
        return {"items": page, "next": page[-1]["id"] if len(left) > size else None}

    def _levels(self) -> list[dict[str, Any]]:
        return [
            {
                "id": variant["sku"], "sku": variant["sku"],
                "levels": [{"at": "Shop", "free": variant["stock"]}, {"at": "Store room", "free": 9}],
            }
            for one in self.products for variant in one["variants"]
        ]  # fmt: skip


def product(number: int, price: object = 59.9, stock: object = 4) -> dict[str, Any]:
    """A product with three sizes."""
    return {
        "id": f"P{number:04}", "name": f"Shirt {number}", "kind": "Shirts", "text": "<p>Soft &amp; warm</p>",
        "pictures": [{"url": f"p{number}.jpg"}],
        "variants": [
            {
                "sku": f"SKU-{number}-{size}", "code": ean(number * len(SIZES) + at), "price": price, "stock": stock,
                "options": [{"name": "Colour", "value": "Sand"}, {"name": "Size", "value": size}],
            }
            for at, size in enumerate(SIZES)
        ],
    }  # fmt: skip


MAPPING: Final = """
    style:
      style_id: parent.id
      name: parent.name
      category: parent.kind
      story: {column: parent.text, form: html}
      pictures: parent.pictures
    item: {gtin: code, sku: sku, colour: options.colour, size: options.size, price: price}
"""
_STOCK: Final = """
    stock: {gtin: code, sku: sku, place: {value: floor}, count: stock}
"""
PAGES: Final = {
    "page": "{kind: page, size: 3, size_parameter: size}",
    "offset": "{kind: offset, parameter: from, size: 3, size_parameter: size}",
    "cursor": "{kind: cursor, parameter: after, next: next, size: 3, size_parameter: size}",
    "link": "{kind: link, size: 3, size_parameter: size}",
    "one": "{kind: one}",
}


def description(kind: str = "page", *, stock: str = "catalogue", auth: str = "bearer") -> str:
    """A description of the system for one way of paging. `stock`: where the counts are from, `catalogue` or `list`."""
    rows = {"page": "data.items", "offset": "items", "cursor": "items"}.get(kind, "")
    total = "total: meta.total" if kind == "page" else ""
    text = f"""
title: Double
auth: {{kind: {auth}}}
catalogue:
  path: {kind}/products
  rows: "{rows}"
  key: id
  {total}
  each: variants
  lists:
    - {{at: options, name: name, value: value}}
    - {{at: parent.pictures, value: url}}
  pages: {PAGES[kind]}
  mapping: {MAPPING}{_STOCK if stock == "catalogue" else ""}
"""
    if stock != "list":
        return text
    return (
        text
        + f"""
stock:
  path: {kind}/levels
  rows: "{rows}"
  key: id
  {total}
  each: levels
  pages: {PAGES[kind]}
  mapping:
    stock: {{sku: parent.sku, place: at, count: free}}
    places: {{Shop: floor, Store room: stockroom}}
"""
    )


@contextmanager
def shop_system() -> Iterator[ShopSystem]:
    """Runs until the end of the block, over plain HTTP on this computer."""
    found = ShopSystem()
    with serve(found):
        yield found


@contextmanager
def serve(found: ShopSystem) -> Iterator[None]:
    """Serves a system until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            found.connections.append(self.connection)

        def do_POST(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            try:
                found.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that is gone is no fault of the server."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        found.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def key_file(folder: Path, text: str = f"token: {TOKEN}\n") -> Path:
    file = folder / "system.key"
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")
    return file


def place_of(folder: Path, port: int, text: str, timeout_s: float = 30.0) -> SystemPlace:
    """The system's place, described by a text."""
    described = folder / "system.yaml"
    described.write_text(text, "utf-8")
    return SystemPlace(
        f"mapped+http://127.0.0.1:{port}/api",
        described,
        key_file(folder),
        Network.THIS_COMPUTER,
        None,
        timeout_s,
    )

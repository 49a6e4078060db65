"""An HTTP server on the loopback interface that stands for the store: a test sets its answers and its stream."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, Any]


class LoopbackStore:
    """Answers from `replies` by (method, last part of the path); streams what `say` is given. Ends with `close`."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, Any]] = []
        self.replies: dict[tuple[str, str], Callable[[Any], Reply]] = {}
        self._changed = threading.Condition()
        self._lines: list[tuple[str, Any]] = []
        self._hang_up = 0
        self._closing = False
        store = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path.partition("?")[0].endswith("/stream"):
                    store._stream(self)
                else:
                    self._answer()

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                status, said = store._reply(self.command, self.path, body)
                data = b"" if said is None else json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_PUT = do_POST = do_DELETE = _answer  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def say(self, name: str, body: Any) -> None:
        """One message to every open stream."""
        with self._changed:
            self._lines.append((name, body))
            self._changed.notify_all()

    def hang_up(self) -> None:
        """End every open stream."""
        with self._changed:
            self._hang_up += 1
            self._changed.notify_all()

    def wait_heard(self, method: str, end: str, count: int = 1, within_s: float = 10) -> list[Any]:
        """Bodies of what was asked at a path with that end, once there are so many."""

        def found() -> list[Any]:
            return [b for m, p, b in self.heard if m == method and p.endswith(end)]

        with self._changed:
            assert self._changed.wait_for(lambda: len(found()) >= count, within_s), (method, end, self.heard)
            return found()

    def close(self) -> None:
        self._closing = True
        self.hang_up()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _reply(self, method: str, path: str, body: Any) -> Reply:
        with self._changed:
            self.heard.append((method, path, body))
            self._changed.notify_all()
        for (wanted, end), reply in self.replies.items():
            if method == wanted and path.endswith(end):
                return reply(body)
        return 404, {"detail": "nothing here"}

    def _stream(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        with self._changed:
            session, sent = self._hang_up, 0
            self.heard.append(("STREAM", handler.path, None))
            self._changed.notify_all()
            while self._hang_up == session and not self._closing:
                for name, body in self._lines[sent:]:
                    text = f"event: {name}\nid: 1\ndata: {json.dumps(body)}\n\n: beat\n"
                    handler.wfile.write(text.encode())
                handler.wfile.flush()
                sent = len(self._lines)
                self._changed.wait(0.5)

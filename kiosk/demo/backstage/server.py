"""HTTP server of the backstage page. Listens on 127.0.0.1 only."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles

from kiosk.demo.backstage.actions import ActionError, BackstageActions
from kiosk.demo.control_client import ControlError
from kiosk.demo.environment import HOST, DemoEnvironment

PORT = 8076
_PAGE = Path(__file__).resolve().parent / "page"
_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'"


def application(stage: BackstageActions) -> FastAPI:
    """Routes of the page and its actions."""
    api = FastAPI(title="Cheval backstage", docs_url=None, redoc_url=None, openapi_url=None)

    @api.middleware("http")
    async def guard(request: Any, call_next: Any) -> Any:
        answer = await call_next(request)
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-ControlClient"] = "no-store"
        return answer

    @api.get("/")
    def page() -> FileResponse:
        return FileResponse(_PAGE / "index.html")

    @api.get("/api/backstage/stock")
    def stock() -> dict[str, Any]:
        return stage.stock()

    @api.get("/api/backstage/state")
    def state() -> dict[str, Any]:
        return _done(stage.state)

    @api.post("/api/backstage/{verb}")
    def do(verb: str, words: dict[str, Any]) -> dict[str, Any]:
        if verb not in stage.verbs:
            raise HTTPException(404, f"there is no {verb}; there are {', '.join(sorted(stage.verbs))}")
        _done(lambda: stage.verbs[verb](words))
        return _done(stage.state)

    @api.get("/picture/{name}")
    def picture(name: str, h: int = 300) -> Response:
        found = stage.picture(name, h)
        return Response(found, media_type="image/webp") if found else Response(status_code=404)

    api.mount("/page", StaticFiles(directory=_PAGE))
    return api


def _done(work: Any) -> dict[str, Any]:
    try:
        return work() or {}
    except (ActionError, KeyError, ValueError, TypeError) as trouble:
        raise HTTPException(422, str(trouble)) from None
    except ControlError as trouble:
        raise HTTPException(503, str(trouble)) from None


class BackstageServer:
    """The server, in a thread of its own."""

    def __init__(self, environment: DemoEnvironment, port: int = PORT) -> None:
        self._socket = _free(port)
        config = uvicorn.Config(
            application(BackstageActions(environment)), log_level="warning", lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="backstage", daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._socket.getsockname()[1]}/"

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(5)
        self._socket.close()


def _free(port: int) -> socket.socket:
    """A listening socket on `port`, or on any free port if another demo uses it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.bind((HOST, 0))
    return listener

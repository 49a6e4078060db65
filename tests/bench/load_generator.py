"""Sends planned HTTP requests at a fixed rate beside open event streams, in a process and on a core of its own.

`python -m tests.bench.load_generator` reads a plan (`Plan`, as JSON) and writes what it measured. A request has its
time in the plan whether or not earlier ones are answered, and its latency counts from that time: a store that falls
behind cannot slow the generator down (the error that is known as coordinated omission). How late the generator itself
is, is measured too.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Plan:
    """`tokens`: one connection for each; `streams`: (token, path); `requests`: (number of the connection, kind, method,
    path, body)."""

    host: str
    port: int
    rate: float
    core: int
    tokens: list[str] = field(default_factory=list)
    streams: list[tuple[str, str]] = field(default_factory=list)
    requests: list[tuple[int, str, str, str, Any]] = field(default_factory=list)


@dataclass
class Measured:
    """What the generator measured. Latencies in ms by kind; `late`: how late requests were sent, ms."""

    rate: float
    late: list[float]
    latencies: dict[str, list[float]]
    failures: list[str]
    stream_events: int


def run(plan: Plan) -> Measured:
    """Runs a plan in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load_generator"],
        input=json.dumps(asdict(plan)), capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Measured(**json.loads(done.stdout))


class Generator:
    """Connections, streams and measurements of one run."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._late: list[float] = []
        self._latencies: dict[str, list[float]] = {}
        self._failures: list[str] = []
        self._events = 0

    async def run(self) -> Measured:
        plan = self._plan
        streams = [asyncio.create_task(self._stream(token, path)) for token, path in plan.streams]
        queues: list[asyncio.Queue[Any]] = [asyncio.Queue() for _ in plan.tokens]
        workers = [
            asyncio.create_task(self._serve(token, queue))
            for token, queue in zip(plan.tokens, queues, strict=True)
        ]
        await asyncio.sleep(1)
        began = time.perf_counter()
        for number, request in enumerate(plan.requests):
            due = began + number / plan.rate
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            self._late.append(1000 * (time.perf_counter() - due))
            queues[request[0]].put_nowait((due, request))
        rate = len(plan.requests) / (time.perf_counter() - began)
        for queue in queues:
            queue.put_nowait(None)
        await asyncio.gather(*workers)
        for stream in streams:
            stream.cancel()
        return Measured(rate, self._late, self._latencies, self._failures[:20], self._events)

    async def _serve(self, token: str, queue: asyncio.Queue[Any]) -> None:
        reader, writer = await asyncio.open_connection(self._plan.host, self._plan.port)
        while (planned := await queue.get()) is not None:
            due, (_, kind, method, path, body) = planned
            text = b"" if body is None else json.dumps(body).encode()
            writer.write(_head(method, path, token, len(text)) + text)
            status = await _answer(reader)
            self._latencies.setdefault(kind, []).append(1000 * (time.perf_counter() - due))
            if status >= 300:
                self._failures.append(f"{method} {path}: {status}")
        writer.close()

    async def _stream(self, token: str, path: str) -> None:
        reader, writer = await asyncio.open_connection(self._plan.host, self._plan.port)
        writer.write(_head("GET", path, token, 0))
        while line := await reader.readline():
            self._events += line.startswith(b"event:")
        self._failures.append(f"the stream {path} ended")


def _head(method: str, path: str, token: str, length: int) -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: store\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def _answer(reader: asyncio.StreamReader) -> int:
    """Reads an answer with a Content-Length, or without a body; returns its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = head.partition("content-length:")[2].partition("\r\n")[0]
    await reader.readexactly(int(length or 0))
    return int(head.split()[1])


def main() -> None:
    plan = Plan(**json.load(sys.stdin))
    os.sched_setaffinity(0, {plan.core})
    json.dump(asdict(asyncio.run(Generator(plan).run())), sys.stdout)


if __name__ == "__main__":
    main()

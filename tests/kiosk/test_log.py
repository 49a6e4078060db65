"""The log: one line a record, whatever is in it."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
from collections.abc import Iterator

import pytest

from kiosk import log


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, threading.excepthook
    yield
    root.handlers[:], threading.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def written(*, as_json: bool, text: str) -> str:
    page = io.StringIO()
    log.set_up("INFO", as_json=as_json, stream=page)
    logging.getLogger("kiosk.store").debug("unheard")
    logging.getLogger("kiosk.store").warning("%s", text)
    return page.getvalue()


def test_a_record_is_one_line_with_utc_time() -> None:
    line = written(as_json=False, text="reader north is lost")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING kiosk\.store: reader north is lost\n", line
    )


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\n2026-01-01T00:00:00.000Z INFO forged: x", "\x1b[31mred", "a\u2028b"]
)
def test_text_from_outside_cannot_forge_a_log_line(text: str) -> None:
    for as_json in (False, True):
        line = written(as_json=as_json, text=text)
        assert len(line.splitlines()) == 1
        assert "\x1b" not in line


def test_json_has_the_same_facts() -> None:
    line = json.loads(written(as_json=True, text="Größe"))
    assert {name: line[name] for name in ("level", "place", "text")} == {
        "level": "WARNING",
        "place": "kiosk.store",
        "text": "Größe",
    }


def test_the_error_that_ends_a_thread_is_one_log_line() -> None:
    page = io.StringIO()
    log.set_up(stream=page)
    empty: dict[str, str] = {}
    thread = threading.Thread(target=lambda: empty["absent"], name="north")
    thread.start()
    thread.join()
    (line,) = page.getvalue().splitlines()
    assert "ERROR kiosk.log: thread north ended by an unexpected error" in line
    assert "KeyError" in line

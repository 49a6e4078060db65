"""Logging set-up: one line per record on standard error, UTC, as text or JSON.

Records must not contain a shopper's name or a card number. WARNING means that an operator must act.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from typing import TextIO

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class TextFormatter(logging.Formatter):
    """`2026-03-01T09:30:00.125Z WARNING kiosk.store.service: text`; a traceback follows on the same line."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_time(record)} {record.levelname} {record.name}: {record.getMessage()}"
        trace = _trace(self, record)
        return _one_line(f"{line} | {trace}" if trace else line)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, place, text, and trace if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": _time(record),
            "level": record.levelname,
            "place": record.name,
            "text": record.getMessage(),
        }
        if trace := _trace(self, record):
            line["trace"] = trace
        # ASCII only: some Unicode characters are line breaks
        return json.dumps(line)


def set_up(level: str = "INFO", *, as_json: bool = False, stream: TextIO | None = None) -> None:
    """Write all records from `level` on to `stream` (standard error), and uncaught exceptions of threads.

    May be called again; the last call counts.
    """
    target = logging.StreamHandler(stream if stream is not None else sys.stderr)
    target.setFormatter(JsonFormatter() if as_json else TextFormatter())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(target)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    threading.excepthook = _log_thread_exception


def _log_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or isinstance(args.exc_value, SystemExit):
        return
    name = args.thread.name if args.thread else "unknown"
    what = (args.exc_type, args.exc_value, args.exc_traceback)
    logging.getLogger(__name__).error("thread %s ended by an unexpected error", name, exc_info=what)


def _time(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else ""


def _one_line(text: str) -> str:
    """Escape control characters, so that text from outside cannot forge a line or send terminal codes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

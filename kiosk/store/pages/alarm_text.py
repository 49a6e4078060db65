"""An alarm in words, for e-mail and web hook: a subject, and a line for each fault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from kiosk.store.texts import page_texts


def alarm_subject(*, ended: bool, shop: str, lines: Sequence[str], language: str) -> str:
    """One line; with one fault it is named, with several they are counted."""
    texts = page_texts("alarm", language)
    what = lines[0] if len(lines) == 1 else texts["several"].replace("{count}", str(len(lines)))
    return f"{shop}: {texts['over'].replace('{what}', what) if ended else what}"


def alarm_body(*, ended: bool, lines: Sequence[str], at: str, began: str, language: str) -> str:
    """The text; times as `local_time` writes them."""
    texts = page_texts("alarm", language)
    head = texts["since"].replace("{when}", began)
    tail = [texts["until"].replace("{when}", at)] if ended else [texts["page"]]
    return "\n".join([head, "", *lines, "", *tail]) + "\n"


def alarm_html(body: str) -> str:
    """The same text as HTML."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line)
    return f"<!doctype html><html><body>{lines}</body></html>"


def fault_line(problem: str, room_title: str, language: str) -> str:
    """A fault in words. `problem`: the name of a `Problem`; `room_title` is empty for the store."""
    texts = page_texts("alarm", language)
    return f"{room_title or texts['store']}: {texts[problem]}"


def local_time(at_us: int, zone: str) -> str:
    """Date and time in the shop's zone, without the words of a language: `2026-11-29 09:30`."""
    return datetime.fromtimestamp(at_us / 1e6, UTC).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")

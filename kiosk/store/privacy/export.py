"""What is held of a member as one file for her: JSON for machines, a page for people, both in a zip file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from kiosk.clock import US
from kiosk.store.pages.render import render
from kiosk.store.privacy.port import Held
from kiosk.store.privacy.retention import staying

JSON_NAME: Final = "member.json"
PAGE_NAME: Final = "member.html"


def export_file(held: Sequence[Held], shop: str, language: str, at_us: int) -> bytes:
    """The zip file. An unknown member gets one that says that nothing is held."""
    made = datetime.fromtimestamp(at_us / US, UTC).isoformat(timespec="seconds")
    body = {
        "made_at": made,
        "shop": shop,
        "held": {one.place: [dict(row) for row in one.rows] for one in held},
        "not_linked_to_members": [{"where": where, "why": why} for where, why in staying()],
    }
    page = render("member", language, shop=shop, made=made, held=[(one.place, _rows(one)) for one in held])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(JSON_NAME, json.dumps(body, indent=1, ensure_ascii=False))
        file.writestr(PAGE_NAME, page)
    return packed.getvalue()


def _rows(held: Held) -> list[list[tuple[str, str]]]:
    return [[(name, _text(value)) for name, value in row.items()] for row in held.rows]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

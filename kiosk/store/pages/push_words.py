"""What a notification says: that there is a request, and in which room. No shopper and no piece is in it."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from kiosk.connectors.web_push.encryption import base64url
from kiosk.connectors.web_push.https_push import PushMessage
from kiosk.store.texts import page_texts

MAX_TITLE: Final = 60
HELLO: Final = "hello"


def request_message(request_id: str, room_title: str, waiting: int, language: str, ttl_s: int) -> PushMessage:
    """For a request. `waiting`: how many requests wait for this person, for the number at the app's icon."""
    title = page_texts("push", language)["request"].replace("{room}", room_title[:MAX_TITLE])
    return _message(title, topic_of(request_id), waiting, language, ttl_s)


def hello_message(language: str, ttl_s: int) -> PushMessage:
    """For a device on which notifications were switched on: it shows that they arrive."""
    return _message(page_texts("push", language)["hello"], HELLO, None, language, ttl_s)


def topic_of(request_id: str) -> str:
    """A later notification of the same request replaces the one before, at the service and on the device."""
    return base64url(hashlib.sha256(request_id.encode()).digest())[:24]


def _message(title: str, topic: str, waiting: int | None, language: str, ttl_s: int) -> PushMessage:
    body = {"title": title, "tag": topic, "waiting": waiting, "language": language}
    return PushMessage(json.dumps(body, ensure_ascii=False).encode(), topic, ttl_s)

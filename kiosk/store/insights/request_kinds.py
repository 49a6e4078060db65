"""The kind of a stored request, for measurements: a service of the shop by its key, else the kind of the request."""

from __future__ import annotations

import json
from typing import Final

MAX_KIND: Final = 16
"""Characters, as the column of the figures has; the key of a service has no more."""


def kind_of_body(body: str) -> str:
    """`ServiceRequest.kind_key` of a request as it is stored; empty for a body without one.

    Only the kind is read, since the rest of the body is not needed for thousands of requests.
    """
    try:
        stored = json.loads(body)
        kind = (stored.get("service") or {}).get("key") or stored.get("kind")
    except (ValueError, AttributeError):
        return ""
    return kind[:MAX_KIND] if isinstance(kind, str) else ""

"""Extension of schemathesis, in its own environment: each operation is called by a caller of the role that it needs.

`x-role` of the document names the role. The tokens are in the environment variable CHEVAL_TOKENS, as JSON.
"""

from __future__ import annotations

import json
import os
from typing import Any

import schemathesis

TOKENS: dict[str, str] = json.loads(os.environ["CHEVAL_TOKENS"])


def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Signs the request in, unless the role is one that needs no token."""
    token = TOKENS.get(case.operation.definition.raw.get("x-role", ""))
    if token:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}


schemathesis.hook(before_call)

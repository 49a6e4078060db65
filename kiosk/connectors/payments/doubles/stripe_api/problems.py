"""Errors of the double, in the form of Stripe's."""

from __future__ import annotations

from typing import Any


class ApiProblem(Exception):  # noqa: N818 it is an answer
    """An error that is answered. `began`: the request was carried out as far as to count under its key."""

    def __init__(
        self, status: int, code: str, message: str, kind: str = "invalid_request_error", *,
        decline_code: str = "", param: str = "", began: bool = True, intent: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status, self.began = status, began
        found = {"type": kind, "code": code, "message": message, "decline_code": decline_code, "param": param}
        self.body: dict[str, Any] = {"error": {name: value for name, value in found.items() if value}}
        if intent is not None:
            self.body["error"]["payment_intent"] = intent


def missing(what: str, found_id: str) -> ApiProblem:
    """No such object."""
    return ApiProblem(404, "resource_missing", f"No such {what}: '{found_id[:80]}'", param="id")

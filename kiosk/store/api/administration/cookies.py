"""Cookies of associates' pages: the session, the token of a paired device, and a name
of the device for the count of wrong PINs.

Over TLS their names begin with `__Host-`: a browser takes such a cookie only over TLS, from this host, for the whole
host (RFC 6265bis, clause 4.1.3.2), so no other page of the network can set it.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

SESSION_COOKIE: Final = "cheval_session"
DEVICE_COOKIE: Final = "cheval_paired"
SIGN_IN_COOKIE: Final = "cheval_device"
SIGN_IN_S: Final = 180 * 86_400
DEVICE_AGE_S: Final = 400 * 24 * 3600
"""The longest that browsers keep a cookie (RFC 6265bis, clause 5.5)."""


def _name(request: Request, plain: str) -> str:
    return f"__Host-{plain}" if request.url.scheme == "https" else plain


def session_cookie(request: Request) -> str:
    """The token of the session; empty if there is none."""
    return request.cookies.get(_name(request, SESSION_COOKIE), "")


def device_cookie(request: Request) -> str:
    """The token of the device; empty if it was not paired."""
    return request.cookies.get(_name(request, DEVICE_COOKIE), "")


def sign_in_cookie(request: Request) -> str:
    """Names the device at sign-ins, whose wrong PINs are counted for each device; empty if nobody has signed in."""
    return request.cookies.get(_name(request, SIGN_IN_COOKIE), "")


def set_sign_in_cookie(request: Request, response: Response, name: str) -> None:
    """For `SIGN_IN_S` since the last sign-in."""
    _set(request, response, SIGN_IN_COOKIE, name, SIGN_IN_S)


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    """Until the browser is closed."""
    _set(request, response, SESSION_COOKIE, token, None)


def set_device_cookie(request: Request, response: Response, token: str) -> None:
    """For `DEVICE_AGE_S`."""
    _set(request, response, DEVICE_COOKIE, token, DEVICE_AGE_S)


def delete_session_cookie(request: Request, response: Response) -> None:
    """The session has ended."""
    secure = request.url.scheme == "https"
    response.delete_cookie(
        _name(request, SESSION_COOKIE), path="/", secure=secure, httponly=True, samesite="strict"
    )


def _set(request: Request, response: Response, plain: str, value: str, age_s: int | None) -> None:
    response.set_cookie(
        _name(request, plain), value, max_age=age_s, httponly=True, samesite="strict",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip

"""HTTP sessions with the store: over TLS only a certificate of the pinned root is accepted."""

from __future__ import annotations

import ssl
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from kiosk.pairing.store_tls import store_context


class _PinnedAdapter(HTTPAdapter):
    """Connects with one TLS context. The bundles of authorities that `requests` would add to it are left out."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more, ssl_context=self._context)

    def cert_verify(self, *_: Any) -> None:
        """Nothing: the context has all that it trusts."""


class StoreSessions:
    """Makes sessions. `root`: the shop's root (PEM); empty for plain HTTP or a publicly trusted certificate.

    The constructor raises ValueError for a root that is no certificate.
    """

    def __init__(self, root: str = "") -> None:
        self._context = store_context(root) if root else None

    def new(self) -> requests.Session:
        """A session without settings of the environment: no proxy, no other authorities, no login of a netrc file."""
        session = requests.Session()
        session.trust_env = False
        if self._context is not None:
            session.mount("https://", _PinnedAdapter(self._context))
        return session

"""Errors of Zebra readers.

HardwareError
├── ConnectionLostError
│   └── WrongAccessError        requests to our port came with another path, user or password
└── ReaderRefusedError
    ├── EndpointError           the reader sends its tag data somewhere else
    ├── LoginRefusedError       user, password or token is not accepted
    └── NoRegionError           no region is set, so the reader does not transmit

`WokenUp` is no error: it ends a dialogue with the reader when the driver is closed.
"""

from __future__ import annotations

from hardware.errors import ConnectionLostError, ReaderRefusedError


class WokenUp(Exception):  # noqa: N818 no error: the driver is being closed
    """The driver is being closed; ends a dialogue at once."""


class WrongAccessError(ConnectionLostError):
    """Requests came with another path, user or password."""


class EndpointError(ReaderRefusedError):
    """The reader sends its tag data somewhere else: its Tag Data Interface is not mapped to the endpoint needed."""


class LoginRefusedError(ReaderRefusedError):
    """The reader does not accept the user and password."""


class NoRegionError(ReaderRefusedError):
    """No region is set, so the reader does not transmit."""

"""Connections to printers: a TCP socket, a device file, USB. Each call has a time limit."""

from __future__ import annotations

import os
import select
import socket
from contextlib import suppress
from time import monotonic
from typing import Final, Protocol

from kiosk.connectors.printers.library import open_usb
from kiosk.connectors.printers.port import NoPrinterDriverError, PrinterNotReadyError, PrinterTrouble

CONNECT_S: Final = 3.0
_CHUNK: Final = 4096


class Link(Protocol):
    """An open connection. `send` and `read` raise OSError; TimeoutError at the time limit (monotonic seconds)."""

    def send(self, content: bytes, until: float) -> None: ...
    def read(self, until: float) -> bytes:
        """One byte."""
        ...

    def close(self) -> None: ...


class TcpLink:
    """A printer at a TCP port, usually 9100. Raises PrinterNotReadyError if it cannot be reached."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_S)
        except OSError as error:
            raise PrinterNotReadyError(PrinterTrouble.UNREACHABLE, _reason(error)) from None

    def send(self, content: bytes, until: float) -> None:
        for start in range(0, len(content), _CHUNK):
            self._socket.settimeout(_left(until))
            self._socket.sendall(content[start : start + _CHUNK])

    def read(self, until: float) -> bytes:
        self._socket.settimeout(_left(until))
        found = self._socket.recv(1)
        if not found:
            raise ConnectionResetError("the printer closed the connection")
        return found

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class FileLink:
    """A device file such as /dev/usb/lp0. It is not asked for its state. Raises PrinterNotReadyError."""

    def __init__(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise PrinterNotReadyError(PrinterTrouble.UNREACHABLE, _reason(error)) from None

    def send(self, content: bytes, until: float) -> None:
        left = memoryview(content)
        while left:
            if not select.select((), (self._file,), (), _left(until))[1]:
                raise TimeoutError("the printer takes nothing")
            with suppress(BlockingIOError):
                left = left[os.write(self._file, left[:_CHUNK]) :]

    def read(self, until: float) -> bytes:  # noqa: ARG002 it is never asked
        raise TimeoutError("this printer is not asked")

    def close(self) -> None:
        with suppress(OSError):
            os.close(self._file)


class UsbLink:
    """A printer on USB without a device file, through pyusb. Raises NoPrinterDriverError, PrinterNotReadyError."""

    def __init__(self, place: str) -> None:
        vendor, product = (int(part, 16) for part in place.split(":"))
        try:
            self._printer = open_usb(vendor, product, int(CONNECT_S * 1000))
        except ImportError:
            raise NoPrinterDriverError(
                "escpos+usb:// needs the library pyusb; escpos+file:///dev/usb/lp0 needs none"
            ) from None
        except Exception as error:  # noqa: BLE001 whatever the library raises, nothing was printed
            raise PrinterNotReadyError(PrinterTrouble.UNREACHABLE, type(error).__name__) from None

    def send(self, content: bytes, until: float) -> None:
        for start in range(0, len(content), _CHUNK):
            _left(until)
            try:
                self._printer._raw(content[start : start + _CHUNK])
            except Exception as error:  # noqa: BLE001 the library's errors are of several trees
                raise OSError(type(error).__name__) from None

    def read(self, until: float) -> bytes:  # noqa: ARG002 it is never asked
        raise TimeoutError("this printer is not asked")

    def close(self) -> None:
        """The library closes it with the object."""


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError("the time limit is over")
    return left


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()

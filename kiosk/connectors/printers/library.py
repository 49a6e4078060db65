"""The only module that imports python-escpos: makes the writer of ESC/POS commands.

The library needs 0.3 s to be imported, and leaves a folder with a copy of its tables among the temporary files at each
import; that folder is removed here.
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import Protocol


class CommandWriter(Protocol):
    """What is used of `escpos.printer.Dummy`, which collects commands in `output`."""

    @property
    def output(self) -> bytes: ...
    def charcode(self, code: str) -> None:
        """The code page of the texts that follow."""
        ...

    def set(self, *, normal_textsize: bool, double_width: bool, double_height: bool) -> None: ...
    def textln(self, txt: str) -> None: ...
    def _raw(self, msg: bytes) -> None: ...
    def cut(self) -> None: ...
    def print_and_feed(self, n: int) -> None: ...


@cache
def _writer() -> type[CommandWriter]:
    from escpos import capabilities
    from escpos.printer import Dummy

    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    found: type[CommandWriter] = Dummy
    return found


def new_writer() -> CommandWriter:
    """A writer without commands."""
    return _writer()()


def open_usb(vendor: int, product: int, timeout_ms: int) -> CommandWriter:
    """A printer on USB, opened; its `_raw` sends. Raises ImportError without pyusb, and whatever the library raises."""
    import usb.core
    from escpos.printer import Usb

    assert usb.core
    printer = Usb(vendor, product, timeout=timeout_ms)
    printer.open()
    found: CommandWriter = printer
    return found

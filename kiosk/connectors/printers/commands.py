"""A receipt as ESC/POS commands (Epson, ESC/POS Command Reference), made with python-escpos.

Letters are printed with code page 858, which is
set before each receipt, because another program may have used the printer. What the code page has no letters for is
printed as a picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.connectors.printers.addresses import PrinterAddress
from kiosk.connectors.printers.library import new_writer
from kiosk.connectors.printers.text_layout import CODE_PAGE, TextLine, has_letters_for, text_lines
from kiosk.core.domain.slips.slip import Code, Slip
from kiosk.pictures.slips.qr_codes import qr_code
from kiosk.pictures.slips.raster import Matrix, Raster, code_raster, slip_raster

_INITIALISE: Final = b"\x1b@"
_MAX_ROWS: Final = 512
"""Rows of one picture command; printers have small buffers."""


def slip_commands(slip: Slip, address: PrinterAddress, fonts: Path) -> bytes:
    """All that is sent to print a receipt and to cut the paper. `fonts`: the folder of the product's fonts."""
    if address.image or not has_letters_for(slip):
        codes = [_matrix(row.content) for row in slip.rows if isinstance(row, Code)]
        body = _INITIALISE + picture(slip_raster(slip, address.dots, fonts, codes))
        return body + _end(address)
    return _INITIALISE + _letters(slip, address) + _end(address)


def picture(raster: Raster) -> bytes:
    """A picture in pieces: GS v 0, bytes in a row (low, high), rows (low, high), bits."""
    row_bytes, sent = raster.width // 8, b""
    for top in range(0, raster.height, _MAX_ROWS):
        rows = min(_MAX_ROWS, raster.height - top)
        bits = raster.bits[top * row_bytes : (top + rows) * row_bytes]
        sent += b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little") + bits
    return sent


def _letters(slip: Slip, address: PrinterAddress) -> bytes:
    printer = new_writer()
    printer.charcode(CODE_PAGE.upper())
    for line in text_lines(slip.rows, address.columns):
        if isinstance(line, TextLine):
            printer.set(normal_textsize=not line.large, double_width=line.large, double_height=line.large)
            printer.textln(line.text)
        else:
            printer.set(normal_textsize=True, double_width=False, double_height=False)
            printer._raw(picture(code_raster(_matrix(line.content), address.dots)))
    return bytes(printer.output)


def _end(address: PrinterAddress) -> bytes:
    printer = new_writer()
    if address.cut:
        printer.cut()
    else:
        printer.print_and_feed(6)
    return bytes(printer.output)


def _matrix(content: str) -> Matrix:
    code = qr_code(content)
    if code is None:
        raise ValueError("this text is too long for a QR code")
    return [list(row) for row in code.matrix]

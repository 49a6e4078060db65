"""The promises of a receipt printer's driver, on a printer at a real TCP port that misbehaves, and on a device file."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from kiosk import paths
from kiosk.connectors.printers.addresses import parse_printer
from kiosk.connectors.printers.escpos_printer import EscposPrinter
from kiosk.connectors.printers.port import PrinterError, PrinterNotReadyError, PrinterTrouble, PrintLostError
from kiosk.core.domain.slips.slip import Code, Line, Slip
from tests.kiosk.connectors.printers.escpos_reader import read_commands
from tests.kiosk.connectors.printers.fake_printer import FakePrinter, Mood, fake_printer

# large enough that a printer that reads nothing is noticed while it is sent
SLIP = Slip("en", (*(Line(f"row {n} " + "x" * 40) for n in range(4000)), Code("https://shop.example/r/abc")))
SHORT = Slip("en", (Line("one row"),))
LIMIT_S = 1.5


def driver(uri: str) -> EscposPrinter:
    return EscposPrinter(parse_printer(uri), paths.assets() / "fonts", print_s=LIMIT_S, answer_s=0.5)


def ended(printer: FakePrinter, slip: Slip = SHORT) -> PrinterError | None:
    """How a print ended: None if it was printed."""
    try:
        driver(printer.uri).print_slip(slip)
    except PrinterError as error:
        return error
    return None


def test_a_receipt_is_printed_once_and_cut() -> None:
    with fake_printer() as printer:
        assert ended(printer) is None
        driver(printer.uri).probe()
        printer.wait_for(1)
        (paper,) = printer.receipts
    assert paper.text.splitlines()[0] == "one row"
    assert (paper.cuts, paper.code_page) == (1, "cp858")


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        (Mood.PAPER_OUT, PrinterTrouble.PAPER_OUT), (Mood.COVER_OPEN, PrinterTrouble.COVER_OPEN),
        (Mood.OFFLINE, PrinterTrouble.OFFLINE), (Mood.MUTE, PrinterTrouble.SILENT),
    ],
)  # fmt: skip
def test_a_printer_that_cannot_print_gets_nothing(mood: Mood, trouble: PrinterTrouble) -> None:
    with fake_printer(mood) as printer:
        error = ended(printer)
        assert isinstance(error, PrinterNotReadyError)
        assert error.trouble is trouble
        assert printer.receipts == []
        with pytest.raises(PrinterNotReadyError):
            driver(printer.uri).probe()
        printer.mood = Mood.GOOD
        assert ended(printer) is None


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        (Mood.PAPER_ENDS, PrinterTrouble.PAPER_OUT), (Mood.DROPS, PrinterTrouble.SILENT),
        (Mood.HANGS_UP, PrinterTrouble.SILENT), (Mood.STUCK, PrinterTrouble.SILENT),
    ],
)  # fmt: skip
def test_a_printer_that_fails_while_it_prints_loses_the_receipt_within_the_time_limit(
    mood: Mood, trouble: PrinterTrouble
) -> None:
    with fake_printer(mood) as printer:
        begun = monotonic()
        error = ended(printer, SLIP)
        assert isinstance(error, PrintLostError)
        assert error.trouble is trouble
        # the limit of the receipt, and of three questions why; generous for a busy machine
        assert monotonic() - begun < LIMIT_S + 20


def test_nobody_at_the_port_is_unreachable() -> None:
    with fake_printer() as printer:
        pass
    error = ended(printer)
    assert isinstance(error, PrinterNotReadyError)
    assert error.trouble is PrinterTrouble.UNREACHABLE


def test_a_device_file_gets_the_receipt(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    # opening a pipe for writing without a reader is refused, like a printer that is switched off
    while True:
        try:
            driver(f"escpos+file://{pipe}?width=58").print_slip(SHORT)
            break
        except PrinterNotReadyError:
            continue
    reader.join(20)
    assert read_commands(received[0]).text.startswith("one row")


def test_a_missing_device_file_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(PrinterNotReadyError) as caught:
        driver(f"escpos+file://{tmp_path}/none").print_slip(SHORT)
    assert caught.value.trouble is PrinterTrouble.UNREACHABLE


def test_a_printer_on_usb_without_the_library_says_what_to_do() -> None:
    with pytest.raises(PrinterError, match=r"pyusb|unreachable"):
        driver("escpos+usb://04b8:0e15").print_slip(SHORT)


def test_planted_a_printer_that_says_it_is_done_before_it_prints_is_told_apart() -> None:
    with fake_printer(Mood.PAPER_OUT) as printer:
        # status=no: the driver does not ask, and takes what the socket takes for printed
        driver(printer.uri + "?status=no").print_slip(SHORT)
        assert printer.receipts == []
        # with its questions it notices
        assert isinstance(ended(printer), PrinterNotReadyError)

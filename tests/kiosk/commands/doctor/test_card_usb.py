"""The doctor at a card reader's cable: a tree of USB devices as the kernel writes it, with what goes wrong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.doctor import State
from kiosk.commands.doctor.devices import card_usb, cards

OPTIONS = "<key>ifdDriverOptions</key>\n\t<string>0x000{}</string>"


class Machine:
    """A machine's USB devices and pcscd's drivers, below a folder."""

    def __init__(self, folder: Path) -> None:
        self.usb, self.drivers, self.options = folder / "usb", folder / "drivers", folder / "options"
        self._kernel = folder / "kernel"
        (self.drivers / "ifd-ccid.bundle").mkdir(parents=True)

    def plug(
        self, port: str, name: str, *, ids: str, kind: str = "0b", driver: str = "", sleep: str = "on"
    ) -> None:
        device = self.usb / port
        interface = device / f"{port}:1.0"
        interface.mkdir(parents=True)
        (device / "power").mkdir()
        vendor, product = ids.split(":")
        texts = {"idVendor": vendor, "idProduct": product, "product": name, "power/control": sleep}
        for file, text in texts.items():
            (device / file).write_text(f"{text}\n", encoding="utf-8")
        (interface / "bInterfaceClass").write_text(f"{kind}\n", encoding="utf-8")
        if driver:
            (self._kernel / driver).mkdir(parents=True, exist_ok=True)
            (interface / "driver").symlink_to(self._kernel / driver)

    def said(self) -> dict[str, tuple[State, str]]:
        found = card_usb.look(self.usb, self.drivers, self.options)
        return {f.about: (f.state, f"{f.found} {f.advice}") for f in found}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_without_a_reader_gives_no_findings(machine: Machine, tmp_path: Path) -> None:
    machine.plug("1-1", "Keyboard", ids="046d:c31c", kind="03", driver="usbhid")
    assert machine.said() == {}
    assert list(card_usb.look(tmp_path / "none", machine.drivers, machine.options)) == []


def test_the_kernels_own_driver_is_named_with_advice(machine: Machine) -> None:
    machine.plug("1-2", "ACR122U PICC Interface", ids="072f:2200", driver="pn533_usb")
    state, words = machine.said()["ACR122U PICC Interface on USB"]
    assert state is State.BAD
    assert "pn533_usb has claimed it" in words
    assert "blacklist pn533_usb" in words
    assert "modprobe -r pn533_usb pn533" in words


@pytest.mark.parametrize("driver", ["", "usbfs"])
def test_a_reader_that_pcscd_may_have_is_good(machine: Machine, driver: str) -> None:
    machine.plug("1-2", "ACR1252 Dual Reader", ids="072f:223b", driver=driver)
    assert machine.said() == {"ACR1252 Dual Reader on USB": (State.GOOD, "connected ")}


def test_an_unknown_driver_is_unloaded_by_its_name(machine: Machine) -> None:
    machine.plug("1-2", "OMNIKEY 5022", ids="076b:5022", driver="strange")
    assert "modprobe -r strange" in machine.said()["OMNIKEY 5022 on USB"][1]


def test_a_reader_that_may_sleep_and_a_missing_driver(machine: Machine) -> None:
    machine.plug("1-2", "ACR1252 Dual Reader", ids="072f:223b", sleep="auto")
    (machine.drivers / "ifd-ccid.bundle").rmdir()
    said = machine.said()
    assert said["ACR1252 Dual Reader"][0] is State.NOTE
    assert said["card driver"][0] is State.BAD


def test_the_buzzer_of_an_acr122u(machine: Machine) -> None:
    machine.plug("1-2", "ACR122U", ids="072f:2200")
    state, words = machine.said()["buzzer"]
    assert (state, "FF 00 52 00 00" in words) == (State.NOTE, True)
    machine.options.write_text(OPTIONS.format("0"), encoding="utf-8")
    assert machine.said()["buzzer"][0] is State.NOTE
    machine.options.write_text(OPTIONS.format("1"), encoding="utf-8")
    assert machine.said()["buzzer"][0] is State.GOOD


def test_the_address_of_card_links_is_checked() -> None:
    assert cards.links("https://house.example/", None).found == "https://house.example/m"
    assert cards.links("https://house.example", "https://go.example/c").found == "https://go.example/c"
    assert (cards.links(None, None).state, cards.links("http://10.0.0.5", None).state) == (
        State.NOTE,
        State.NOTE,
    )


def test_a_user_refused_by_polkit_gets_the_missing_rule() -> None:
    said = cards._refusal_advice("Access denied because of a security violation. (0x8010006A)")
    assert "60-cheval.rules" in said
    assert "restart pcscd" in cards._refusal_advice("Service not available. (0x8010001D)")

"""Two entries of the configuration for one terminal are refused by its identity at the provider, not by their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main

NEXO = "key_identifier: k\nkey_version: 1\npassphrase: p\n"
CLOUD = "api_key: x\n"


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *uris: str) -> tuple[int, str]:
    """Exit code and output of the check of a store with these terminals, `t0`, `t1` ..."""
    for name, content in (("nexo.keys", NEXO), ("cloud.keys", CLOUD)):
        (folder / name).write_text(content)
        (folder / name).chmod(0o600)
    lines = ["state: state", "rooms: {1: {}}", "payments:", "  terminals:"]
    for number, uri in enumerate(uris):
        keys = {"nexo": ", key_file: nexo.keys", "adyen+https": ", key_file: cloud.keys"}.get(
            uri.split(":")[0], ""
        )
        pin = f"?pin=sha256:{'ab' * 32}" if uri.startswith("nexo:") else ""
        lines.append(f"    - {{name: t{number}, uri: '{uri}{pin}'{keys}}}")
    (folder / "store.yaml").write_text("\n".join(lines) + "\n")
    code = main(["store", "--config", str(folder / "store.yaml"), "--check"])
    found = capsys.readouterr()
    return code, found.out + found.err


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sim://h:1", "sim://H:1"),
        ("sim://h:1?serial=S1", "sim://other:2?serial=s1"),
        ("attended://desk", "attended://desk/"),
        ("nexo://192.0.2.7/V400m-324688179", "nexo://192.0.2.7:8443/V400m-324688179"),
        ("nexo://192.0.2.7/V400m-324688179", "nexo://till.shop.example/v400m-324688179"),
        ("adyen+https://Shop/V400m-1?environment=test", "adyen+https://shop/V400m-1?environment=test"),
    ],
)
def test_one_identity_under_two_names_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str, second: str
) -> None:
    code, said = checked(tmp_path, capsys, first, second)
    assert code == 2
    assert "is the terminal `t0` already" in said
    assert "remove one entry and name `t0` in all rooms" in said


def test_two_terminals_are_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uris = (
        "sim://h:1",
        "sim://h:2",
        "attended://desk",
        "nexo://192.0.2.7/V400m-1",
        "nexo://192.0.2.7/V400m-2",
    )
    code, said = checked(tmp_path, capsys, *uris)
    assert (code, "already" in said) == (0, False), said


def test_one_device_on_two_ways_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(
        tmp_path, capsys, "nexo://192.0.2.7/V400m-1", "adyen+https://Shop/V400m-1?environment=test"
    )
    assert (code, "is the device of `t0` on another way" in said) == (0, True), said

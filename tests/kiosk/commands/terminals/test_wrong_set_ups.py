"""Wrong set-ups as a technician makes them: each is one finding that says what is wrong and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.doctor.finding import Finding, State
from kiosk.commands.terminals.looks import look
from kiosk.config.store import Terminal
from kiosk.connectors.payments.doubles.adyen.certificate import Fleet
from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.connectors.payments.doubles.adyen.server import AdyenServer
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.place import TerminalPlace
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, SECRET, StripeLoop, stripe_double

POI = "V400m-324688179"
PIN_DIGITS = 64


def keys(folder: Path, content: str, mode: int = 0o600) -> Path:
    file = folder / "keys"
    file.write_text(content)
    file.chmod(mode)
    return file


def wrong(uri: str, key_file: Path | None = None, ca_file: Path | None = None) -> tuple[str, str]:
    """What the one bad finding says, and what to do."""
    found = list(look(Terminal(name="till", uri=uri, key_file=key_file, ca_file=ca_file)))
    bad: list[Finding] = [one for one in found if one.state is State.BAD]
    assert len(bad) == 1, found
    assert bad[0].advice
    return bad[0].found, bad[0].advice


@pytest.fixture(scope="module")
def stripe() -> Iterator[StripeLoop]:
    with stripe_double() as double:
        yield double


@pytest.fixture(scope="module")
def adyen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rehearsal, AdyenServer]]:
    rehearsal = Rehearsal.made(tmp_path_factory.mktemp("adyen"), POI)
    server = rehearsal.serve(AdyenTerminal(POI))
    yield rehearsal, server
    server.close()


def as_terminal(place: TerminalPlace) -> tuple[str, Path | None, Path | None]:
    return place.uri, place.key_file, place.ca_file


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            "secret_key: pk_test_4eC39HqLyjWDarjtT1zdp7dc\n",
            "is a publishable key; copy a secret or restricted key",
        ),
        ("secret_key: hello\n", "is no key of Stripe; copy a secret"),
        ("api_key: x\n", "`api_key` is unknown or comes twice (known: `secret_key`)"),
        ("", "`secret_key` is missing"),
    ],
)
def test_a_wrong_key_file_of_stripe(tmp_path: Path, content: str, what: str) -> None:
    said, advice = wrong(f"stripe://{READER}", keys(tmp_path, content))
    assert what in said
    assert "guide" in advice


def test_a_key_file_that_is_missing_not_named_or_open_to_others(tmp_path: Path) -> None:
    assert "make it, mode 0600, or correct `key_file`" in wrong(f"stripe://{READER}", tmp_path / "none")[0]
    assert "name a file there with a line `NAME: VALUE` for `secret_key`" in wrong(f"stripe://{READER}")[0]
    open_to_all = keys(tmp_path, f"secret_key: {SECRET}\n", 0o644)
    assert f"run chmod 600 {open_to_all}" in wrong(f"stripe://{READER}", open_to_all)[0]


def test_a_reader_of_another_account_and_a_revoked_key(stripe: StripeLoop, tmp_path: Path) -> None:
    file = keys(tmp_path, f"secret_key: {SECRET}\n")
    said, advice = wrong(f"stripe://tmr_unknown12?base={stripe.base}", file)
    assert said == "Stripe knows no reader tmr_unknown12 under this key"
    assert "cheval terminals list" in advice
    stripe.double.revoked.add("sk_test_revoked0000")
    _, advice = wrong(
        f"stripe://{READER}?base={stripe.base}", keys(tmp_path, "secret_key: sk_test_revoked0000\n")
    )
    assert "wrong, revoked, or lacks a right" in advice


def test_a_reader_that_sleeps(stripe: StripeLoop, tmp_path: Path) -> None:
    stripe.control(do="reader", reader=READER, online=False)
    said, advice = wrong(f"stripe://{READER}?base={stripe.base}", keys(tmp_path, f"secret_key: {SECRET}\n"))
    stripe.control(do="reader", reader=READER, online=True)
    assert (said, "switched on" in advice) == ("Stripe has no connection with the reader", True)


def test_a_clock_that_is_off(stripe: StripeLoop, tmp_path: Path) -> None:
    stripe.double.ahead_s = 600.0
    said, advice = wrong(f"stripe://{READER}?base={stripe.base}", keys(tmp_path, f"secret_key: {SECRET}\n"))
    stripe.double.ahead_s = 0.0
    assert "differ by" in said
    assert "timedatectl set-ntp true" in advice


def test_a_proxy_of_the_environment_is_not_used(
    stripe: StripeLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    place = Terminal(
        name="till",
        uri=f"stripe://{READER}?base={stripe.base}",
        key_file=keys(tmp_path, f"secret_key: {SECRET}\n"),
    )
    assert State.BAD not in [one.state for one in look(place)]


def test_a_terminal_of_adyen_that_is_away_or_has_no_address(
    adyen: tuple[Rehearsal, AdyenServer], free_port: Callable[[], int]
) -> None:
    uri, key_file, ca_file = as_terminal(adyen[0].local(adyen[1]))
    port = free_port()
    for host, shown in (("127.0.0.1", "127.0.0.1"), ("[::1]", "[::1]")):
        said, advice = wrong(f"nexo://{host}:{port}/{POI}", key_file, ca_file)
        assert f"{shown}:{port} cannot be reached" in said
        assert "port 8443, a fixed address" in advice
    said, _ = wrong(f"nexo://till.invalid/{POI}", key_file, ca_file)
    assert "no address of that name (DNS)" in said
    said, _ = wrong(f"nexo://2001:db8::7/{POI}", key_file, ca_file)
    assert "an IPv6 address stands in brackets" in said
    assert uri.startswith("nexo://")


def test_another_terminal_at_the_address_and_another_authority(
    adyen: tuple[Rehearsal, AdyenServer], tmp_path: Path
) -> None:
    uri, key_file, ca_file = as_terminal(adyen[0].local(adyen[1]))
    said, advice = wrong(uri.replace("324688179", "999999999"), key_file, ca_file)
    assert "not of V400m-999999999" in said
    assert advice
    other = tmp_path / "other.pem"
    other.write_bytes(Fleet.made().root_pem())
    assert "certificate is not accepted" in wrong(uri, key_file, other)[0]


def test_a_wrong_passphrase_and_a_wrong_api_key(adyen: tuple[Rehearsal, AdyenServer], tmp_path: Path) -> None:
    uri, _, ca_file = as_terminal(adyen[0].local(adyen[1]))
    file = keys(tmp_path, "key_identifier: rehearsal\nkey_version: 1\npassphrase: wrong\n")
    assert "Customer Area" in wrong(uri, file, ca_file)[1]
    uri, _, ca_file = as_terminal(adyen[0].cloud(adyen[1]))
    said, advice = wrong(uri, keys(tmp_path, "api_key: wrong\n"), ca_file)
    assert ("HTTP 401" in said, "API key" in advice) == (True, True)


def test_the_first_reader_of_a_key_and_the_first_fingerprint_are_found_by_list(
    stripe: StripeLoop,
    adyen: tuple[Rehearsal, AdyenServer],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The guide's ways to an address that nobody knows yet."""
    local = adyen[0].local(adyen[1])
    assert (
        f"with {PIN_DIGITS} zeros there, `cheval terminals list` shows it"
        in wrong(local.uri, local.key_file)[0]
    )
    with_zeros = f"{local.uri}?pin=sha256:{'0' * PIN_DIGITS}"
    assert re.search(rf"fingerprint sha256:[0-9a-f]{{{PIN_DIGITS}}}", wrong(with_zeros, local.key_file)[0])
    for secret, out, err in (
        (SECRET, f"stripe://{READER} ", ""),
        ("sk_test_revoked0000", "", "key not accepted"),
    ):
        entry = {"name": "till", "uri": f"stripe://?base={stripe.base}"}
        entry["key_file"] = str(keys(tmp_path, f"secret_key: {secret}\n"))
        file = tmp_path / "store.yaml"
        file.write_text(json.dumps({"payments": {"terminals": [entry]}}))
        stripe.double.revoked.add("sk_test_revoked0000")
        assert main(["terminals", "list", "--config", str(file)]) == 1
        said = capsys.readouterr()
        assert out in said.out
        assert err in said.err

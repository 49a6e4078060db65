"""A stand is paired before its first start, by the commands that a technician types."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.clock import now_us
from kiosk.pairing.credentials import read_credentials
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.stands.conftest import COAT
from tests.kiosk.store.sample_shop import sample_store, served


def test_by_the_code_of_the_store(
    settings: StoreSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # a code is valid by the computer's clock
    with sample_store(settings, now_us) as store, served(store) as url:
        pairs(url, settings, tmp_path, capsys)


def pairs(url: str, settings: StoreSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_store = {
        "state": str(settings.state), "rooms": {"1": {}}, "stands": {"coat": {"article": COAT}},
        "payments": {"terminals": [{"name": "till", "uri": "sim://127.0.0.1:1"}]},
    }  # fmt: skip
    of_stand = {"store": url, "room": "coat", "state": str(tmp_path / "stand"), "cards": "sim://127.0.0.1:1"}
    files = []
    for name, content in (("store", of_store), ("stand", of_stand)):
        files.append(str(tmp_path / f"{name}.yaml"))
        Path(files[-1]).write_text(json.dumps(content), encoding="utf-8")
    store, stand = files
    assert main(["stand", "--config", stand, "--check"]) == 0
    assert "cheval stand --pair CODE" in capsys.readouterr().out
    assert main(["pair", "coat", "--config", store, "--json"]) == 0
    code = json.loads(capsys.readouterr().out)["code"]
    assert main(["stand", "--config", stand, "--pair", code]) == 0
    kept_in = tmp_path / "stand" / "pairing.json"
    assert str(kept_in) in capsys.readouterr().out
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    client = HttpClient(url, read_credentials(kept_in).token)
    assert client.ask("GET", "/api/v1/stands/coat/orders/stand-00000000")[0] == 404
    client.close()
    assert main(["stand", "--config", stand, "--pair", code]) == 1, "a code is used once"


def test_without_a_reader_it_does_not_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stand.yaml"
    file.write_text("room: coat\n", encoding="utf-8")
    assert main(["stand", "--config", str(file), "--check"]) == 2
    assert "`cards` is missing: a stand needs a card reader" in capsys.readouterr().err

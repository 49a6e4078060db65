"""Arguments of `cheval demo`, and the address at which its store listens."""

from __future__ import annotations

import pytest
import requests

from kiosk.__main__ import main
from kiosk.demo.environment import DemoEnvironment
from kiosk.demo.shop import prepared


@pytest.mark.parametrize(
    ("address", "message"),
    [("x", "does not appear to be"), ("0.0.0.0", "no address that a phone can open"), ("::", "no address")],
)
def test_an_address_that_no_phone_can_open_is_refused(
    address: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--listen", address])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_the_store_listens_on_the_given_address_and_the_simulators_on_loopback_only() -> None:
    with DemoEnvironment(prepared(lambda _line: None), host="127.0.0.2") as environment:
        assert environment.url.startswith("http://127.0.0.2:")
        assert requests.get(f"{environment.url}/api/v1/health", timeout=10).ok
        assert environment.mirror_settings()["cards"].startswith("sim://127.0.0.1:")

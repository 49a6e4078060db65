"""The sections `alarms` and `metrics` of the configuration."""

from __future__ import annotations

import json

import pytest

from kiosk.config import ConfigError, parse_store

MAIL = {"mail": {"uri": "smtps://mail.shop.example", "sender": "shop@shop.example"}}
HOOK = {"url": "https://alarms.shop.example/cheval", "key_file": "/keys/hook.key"}


def test_what_is_left_out_has_its_default() -> None:
    alarms = parse_store("{}").alarms
    assert (alarms.mail_to, alarms.web_hook, alarms.before_opening_minutes, alarms.after_s) == (
        (),
        None,
        30,
        120,
    )


def test_a_whole_section() -> None:
    given = {"alarms": {"mail_to": ["it@shop.example"], "web_hook": HOOK, "language": "ja"}, "receipts": MAIL}
    alarms = parse_store(json.dumps(given)).alarms
    assert alarms.web_hook is not None
    assert (alarms.mail_to, alarms.web_hook.network, alarms.language) == (
        ("it@shop.example",),
        "public",
        "ja",
    )


@pytest.mark.parametrize(
    ("alarms", "said"),
    [
        ({"mail_to": ["it@shop.example"]}, "receipts.mail"),
        ({"mail_to": ["nobody"]}, "e-mail address"),
        ({"web_hook": {"url": HOOK["url"]}}, "key_file"),
        ({"web_hook": {**HOOK, "url": "https://a.example/x?key=1"}}, "`?`"),
        ({"web_hook": {**HOOK, "network": "privat"}}, "private"),
        ({"after_s": 5}, "after_s"),
        ({"before_opening": 30}, "before_opening_minutes"),
    ],
    ids=["no mail", "address", "no key", "query", "network", "number", "key"],
)
def test_mistakes_are_named(alarms: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
        parse_store(json.dumps({"alarms": alarms}))

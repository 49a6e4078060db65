"""`--check` says what is wrong with the receivers of alarms and with the token of metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.check.store import store_mistakes
from kiosk.config import Severity, read_store

MAIL = "receipts: {mail: {uri: 'smtps://mail.example', sender: a@shop.example}}\n"


def said(folder: Path, text: str) -> dict[str, Severity]:
    """What is said about a configuration, with its severity; beside it is a file with a key."""
    file, key = folder / "store.yaml", folder / "good.key"
    key.touch(mode=0o600)
    key.write_text("key: a key of more than 16 characters\n")
    file.write_text(f"rooms: {{1: {{}}}}\nstate: {folder}/state\n{text}", encoding="utf-8")
    return {str(mistake): mistake.severity for mistake in store_mistakes(read_store(file))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MAIL + "alarms: {mail_to: ['nobody@here']}", "this is no e-mail address"),
        ("alarms: {mail_to: ['it@shop.example']}", "needs the shop's mail server"),
        ("alarms: {web_hook: {url: 'http://a.example/x', key_file: good.key}}", "without TLS"),
        ("alarms: {web_hook: {url: 'https://a.example/x', key_file: none.key}}", "none.key"),
        ("alarms: {web_hook: {url: 'https://10.0.0.300/x', key_file: good.key}}", "is not an IPv4 address"),
        ("events: {web_hooks: {erp: {url: 'http://a.example/x', key_file: good.key}}}", "without TLS"),
        ("events: {web_hooks: {erp: {url: 'https://a.example/x', key_file: none.key}}}", "none.key"),
        ("metrics: {token_file: none.key}", "none.key"),
        ("sales_out: {web_hooks: {erp: {url: 'http://a.example/x', key_file: good.key}}}", "without TLS"),
        ("sales_out: {web_hooks: {erp: {url: 'https://a.example/x', key_file: none.key}}}", "none.key"),
        (
            "sales_out: {web_hooks: {erp: {url: 'https://a.example/x', key_file: good.key, template: good.key}}}",
            "good.key: is not JSON",
        ),
        (
            "sales_out: {folders: {books: {folder: none}}}",
            "none is no folder; sales wait until it can be written to",
        ),
        (
            "sales_out: {folders: {one: {folder: a}, two: {folder: a}}}",
            "two destinations have the same folder",
        ),
        (
            (
                "sales_out: {folders: {erp: {folder: a}},"
                " web_hooks: {erp: {url: 'https://a.example/x', key_file: good.key}}}"
            ),
            "`erp` is a folder and a web hook",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(tmp_path: Path, text: str, words: str) -> None:
    found = said(tmp_path, text)
    assert [severity for line, severity in found.items() if words in line] != [], found
    assert Severity.NOTE not in [severity for line, severity in found.items() if words in line]

"""Every choice of the scene has words, in every language, and none of them is unkind."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import pytest
from PySide6.QtQml import QQmlExpression, qmlContext

from kiosk.core.advice import LookReason, SizeReason
from kiosk.core.scene import Notice, SizePlace
from kiosk.core.service_request import Answer, RequestKind, RequestState
from kiosk.core.words import LANGUAGES
from kiosk.screen.assets import assets, qml
from kiosk.screen.gallery_scenes import gallery_scenes
from kiosk.screen.translations import tool
from tests.kiosk.screen.hall import Hall

Open = Callable[..., Hall]

CALLS: list[tuple[type[Enum], str]] = [
    (Notice, "Words.notice('{}')"),
    (LookReason, "LookWords.reason('{}', 'coat', 3)"),
    (LookReason, "LookWords.reason('{}', 'coat', 0)"),
    (LookReason, "LookWords.reasonShort('{}', 'Inès')"),
    (SizeReason, "SizeWords.head(['M'], true, '{}')"),
    (SizeReason, "SizeWords.why(['M'], true, '{}', 'S', 41, 60)"),
    (SizeReason, "SizeWords.why(['M', 'L'], false, '{}', '', 0, 0)"),
    (SizePlace, "SizeWords.place('{}', 2, 'Lyon')"),
    (SizePlace, "SizeWords.placeLong('{}', 2, 'Lyon')"),
    (RequestKind, "Words.asked('{}', 'coat', 'M')"),
    (RequestState, "RequestWords.head('{}', 'size', 'Inès', 0)"),
    (RequestState, "RequestWords.head('{}', 'help', 'Inès', 1)"),
    (Answer, "RequestWords.answered('{}')"),
]


def said(glass: Hall, call: str) -> str:
    root = glass.glass.view.rootObject()
    value, _ = QQmlExpression(qmlContext(root), root, call).evaluate()
    return str(value or "")


def test_every_choice_has_words(hall: Open) -> None:
    glass = hall()
    for language in ("en", "de", "ar"):
        glass.show(gallery_scenes(language)["rest"])
        for choices, call in CALLS:
            for choice in choices:
                assert said(glass, call.format(choice.value)), (language, call, choice)


def test_a_choice_without_words_is_seen(hall: Open) -> None:
    assert said(hall(), "Words.notice('a-planted-notice')") == ""


def test_doubt_is_said(hall: Open) -> None:
    glass = hall()
    assert said(glass, "SizeWords.head(['M', 'L'], false, 'not-sure')") == "Between M and L"
    assert "not sure" in said(glass, "SizeWords.why(['M', 'L'], false, 'not-sure', '', 0, 0)")
    assert said(glass, "SizeWords.head(['M'], false, 'not-sure')") == "Perhaps M"


def messages(file: Path) -> list[ET.Element]:
    return list(ET.parse(file).getroot().iter("message"))


def forms(message: ET.Element) -> list[str]:
    found = message.find("translation")
    assert found is not None
    return [one.text or "" for one in found.iter("numerusform")] or [found.text or ""]


def ts(language: str) -> Path:
    return assets() / "translations" / f"cheval_{language}.ts"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_complete_and_keeps_its_places(language: str) -> None:
    for message in messages(ts(language)):
        source = message.findtext("source") or ""
        translated = forms(message)
        assert all(translated), f"{language}: {source}"
        assert message.find("translation[@type]") is None, f"{language}: {source} is unfinished"
        places = set(re.findall(r"%\d", source))
        for form in translated:
            assert set(re.findall(r"%\d", form)) == places, f"{language}: {source} -> {form}"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_files_are_in_step_with_the_pages(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    shutil.copy(ts(language), fresh)
    command = [tool("lupdate"), str(qml()), "-silent", "-no-obsolete", "-locations", "none"]
    command += ["-pluralonly"] if language == "en" else []
    subprocess.run([*command, "-ts", str(fresh)], check=True, capture_output=True)
    assert [m.findtext("source") for m in messages(fresh)] == [
        m.findtext("source") for m in messages(ts(language))
    ]
    made = tmp_path / "made.qm"
    subprocess.run([tool("lrelease"), "-silent", str(ts(language)), "-qm", str(made)], check=True)
    assert made.read_bytes() == ts(language).with_suffix(".qm").read_bytes()


UNKIND = re.compile(
    r"too (big|large|small|fat|tight|wide)|zu (dick|groß|klein|eng|breit)\b|trop (gros|grand|petit|serré)"
    r"|demasiado|troppo (gross|grand|piccol|strett)|太(胖|大|小|瘦)|太りすぎ|大きすぎ|小さすぎ|سمين"
    r"|(^|\W)(error|fehler|erreur|failed|invalid|wrong|must|forbidden|denied|ungültig|verboten)(\W|$)",
    re.IGNORECASE,
)


def unkind(texts: list[str]) -> list[str]:
    return [text for text in texts if UNKIND.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_unkind(language: str) -> None:
    texts = [form for message in messages(ts(language)) for form in forms(message)]
    texts += [message.findtext("source") or "" for message in messages(ts("de"))]
    assert unkind(texts) == []


def test_unkind_words_are_caught() -> None:
    assert unkind(["This is too big for you", "Das ist zu eng", "Error: card denied"]) != []

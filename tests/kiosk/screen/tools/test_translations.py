"""The translations: complete, matching the QML files, compiled, and without words that blame the shopper."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kiosk.core.domain.texts import LANGUAGES
from kiosk.screen.assets import assets, qml
from kiosk.screen.tools.translations import tool


def messages(file: Path) -> list[ET.Element]:
    return list(ET.parse(file).getroot().iter("message"))


def forms(message: ET.Element) -> list[str]:
    found = message.find("translation")
    assert found is not None
    return [one.text or "" for one in found.iter("numerusform")] or [found.text or ""]


def ts(language: str) -> Path:
    return assets() / "translations" / f"cheval_{language}.ts"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_complete_and_keeps_its_placeholders(language: str) -> None:
    for message in messages(ts(language)):
        source = message.findtext("source") or ""
        translated = forms(message)
        assert all(translated), f"{language}: {source}"
        assert message.find("translation[@type]") is None, f"{language}: {source} is unfinished"
        placeholders = set(re.findall(r"%\d", source))
        for form in translated:
            assert set(re.findall(r"%\d", form)) == placeholders, f"{language}: {source} -> {form}"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_files_match_the_texts_of_the_pages(language: str, tmp_path: Path) -> None:
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


def test_unkind_words_are_found() -> None:
    assert unkind(["This is too big for you", "Das ist zu eng", "Error: card denied"]) != []

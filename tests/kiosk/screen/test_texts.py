"""Every choice of the scene has words, in every language, and none of them is unkind."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtQml import QQmlExpression, qmlContext

from kiosk.core.domain.advice import LookReason, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, FitArea, FitRating
from kiosk.core.domain.service_request import AssociateReply, RequestKind, RequestState
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.scene.scene import AdviceCard, Notice, SizeLocation
from kiosk.screen.assets import assets, qml
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.screen.tools.translations import tool
from kiosk.store.payments.spending_limit import OVER_LIMIT
from tests.kiosk.screen.screen_harness import ScreenHarness

OpenScreen = Callable[..., ScreenHarness]

CALLS: list[tuple[type[Enum], str]] = [
    (Notice, "SharedTexts.notice('{}')"),
    (LookReason, "LookTexts.reason('{}', 'coat', 3)"),
    (LookReason, "LookTexts.reason('{}', 'coat', 0)"),
    (LookReason, "LookTexts.reasonShort('{}', 'Inès')"),
    (FitRating, "FitTexts.rating('{}')"),
    (FitArea, "FitTexts.area('{}')"),
    (SizeLocation, "SizeTexts.location('{}', 2, 'Lyon')"),
    (SizeLocation, "SizeTexts.locationLong('{}', 2, 'Lyon')"),
    (RequestKind, "SharedTexts.requestName('{}', 'coat', 'M')"),
    (RequestState, "RequestTexts.title('{}', 'size', 'Inès', 0)"),
    (RequestState, "RequestTexts.title('{}', 'help', 'Inès', 1)"),
    (AssociateReply, "RequestTexts.reply('{}')"),
]


def said(screen: ScreenHarness, call: str) -> str:
    root = screen.window.view.rootObject()
    value, _ = QQmlExpression(qmlContext(root), root, call).evaluate()
    return str(value or "")


def test_every_choice_has_words(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for language in ("en", "de", "ar"):
        screen.show(sample_scenes(language)["rest"])
        for choices, call in CALLS:
            for choice in choices:
                assert said(screen, call.format(choice.value)), (language, call, choice)


def test_a_refusal_of_ours_is_not_laid_on_the_card(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for language in LANGUAGES:
        screen.show(sample_scenes(language)["rest"])
        refusals = (OVER_LIMIT, "under-way", "timeout", "cancelled", "", "a-planted-refusal")
        told = [said(screen, f"PaymentTexts.declineReason('{why}')") for why in refusals]
        assert len(set(told)) == len(told), (language, told)
    screen.show(sample_scenes("en")["pay-over-limit"])
    assert screen.item("action").property("text") == "Pay by card or phone"
    screen.show(sample_scenes("en")["pay-under-way"])
    assert screen.item("action").property("text") == "Try again"


def test_a_choice_without_words_is_seen(open_screen: OpenScreen) -> None:
    assert said(open_screen(), "SharedTexts.notice('a-planted-notice')") == ""


def advised(screen: ScreenHarness, advice: AdviceCard, language: str = "en") -> tuple[str, str]:
    """What the screen says of a piece with that advice: the sentence, and the reason under it."""
    page = sample_scenes(language)["feel"]
    assert page.garment is not None
    screen.show(replace(page, garment=replace(page.garment, advice=advice)))
    words = "mirror.scene.garment.advice"
    return said(screen, f"SizeTexts.title({words})"), said(screen, f"SizeTexts.reason({words})")


def test_every_advice_has_words(open_screen: OpenScreen) -> None:
    screen = open_screen()
    sizes: tuple[tuple[str, ...], ...] = (("M",), ("M", "L"), ())
    for language in ("en", "de", "ar"):
        for reason, named, of in product(SizeReason, sizes, (0, 60)):
            advice = AdviceCard(
                named, len(named) == 1, reason, "S", min(of, 41), of, best=named[0] if named else ""
            )
            assert all(advised(screen, advice, language)), (language, advice)
        for felt, named, up in product(FitRating, sizes, (True, False)):
            advice = AdviceCard(named, False, SizeReason.NOT_SURE, "", 0, 0, best="".join(named[:1]), felt=felt,
                                tried="M", taken_up=up)  # fmt: skip
            assert all(advised(screen, advice, language)), (language, advice)


def test_doubt_is_said(open_screen: OpenScreen) -> None:
    screen = open_screen()
    doubt = AdviceCard(("M", "L"), False, SizeReason.NOT_SURE, "", 0, 0, best="L")
    head, why = advised(screen, doubt)
    assert head == "Between M and L, take L"
    assert "not sure" in why
    assert advised(screen, replace(doubt, sizes=("M",), best="M"))[0] == "Perhaps M"
    small = replace(doubt, reason=SizeReason.RUNS_SMALL, usual="M", kept=14, of=17)
    assert advised(screen, small)[1] == "This one runs small: 14 of 17 who usually take M kept L."


def test_what_follows_from_a_feeling_is_said(open_screen: OpenScreen) -> None:
    screen = open_screen()
    tight = AdviceCard(
        ("L",), True, SizeReason.RUNS_SMALL, "M", 0, 0, best="L", felt=FitRating.TIGHT, tried="M"
    )
    assert advised(screen, tight) == ("Take L", "This one runs small.")
    true = replace(tight, reason=SizeReason.TRUE_TO_SIZE)
    assert advised(screen, true)[1] == "L gives a little more room."
    assert advised(screen, replace(true, felt=FitRating.RIGHT))[0] == "M it is"
    last = replace(true, sizes=(), best="", tried="XL")
    assert "XL is the most generous one" in advised(screen, last)[1]


def test_whom_the_chart_was_measured_on_is_said(open_screen: OpenScreen) -> None:
    hint = AdviceCard(("M",), False, SizeReason.NOT_SURE, "", 0, 0, best="M", basis=AdviceBasis.SURVEY)
    assert "measured on other people, so it is a hint" in advised(open_screen(), hint)[1]


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

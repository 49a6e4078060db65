"""The catalogues of the store's pages: complete in every language, with the same placeholders, and all texts used."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import requests
from babel.messages.catalog import Catalog

from hardware.ports import NoteKind
from kiosk.core.domain.service_request import AssociateReply, RequestKind
from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.store import pages
from kiosk.store.customers.card_links import LinkStatus
from kiosk.store.fleet.problems import FleetProblem
from kiosk.store.pages.page_files import CONSOLE
from kiosk.store.texts import ENGLISH, FOLDER, catalogue, page_texts

PAGES = (
    "receipt",
    "receipt_link",
    "receipt_mail",
    "receipt_print",
    "card_link",
    "associates",
    "member",
    "alarm",
    "push",
)
PLACES = ("floor", "stockroom")
"""Stock places of a piece (`ServiceRequest.lies`)."""
PLACEHOLDER = re.compile(r"\{\w+\}")


def mistakes(english: Catalog, translation: Catalog) -> list[str]:
    """What is missing, empty, unknown, out of date or without its placeholders in a translation."""
    source = {message.context: str(message.id) for message in english if message.context}
    found = [f"{key}: missing" for key in source if translation.get(source[key], key) is None]
    for message in translation:
        if not message.context:
            continue
        text = str(message.string)
        if message.context not in source:
            found.append(f"{message.context}: unknown")
        elif source[message.context] != message.id:
            found.append(f"{message.context}: the English text has changed")
        if not text.strip() or message.fuzzy:
            found.append(f"{message.context}: not translated")
        elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(str(message.id))):
            found.append(f"{message.context}: other placeholders")
    return found


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != ENGLISH])
def test_every_text_is_translated(language: str) -> None:
    assert mistakes(catalogue(ENGLISH), catalogue(language)) == []


def test_every_language_has_its_catalogue_and_no_other() -> None:
    assert {file.stem for file in FOLDER.glob("*.po")} == set(LANGUAGES) - {ENGLISH}


@pytest.mark.parametrize(
    ("context", "english", "german", "said"),
    [
        ("card_link.hello", "Good day, {name}.", "Guten Tag.", "other placeholders"),
        ("card_link.hello", "Good day, {name}.", "", "not translated"),
        ("card_link.hello", "Hello, {name}.", "Guten Tag, {name}.", "the English text has changed"),
        ("card_link.hat", "A hat", "Ein Hut", "unknown"),
    ],
    ids=["placeholder", "empty", "changed", "unknown"],
)
def test_planted_a_mistake_in_a_catalogue_is_found(
    context: str, english: str, german: str, said: str
) -> None:
    planted = catalogue("de")
    planted.delete("Good day, {name}.", context)
    planted.add(english, german, context=context)
    assert any(found == f"{context}: {said}" for found in mistakes(catalogue(ENGLISH), planted))


def test_planted_a_missing_text_is_found() -> None:
    planted = catalogue("de")
    planted.delete("Total", "receipt.total")
    assert mistakes(catalogue(ENGLISH), planted) == ["receipt.total: missing"]


def used(page: str) -> set[str]:
    """The names of texts that a page's code mentions, and those that come with the data it shows."""
    if page == "associates":
        code = "".join(file.read_text("utf-8") for file in CONSOLE.rglob("*.js"))
        data = {member.value for kind in (RequestKind, AssociateReply) for member in kind}
        return set(re.findall(r'"([\w-]+)"', code)) | data | set(PLACES)
    folder = Path(pages.__file__).parent
    if page == "alarm":
        # a text for each kind of problem
        code = (Path(pages.__file__).parent / "alarm_text.py").read_text("utf-8")
        return {problem.value for problem in FleetProblem} | set(re.findall(r"texts\[['\"](\w+)", code))
    if page == "member":
        # the places of what is held of a member are the names of its headings
        privacy = "".join(file.read_text("utf-8") for file in (folder.parent / "privacy").glob("*.py"))
        return {"title", "rest"} | set(re.findall(r'"([\w-]+)"', privacy))
    template = "".join(file.read_text("utf-8") for file in (folder / "templates").glob("*.html"))
    code = "".join(file.read_text("utf-8") for file in folder.glob(f"{page}*.py"))
    names = set(re.findall(r"(?:text|mail)\.(\w+)", template)) | set(re.findall(r'"(\w+)"', code))
    return names | ({status.value for status in LinkStatus} if page == "card_link" else set())


@pytest.mark.parametrize("page", PAGES)
def test_every_text_is_used(page: str) -> None:
    assert sorted(set(page_texts(page, ENGLISH)) - used(page)) == []


def test_every_text_that_the_associates_page_asks_for_exists() -> None:
    code = "".join(file.read_text("utf-8") for file in CONSOLE.rglob("*.js"))
    asked = set(re.findall(r'\btext\("([\w-]+)"', code))
    assert asked <= set(page_texts("associates", ENGLISH))
    assert "no-such-text" not in page_texts("associates", ENGLISH)


def confusable(dismissal: str, answers: set[str]) -> list[str]:
    """Answers that begin like the word with which a sheet is closed, or look like it."""
    word = dismissal.casefold()
    firsts = {text: text.casefold()[: len(word) + 1].strip() for text in answers}
    return [text for text, first in firsts.items() if SequenceMatcher(None, word, first).ratio() > 0.55]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_of_a_task_looks_like_the_word_that_closes_its_sheet(language: str) -> None:
    texts, code = page_texts("associates", language), (CONSOLE / "desk/desk_rows.js").read_text("utf-8")
    names = set(re.findall(r'"?[\w-]+"?: "(\w+)"', code[code.index("const ANSWERS") :]))
    answers = {texts[name] for name in names & texts.keys()}
    assert len(answers) >= 15
    assert confusable(texts["close"], answers) == []


def test_planted_a_sale_that_is_cancelled_by_the_word_cancel_is_found() -> None:
    for dismissal, answer in (
        ("إلغاء", "إلغاء البيع"),
        ("إغلاق", "إلغاء البيع"),
        ("Annuler", "Annuler la vente"),
        ("取消", "取消此笔交易"),
    ):
        assert confusable(dismissal, {answer}) == [answer]


def test_the_page_has_a_text_for_every_kind_of_a_readers_note() -> None:
    code = (CONSOLE / "floor/cards.js").read_text("utf-8")
    shown = dict(re.findall(r'"([\w-]+)": "(note-[\w-]+)"', code))
    assert set(shown) == {kind.value for kind in NoteKind}
    assert set(shown.values()) <= set(page_texts("associates", ENGLISH))


def test_every_problem_has_a_text_on_the_page_and_in_alarms() -> None:
    code = (CONSOLE / "office/fleet.js").read_text("utf-8")
    shown = dict(re.findall(r'"([\w-]+)": "(fleet-[\w-]+)"', code))
    assert set(shown) == {problem.value for problem in FleetProblem}
    assert set(shown.values()) <= set(page_texts("associates", ENGLISH))
    assert {problem.value for problem in FleetProblem} <= set(page_texts("alarm", ENGLISH))


def test_an_unknown_language_is_english() -> None:
    assert page_texts("receipt", "tlh") == page_texts("receipt", ENGLISH)


def test_the_associates_page_loads_the_same_catalogues(url: str) -> None:
    answer = requests.get(f"{url}/associate/texts.json", timeout=10)
    found = answer.json()
    assert list(found["languages"]) == list(LANGUAGES)
    assert found["right_to_left"] == sorted(RIGHT_TO_LEFT)
    for language in LANGUAGES:
        assert found["languages"][language] == page_texts("associates", language)


MESSAGE = re.compile(
    r'(?:#[^\n]*\n)*(?:msgctxt "[^\n]*\n)?msgid "[^\n]*\n(?:"[^\n]*\n)*msgstr "[^\n]*\n?(?:"[^\n]*\n?)*'
)


def unfinished(text: str) -> list[str]:
    """Blocks of a file of translations that are no message with its text; an empty line ends each block."""
    return [block for block in re.split(r"\n{2,}", text.strip("\n")) if not MESSAGE.fullmatch(block)]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.po*")), ids=lambda file: file.name)
def test_each_message_is_written_whole(file: Path) -> None:
    assert unfinished(file.read_text("utf-8")) == []


@pytest.mark.parametrize("lost", ['msgstr ""\n', 'msgstr ""\n\n', "\n\n"])
def test_planted_a_lost_line_between_two_messages_is_found(lost: str) -> None:
    two = 'msgctxt "a"\nmsgid "A"\nmsgstr ""\n\nmsgctxt "b"\nmsgid "B"\nmsgstr ""\n'
    assert unfinished(two) == []
    assert unfinished(two.replace(lost, "\n" if lost == "\n\n" else "", 1)) != []

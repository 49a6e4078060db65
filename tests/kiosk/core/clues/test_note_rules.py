"""Notes: what is refused in each language, and what must not be refused because a shop writes it every day."""

from __future__ import annotations

import pytest

from kiosk.core.clues.note_rules import MAX_NOTE, NoteProblem, note_problem, sensitive_subject
from kiosk.core.clues.sensitive_words import Subject

REFUSED = (
    ("She is pregnant", Subject.HEALTH),
    ("Allergic to wool", Subject.HEALTH),
    ("ist SCHWANGER, braucht Platz", Subject.HEALTH),
    ("viene en silla de ruedas", Subject.HEALTH),
    ("est enceinte", Subject.HEALTH),
    ("è incinta", Subject.HEALTH),
    ("来月出産、妊娠中", Subject.HEALTH),
    ("她怀孕了", Subject.HEALTH),
    ("هي حامل", Subject.HEALTH),
    ("Ausländerin", Subject.ORIGIN),
    ("muslim family", Subject.BELIEF),
    ("juive pratiquante", Subject.BELIEF),
    ("她是穆斯林", Subject.BELIEF),
    ("member of a trade union", Subject.OPINION),
    ("is going through a divorce", Subject.PRIVATE_LIFE),
    ("ＰＲＥＧＮＡＮＴ", Subject.HEALTH),
    ("sehr religiös", Subject.BELIEF),
    ("croyante et religieuse", Subject.BELIEF),
    ("refugie de longue date", Subject.ORIGIN),
    ("es alérgica a la lana", Subject.HEALTH),
    ("è in sedia a rotelle", Subject.HEALTH),
    ("ウールアレルギー", Subject.HEALTH),
    ("对羊毛过敏", Subject.HEALTH),
    ("لديها حساسية من الصوف", Subject.HEALTH),
    ("هي حَامِل", Subject.HEALTH),
)
FINE = (
    "Likes racerback tops and racing green",
    "Christian Dior fan, size 38",
    "Nimmt gern beide Größen mit, wählt dann zu Hause",
    "Préfère être servie par Inès, aime le lin",
    "Busca un vestido para una boda en junio",
    "Cerca scarpe comode per un matrimonio",
    "青が好き、ゆったりしたサイズ",
    "喜欢蓝色，宽松的款式",
    "تفضل اللون الأزرق والقصات الواسعة",
    "تحب اللون السكري",
    "Judith packt es ein; a judicious eye for coats",
    "È un affare, lo prende in blu",
    "Trousers 2 cm shorter; polite, in a hurry",
)


@pytest.mark.parametrize(("text", "subject"), REFUSED)
def test_sensitive_subjects_are_refused(text: str, subject: Subject) -> None:
    assert sensitive_subject(text) is subject
    assert note_problem(text) is NoteProblem.SENSITIVE


@pytest.mark.parametrize("text", FINE)
def test_words_of_the_trade_are_not(text: str) -> None:
    assert note_problem(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("  ", NoteProblem.EMPTY),
        ("a" * (MAX_NOTE + 1), NoteProblem.LONG),
        ("likes\x00wool", NoteProblem.NOT_TEXT),
        ("likes \u202eloow", NoteProblem.NOT_TEXT),
        ("line\nbreak", NoteProblem.NOT_TEXT),
    ],
)
def test_what_is_no_short_text_is_refused(text: str, problem: NoteProblem) -> None:
    assert note_problem(text) is problem

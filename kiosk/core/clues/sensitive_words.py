"""Beginnings of words about subjects that no note may be about, in the eight languages of the page.

The subjects are those of article 9 of the GDPR: health, origin, belief, political opinion, trade union, sexual life. A
list cannot know what a sentence means: it catches what was written without a thought. What protects the shopper beyond
it: the warning above the field, that a note is short and expires, that nothing is concluded from it, that only
associates see it and only with her consent, and that she gets every note in her export.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import Final


@unique
class Subject(Enum):
    """What a note may not be about."""

    HEALTH = "health"
    ORIGIN = "origin"
    BELIEF = "belief"
    OPINION = "opinion"
    PRIVATE_LIFE = "private-life"


def _list(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in text.replace("\n", ",").split(",") if entry.strip())


BEGINNINGS: Final = {
    Subject.HEALTH: _list(
        """pregnan, diabet, cancer, illness, disease, disabled, disabilit, handicap, depress, anorex, bulimi, allerg
        medicat, surger, wheelchair, chemo, mastectom, obese, obesit, epilep, autis, dement, hiv
        schwanger, krebs, krank, behinder, magersucht, medikament, rollstuhl, fettleibig, übergewicht
        enceinte, grossesse, maladie, malade, dépress, fauteuil roulant, obèse, cancéreu
        embaraza, cáncer, enferm, discapac, silla de ruedas, alerg, depres
        incinta, gravidanz, cancro, malatt, malata, malato, disabil, farmac, sedia a rotelle"""
    ),
    Subject.ORIGIN: _list(
        """ethnic, racial, her race, nationalit, foreigner, immigrant, migrant, refugee, gypsy
        ausländer, herkunft, flüchtling, hautfarbe, zigeuner, migrationshinter
        étranger, étrangère, immigré, réfugié, ethni
        extranjer, inmigrant, refugiad, gitan, etnia, su raza
        stranier, immigrat, rifugiat, zingar, etnic, razza"""
    ),
    Subject.BELIEF: _list(
        """religio, religieu, muslim, islam, christianity, jewish, judais, hindu, buddhis, catholic, protestant, atheis
        mosque, synagog, hijab, moslem, jüdin, jüdisch, katholi, evangelisch, gläubig, kirchgäng
        musulman, juif, juive, chrétien, croyan, pratiquante, mosquée
        musulmán, judío, judía, cristianism, católic, mezquita
        ebreo, ebrea, ebraic, cattolic, moschea"""
    ),
    Subject.OPINION: _list(
        """politic, republican, democrat, socialist, communist, fascis, voter, trade union, unionist
        politisch, gewerkschaft, politique, syndicat, syndiqu, sindicat, polític, sindacat"""
    ),
    Subject.PRIVATE_LIFE: _list(
        """lesbian, bisexual, homosexual, transgender, transsex, sexual, divorce, mistress
        lesbisch, schwul, geschieden, liebesaffäre, scheidung, lesbienne, homosexuel, divorcé
        divorciad, lesbica, omosessual, divorziat"""
    ),
}
"""A note is refused if one of its words begins so; accents and case do not count."""

PARTS: Final = {
    Subject.HEALTH: _list(
        """妊娠, 病気, 障害, 糖尿, 癌, がん患, うつ病, アレルギー, 車椅子, 怀孕, 疾病, 生病, 残疾, 抑郁, 过敏, 轮椅
        حامل, مريض, إعاقة, سرطان, مرض السكر, حساسية, كرسي متحرك, اكتئاب"""
    ),
    Subject.ORIGIN: _list("外国人, 人種, 民族, 移民, 难民, 种族, 外籍, لاجئ, مهاجر, عرقي, أجنبي"),
    Subject.BELIEF: _list(
        """宗教, 信仰, イスラム, 仏教, キリスト, 基督, 佛教, 穆斯林
        مسلم, مسيحي, يهود, ديانة, حجاب"""
    ),
    Subject.OPINION: _list("政治, 政党, 労働組合, 党员, 工会, سياس, نقابة"),
    Subject.PRIVATE_LIFE: _list("同性愛, 離婚, 不倫, 同性恋, 离婚, مثلي, مطلقة"),
}
"""Of languages without spaces, and of Arabic, whose words begin with articles: anywhere in a note."""

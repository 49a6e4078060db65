"""How the fields of a record become a promotion."""

from __future__ import annotations

from typing import Final

from kiosk.connectors.feeds import promotion_columns as p
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.core.domain.promotions.rule import Rule, RuleKind, Validity

MAX_TAKE: Final = 20


def promotion(f: FieldReader) -> Rule:
    """The promotion of a record."""
    kind = f.read(p.KIND)
    percent, take, pay = f.read(p.PERCENT), f.read(p.TAKE), f.read(p.PAY)
    amount = f.money(p.AMOUNT, p.AMOUNT_MINOR, "")
    least = f.money(p.MIN_TOTAL, p.MIN_TOTAL_MINOR, "")
    rule = Rule(
        rule_id=f.read(p.PROMOTION_ID),
        name=f.read(p.PROMOTION_NAME),
        kind=kind,
        value=percent if kind is RuleKind.PERCENT else amount.minor if amount else 0,
        take=take,
        pay=pay,
        groups=f.read(p.PIECES),
        validity=Validity(f.read(p.FROM), f.read(p.UNTIL), f.read(p.WEEKDAYS), f.read(p.HOURS)),
        members=f.read(p.MEMBERS),
        levels=f.read(p.LEVELS),
        coupon=f.read(p.COUPON),
        combines=f.read(p.COMBINES),
        order=f.read(p.ORDER),
        max_uses=f.read(p.MAX_USES),
        min_total=least.minor if least else 0,
    )
    if not f.mistakes:
        f.mistakes.extend(_faults(rule, amount_given=amount is not None))
        f.mistakes.extend(_emptied(f, rule))
    return rule


def _emptied(f: FieldReader, rule: Rule) -> list[str]:
    """Limits that are given with nothing in them. Such a list is a selection that found nothing; taken as no limit, the
    promotion would be for everything or everybody."""
    limits = ((p.PIECES, rule.groups), (p.LEVELS, rule.levels), (p.COUPON, rule.coupon))
    return [
        f"{column.name}: is given without an entry; leave it out where there is no such limit"
        for column, found in limits
        if not found and f.is_given(column)
    ]


def _faults(rule: Rule, *, amount_given: bool) -> list[str]:
    """What does not fit together in a record whose single fields are right."""
    found = []
    match rule.kind:
        case RuleKind.PERCENT if not rule.value:
            found.append("percent: is needed for a promotion of kind percent")
        case RuleKind.N_FOR_M if not 0 < rule.pay < rule.take <= MAX_TAKE:
            found.append(
                f"take and pay: are needed for a promotion of kind n-for-m, pay below take ({MAX_TAKE} at most)"
            )
        case RuleKind.BUNDLE if len(rule.groups) < 2:
            found.append("pieces: at least two are needed for a promotion of kind bundle")
        case RuleKind.AMOUNT | RuleKind.BASKET if not rule.value:
            found.append(f"amount: is needed for a promotion of kind {rule.kind.value}, above 0")
        case RuleKind.PRICE | RuleKind.BUNDLE if not amount_given:
            found.append(f"amount: is needed for a promotion of kind {rule.kind.value}")
    begin, end = rule.validity.from_us, rule.validity.until_us
    if begin is not None and end is not None and end <= begin:
        found.append("until: is not after from")
    return found

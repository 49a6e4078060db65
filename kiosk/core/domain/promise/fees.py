"""What a service costs for a basket."""

from __future__ import annotations

from collections.abc import Collection

from kiosk.core.domain.promise.rules import Fee
from kiosk.core.domain.promise.values import PromiseReason

Cost = tuple[int, PromiseReason]


def cost(fees: Collection[Fee], goods_minor: int, *, member: bool, promotions: Collection[str] = ()) -> Cost:
    """The lowest of the fees that fit, in minor units, and why; of equal ones the first. Free where there are none.

    `goods_minor`: the sum of the prices of all pieces of the basket.
    """
    fitting = [
        _of(fee, goods_minor)
        for fee in fees
        if (member or not fee.members) and (not fee.promotion or fee.promotion in promotions)
    ]
    return min(fitting, key=lambda one: one[0], default=(0, PromiseReason.FREE))


def _of(fee: Fee, goods_minor: int) -> Cost:
    if fee.free_from is not None and goods_minor >= fee.free_from:
        return 0, PromiseReason.FREE_FROM
    if fee.promotion:
        return fee.minor, PromiseReason.PROMOTION_FEE
    if fee.members:
        return fee.minor, PromiseReason.MEMBER_FEE
    return (fee.minor, PromiseReason.FEE) if fee.minor else (0, PromiseReason.FREE)

"""What must hold after each step, and once everything is calm. Each rule gives a sentence for each violation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from kiosk.core.domain.ids import PieceId
from kiosk.store.payments.desk_tasks.desk_task import UnsettledTransaction
from tests.faults.checkout.journal import Journal
from tests.faults.checkout.people import People
from tests.faults.checkout.truth import Truth
from tests.faults.checkout.world import DAY_LIMIT, World


def receipts_are_numbered_without_gap(journal: Journal, _: People) -> Iterator[str]:
    numbers = [number for _, number in journal.receipts]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"receipts are numbered {numbers}"
    valid = Counter(order for order, number in journal.receipts if number not in journal.taken_back)
    yield from (f"{order} has {count} receipts" for order, count in valid.items() if count > 1)


def a_receipt_is_valid_while_its_order_is_paid(journal: Journal, _: People) -> Iterator[str]:
    valid = {order for order, number in journal.receipts if number not in journal.taken_back}
    for order in dict.fromkeys(order for order, _ in journal.receipts):
        paid = any(a["state"] == "paid" for a in journal.of_order(order))
        if paid != (order in valid):
            yield (
                f"{order} is paid, without a valid receipt"
                if paid
                else f"{order} is not paid, with a valid receipt"
            )


def an_order_is_paid_once(journal: Journal, _: People) -> Iterator[str]:
    paid = Counter(a["order_id"] for a in journal.attempts.values() if a["state"] == "paid")
    yield from (f"{order} is paid by {count} attempts" for order, count in paid.items() if count > 1)


def refunds_do_not_exceed_payments(journal: Journal, people: People) -> Iterator[str]:
    for order in {r["order_id"] for r in journal.refunds.values()}:
        if journal.paid_minor(order) < 0:
            yield f"{order}: more was paid back than was paid"
        pieces = Counter(
            people.garment(r["piece"]) for r in journal.refunds_of(order) if r["state"] != "refused"
        )
        yield from (f"{order}: {p} is paid back {n} times" for p, n in pieces.items() if n > 1)


def a_piece_is_in_one_paid_order(journal: Journal, people: People) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for order, _ in journal.receipts:
        for piece in journal.pieces_kept(order):
            owners[people.garment(piece)].add(order)
    named = tuple(journal.tasks)
    for garment, orders in owners.items():
        if len(orders) > 1 and not any(f"{order}|" in key for key in named for order in orders):
            yield f"{garment} is in the paid orders {sorted(orders)}"


def what_is_final_stays(before: dict[str, str], journal: Journal) -> Iterator[str]:
    """`before`: the result of each attempt that no person has given, as it was once; updated."""
    for key, attempt in journal.attempts.items():
        uncaptured = attempt["state"] == "paid" and not attempt["captured"]
        word = attempt["provisional"] or attempt["contradicted"] or uncaptured
        known = before.get(key)
        if known is not None and attempt["state"] != known:
            yield f"{attempt['order_id']} was {known} and is {attempt['state']}"
        if attempt["state"] in ("paid", "declined", "reversed") and not word:
            before[key] = attempt["state"]


AFTER_EACH_STEP = (
    receipts_are_numbered_without_gap,
    a_receipt_is_valid_while_its_order_is_paid,
    an_order_is_paid_once,
    refunds_do_not_exceed_payments,
    a_piece_is_in_one_paid_order,
)


def money_agrees(
    journal: Journal, truth: Truth, tasks: tuple[UnsettledTransaction, ...] = (),
    lies: Collection[str] = (),
) -> Iterator[str]:  # fmt: skip
    """Money kept at the terminals is that of the books, or a task names a charge or refund of the order.

    `lies`: keys of which a person has said the wrong thing, or whose terminal is not there; as long as it is only her
    word it may differ.
    """
    named = {task.order_id for task in tasks}
    for order in journal.orders:
        kept, paid = truth.kept(order), journal.paid_minor(order)
        followed = [one for one in journal.follow_ups.values() if one["order_id"] == order]
        every = [*journal.of_order(order), *journal.refunds_of(order), *followed]
        believed = any(one["key"] in lies and one["provisional"] for one in every)
        if kept == paid or order in named or believed:
            continue
        states = [f"{a['state']}({a['why']})" for a in journal.of_order(order)]
        refunds = [r["state"] for r in journal.refunds_of(order)]
        yield f"{order}: {kept} at the terminals, {paid} in the books, no task; attempts {states}, refunds {refunds}"


def what_is_sold_was_paid(journal: Journal, world: World, people: People) -> Iterator[str]:
    """The pieces of orders that were taken back, paid back or never paid are free, and the others are sold."""
    till = world.store.payments.till
    kept = {people.garment(piece) for order in journal.orders for piece in journal.pieces_kept(order)}
    for order, body in journal.orders.items():
        for piece in (PieceId(line["piece"]) for line in body["lines"]):
            sold = bool(till.sold([piece]))
            if sold != (people.garment(piece) in kept):
                yield f"{piece} of {order} is {'' if sold else 'not '}sold, against what was paid"


def asked_on(journal: Journal, world: World) -> frozenset[str]:
    """Keys of payments that rest on a person's word and belong to terminals that are not configured now."""
    here = {device.identity for device in world.configured()}
    return frozenset(
        key for key, a in journal.attempts.items() if a["provisional"] and a["terminal_id"] not in here
    )


def nothing_is_asked_on(journal: Journal) -> Iterator[str]:
    """Once every terminal has answered and the settlement is compared, nothing rests on a person's word alone."""
    for key, attempt in journal.attempts.items():
        if attempt["provisional"]:
            yield f"{_named(journal, key)} is {attempt['state']} and still rests on a person's word"


def nothing_open_is_hidden(journal: Journal, tasks: tuple[UnsettledTransaction, ...]) -> Iterator[str]:
    """A charge that is given back is shown as its void or refund while that has no reply."""
    shown = {task.key for task in tasks}
    given_back = {journal.follow_ups[key]["attempt"] for key in shown & journal.follow_ups.keys()}
    for key, state in journal.unfinished().items():
        if key not in shown and not (state == "unwanted" and key in given_back):
            yield f"{_named(journal, key)} is {state} and older than its limit, but not in the desk's list"


def no_terminal_waits(world: World) -> Iterator[str]:
    """Every visit has ended, and every terminal answers."""
    for device in world.configured():
        entry = device.waiting()
        if entry is not None:
            yield f"terminal {device.name} still waits for the card of {entry.order}"


def limits_hold(journal: Journal, truth: Truth) -> Iterator[str]:
    spent: Counter[str] = Counter()
    for key, card_day in journal.spent.items():
        found = truth.charge(key)
        if found is None:
            continue
        device, charge = found
        # given back before the next one is sent; a piece that is returned later still counts, as in the store
        reversed_whole = journal.attempts[key]["state"] == "reversed" and not device.kept(charge)
        if charge.collected and not charge.voided and not reversed_whole:
            spent[card_day] += charge.approved
    yield from (f"a card has spent {minor} in a day" for minor in spent.values() if minor > DAY_LIMIT)


def _named(journal: Journal, key: str) -> str:
    for kind, found in (
        ("payment", journal.attempts), ("refund", journal.refunds), ("follow-up", journal.follow_ups)
    ):  # fmt: skip
        if key in found:
            return f"{kind} of {found[key]['order_id']}"
    return key

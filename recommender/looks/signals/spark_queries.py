"""Queries of `co_purchase_spark`, in the dialect of Spark SQL. Braces are filled in with constants of our own."""

from recommender.inputs.event_kinds import EVENT_WEIGHT, EventKind, names_of_kinds

EVENTS = """
SELECT basket, item, seconds, kind, shopper, channel FROM (
    SELECT CAST(e.basket_id AS STRING) AS basket, i.row AS item, {seconds} AS seconds,
        coalesce(CAST(e.shopper_id AS STRING), '') AS shopper, CAST(e.channel AS STRING) AS channel,
        replace(replace(lower(trim(e.kind)), '-', '_'), ' ', '_') AS kind
    FROM history e JOIN items i ON CAST(e.item_id AS STRING) = i.item_id
) WHERE seconds BETWEEN {earliest} AND {latest} AND basket IS NOT NULL AND kind IN ({kinds})
"""
# Every row of the tables, usable or not.
ROWS = """
SELECT basket, item_id, row, seconds, coalesce(written, '') AS written, coalesce(kind IN ({kinds}), false) AS known
FROM (
    SELECT e.basket_id AS basket, e.item_id, i.row, {seconds} AS seconds, CAST(e.at AS STRING) AS written,
        replace(replace(lower(trim(e.kind)), '-', '_'), ' ', '_') AS kind
    FROM history e LEFT JOIN items i ON CAST(e.item_id AS STRING) = i.item_id
)
"""
MISTAKES = {
    "incomplete": "basket IS NULL OR item_id IS NULL OR NOT known",
    "undated": "seconds IS NULL",
    "too_early": "seconds < {earliest}",
    "too_late": "seconds > {latest}",
}
"""Why a row is unusable, in the order of `inputs.history`."""
_FIRST = " ".join(f"WHEN {wrong} THEN '{reason}'" for reason, wrong in MISTAKES.items())
REASONS = (
    f"SELECT reason, count(*) AS rows FROM (SELECT CASE {_FIRST} WHEN row IS NULL THEN 'unknown_item' ELSE 'used' END "  # noqa: S608 - our own constants
    "AS reason FROM rows) GROUP BY reason"
)
ROWS_WITH = "SELECT count(*) AS rows, min(written) AS written FROM rows WHERE {wrong}"
UNKNOWN_KINDS = """
SELECT DISTINCT kind FROM history
WHERE NOT coalesce(replace(replace(lower(trim(kind)), '-', '_'), ' ', '_') IN ({kinds}), true) LIMIT 5
"""
_MARKED = """
SELECT basket, item, shopper, seconds AS moment, {weight} AS weight, {bought} AS bought, {back} AS back,
    {refused} AS refused
FROM chosen
"""
RAW = """
SELECT basket, item, max(weight) AS weight, max(bought) AS bought, max(back) AS back, max(refused) AS refused,
    min(IF(bought = 1, moment, NULL)) AS moment, min_by(shopper, IF(bought = 1, moment, NULL)) AS shopper
FROM marked GROUP BY basket, item
"""
# A return without a basket of its own brings back the latest purchases of its shopper and item, see `inputs.returns`.
RETURNED = """
WITH loose AS (
    SELECT m.shopper, m.item, count(*) AS pieces, max(m.moment) AS latest
    FROM marked m JOIN raw c ON m.basket = c.basket AND m.item = c.item
    WHERE m.back = 1 AND c.bought = 0 GROUP BY m.shopper, m.item
)
SELECT basket, item FROM (
    SELECT c.basket, c.item, l.pieces,
        row_number() OVER (PARTITION BY c.shopper, c.item ORDER BY c.moment DESC, c.basket DESC) AS place
    FROM raw c JOIN loose l ON c.shopper = l.shopper AND c.item = l.item
    WHERE c.bought = 1 AND c.back = 0 AND c.moment <= l.latest
) WHERE place <= pieces
"""
NOTHING_RETURNED = "SELECT basket, item FROM raw WHERE false"
CELLS = """
WITH known AS (
    SELECT c.basket, c.item, c.weight, c.bought, (c.back = 1 AND c.bought = 1) OR r.basket IS NOT NULL AS came_back
    FROM raw c LEFT JOIN returned r ON c.basket = r.basket AND c.item = r.item WHERE c.refused = 0 AND c.weight > 0
)
SELECT basket, item, weight * IF(came_back, {returned}, 1.0D) AS weight, IF(came_back, 0, bought) AS bought FROM known
"""
HELD = """
SELECT c.* FROM cells c JOIN (SELECT basket FROM cells GROUP BY basket HAVING count(*) <= {largest}) USING (basket)
"""
# Baskets of two items or more; the others have no pair.
LARGER = "SELECT basket FROM held GROUP BY basket HAVING count(*) >= 2"
PAIRS = """
SELECT a.item AS one, b.item AS two, sum(a.weight * b.weight) AS together, sum(a.bought * b.bought) AS baskets
FROM held a JOIN held b ON a.basket = b.basket AND a.item <> b.item GROUP BY a.item, b.item
"""
STYLED = """
SELECT h.basket, i.style, least(sum(h.weight), 1.0D) AS weight FROM held h JOIN items i ON h.item = i.row
GROUP BY h.basket, i.style
"""
STYLE_PAIRS = """
SELECT a.style AS one, b.style AS two, sum(a.weight * b.weight) AS together
FROM styled a JOIN styled b ON a.basket = b.basket AND a.style <> b.style GROUP BY a.style, b.style
"""
STYLE_WEIGHTS = "SELECT style, sum(weight) AS weight FROM styled GROUP BY style"
STRONGEST = """
SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY one ORDER BY together DESC, two) AS place FROM {table}
) WHERE place <= {keep}
"""
FACTS = """
SELECT count(*) AS events, count(DISTINCT basket) AS baskets, min(seconds) AS first, max(seconds) AS last,
    percentile_approx(seconds, {share}D, 10000) AS second FROM events
"""
DAYS = (
    "SELECT seconds div 86400 AS day, count(*) AS events FROM events GROUP BY seconds div 86400 ORDER BY day"
)
# A share of the larger baskets, drawn by a hash of their name.
SOME = """
SELECT h.*, f.at FROM held h JOIN larger USING (basket)
JOIN (SELECT basket, min(seconds) AS at FROM chosen GROUP BY basket) f USING (basket)
WHERE pmod(xxhash64(h.basket, {seed}), 1000000) < {share}
"""
PARTS = "SELECT xxhash64(basket) AS basket, item, weight FROM held JOIN larger USING (basket)"
CATEGORIES = """
WITH kinds AS (
    SELECT DISTINCT h.basket, i.category FROM held h JOIN items i ON h.item = i.row
    WHERE h.bought = 1 AND i.category >= 0
)
SELECT a.category AS one, b.category AS two, count(*) AS baskets
FROM kinds a JOIN kinds b ON a.basket = b.basket GROUP BY a.category, b.category
"""
KEPT_CATEGORIES = """
WITH pieces AS (SELECT basket, sum(bought) AS kept FROM held GROUP BY basket HAVING sum(bought) >= 1),
kinds AS (
    SELECT DISTINCT h.basket, i.category FROM held h JOIN items i ON h.item = i.row
    WHERE h.bought = 1 AND i.category >= 0
)
SELECT category, count(*) AS every, sum(IF(kept >= 2, 1, 0)) AS larger
FROM kinds JOIN pieces ON kinds.basket = pieces.basket GROUP BY category
UNION ALL SELECT -1, count(*), coalesce(sum(IF(kept >= 2, 1, 0)), 0) FROM pieces
"""


def marked_rows() -> str:
    """The chosen events with their weight, and marks for what is bought, back and refused."""
    weight_by_kind = " ".join(
        f"WHEN kind IN ({quoted_names(kind)}) THEN {EVENT_WEIGHT[kind]}D" for kind in EventKind
    )
    return _MARKED.format(
        weight=f"CASE {weight_by_kind} ELSE 0.0D END",
        bought=marked(EventKind.PURCHASE, EventKind.TRYON_KEPT),
        back=marked(EventKind.RETURN),
        refused=marked(EventKind.NOT_THIS),
    )


def by_item(since: int) -> str:
    """The counts of each item; `since`: the time from which sales are those of the last day."""
    good = [kind for kind in EventKind if kind not in {EventKind.NOT_THIS, EventKind.RETURN}]
    sales = f"({marked(EventKind.PURCHASE)} - {marked(EventKind.RETURN)})"
    return f"""SELECT item, sum(met) AS met, sum(sales) AS sales, sum(last) AS last, sum(weight) AS weight,
            sum(kept) AS kept FROM (
        SELECT item, {marked(*good)} AS met, {sales} AS sales, IF(seconds > {since}, {sales}, 0) AS last,
            0.0D AS weight, 0 AS kept FROM chosen
        UNION ALL SELECT item, 0, 0, 0, weight, bought FROM held) GROUP BY item"""  # noqa: S608 - the text contains only our own constants


def marked(*kinds: EventKind) -> str:
    """1 for events of these kinds, else 0."""
    return f"IF(kind IN ({quoted_names(*kinds)}), 1, 0)"


def quoted_names(*kinds: EventKind) -> str:
    """All names of these kinds, as a list."""
    return ", ".join(f"'{word}'" for word in names_of_kinds(*kinds))

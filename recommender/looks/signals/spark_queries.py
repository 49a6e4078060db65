"""Queries of `co_purchase_spark`, in the dialect of Spark SQL. Braces are filled in with constants of our own."""

EVENTS = """
SELECT DISTINCT basket, item, day, kind, moment, shopper, channel FROM (
    SELECT CAST(e.basket_id AS STRING) AS basket, i.row AS item,
        try_cast(CAST(e.at AS STRING) AS DATE) AS day, e.at AS moment,
        coalesce(CAST(e.shopper_id AS STRING), '') AS shopper, CAST(e.channel AS STRING) AS channel,
        replace(replace(lower(trim(e.kind)), '-', '_'), ' ', '_') AS kind
    FROM history e JOIN items i ON CAST(e.item_id AS STRING) = i.item_id
) WHERE day IS NULL OR day BETWEEN DATE'{earliest}' AND DATE'{latest}'
"""
MARKED = """
SELECT basket, item, shopper, moment, {weight} AS weight, {bought} AS bought, {back} AS back, {refused} AS refused
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
PAIRS = """
SELECT a.item AS item, b.item AS other, sum(a.weight * b.weight) AS together, sum(a.bought * b.bought) AS baskets
FROM held a JOIN held b ON a.basket = b.basket AND a.item <> b.item GROUP BY a.item, b.item
"""
STRONGEST = """
SELECT item, other, together, baskets FROM (
    SELECT *, row_number() OVER (PARTITION BY item ORDER BY together DESC, other) AS place FROM pairs
) WHERE place <= {keep}
"""
WHOLE = """
SELECT count(*) AS events, count(DISTINCT basket) AS baskets, min(day) AS first, max(day) AS last FROM chosen
"""
SOME = """
SELECT h.basket, h.item, h.weight FROM held h JOIN (
    SELECT basket FROM held GROUP BY basket HAVING count(*) >= 2 ORDER BY hash(basket), basket LIMIT {most}
) USING (basket)
"""
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

"""The pure part of the mirror: values and functions without input, output, clock or randomness.

`domain` holds the shop's values, `visit` moves a shopper's visit by events, `scene` says what the mirror shows of it,
`wire` reads and writes values as JSON, `exchanges` lists the mirror's questions to its store.
"""

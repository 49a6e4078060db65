"""Double of an Adyen terminal and of the Cloud device API in front of it: stateful, encrypted, with faults on request.

It is built from documentation, and its requests are checked against the published schema; no real terminal was at hand.
What is not documented is a choice, named where it is made.
"""

"""The shop's values: garments, money, payments, requests, shoppers and fit; shared by mirror, store and connectors."""

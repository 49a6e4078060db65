"""Exchanges: a paid piece is changed for another size of its style, at no charge."""

"""Draws the demo shop's garments: outlines in centimetres, cloth as a relief under one light, any size of picture."""

from garment_artwork.render import UnknownPieceError, contact_sheet, draw, render_all

__all__ = ["UnknownPieceError", "contact_sheet", "draw", "render_all"]

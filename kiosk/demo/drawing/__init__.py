"""Draws the demo shop's garments: outlines in centimetres, cloth as a relief under one light, any size of picture."""

"""The only package that uses Pillow: masks of polygons, PNG encoding, scaled photographs, the plot of a survey."""

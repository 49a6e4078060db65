"""Moves a finished mark, with its form and its weave, to another place of the drawing."""

from dataclasses import replace

from garment_artwork.primitives.geometry import Tube, shift
from garment_artwork.primitives.marks import Button, Mark, Panel, Seam, Shade, Stitches, Tone
from garment_artwork.primitives.relief import Floats, Fold, Form, Relief


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark, `dx` to the right and `dy` down."""
    match mark:
        case Panel():
            return replace(
                mark,
                outline=shift(mark.outline, dx, dy),
                holes=tuple(shift(hole, dx, dy) for hole in mark.holes),
                clip=None if mark.clip is None else shift(mark.clip, dx, dy),
                relief=_relief(mark.relief, dx, dy),
                tone=_tone(mark.tone, dx, dy) if callable(mark.tone) else mark.tone,
            )
        case Seam() | Stitches():
            return replace(mark, line=shift(mark.line, dx, dy))
        case Button():
            return replace(mark, x=mark.x + dx, y=mark.y + dy)
        case Shade():
            return replace(mark, shape=shift(mark.shape, dx, dy))


def _relief(relief: Relief, dx: float, dy: float) -> Relief:
    return replace(
        relief,
        limb=None if relief.limb is None else _tube(relief.limb, dx, dy),
        folds=tuple(_fold(fold, dx, dy) for fold in relief.folds),
        forms=tuple(_form(form, dx, dy) for form in relief.forms),
    )


def _tube(tube: Tube, dx: float, dy: float) -> Tube:
    edges = None if tube.edges is None else (shift(tube.edges[0], dx, dy), shift(tube.edges[1], dx, dy))
    return Tube(shift(tube.middle, dx, dy), tube.widths, edges)


def _fold(fold: Fold, dx: float, dy: float) -> Fold:
    return replace(fold, line=shift(fold.line, dx, dy))


def _form(form: Form, dx: float, dy: float) -> Form:
    def there(x: Floats, y: Floats) -> Floats:
        return form(x - dx, y - dy)

    return there


def _tone(tone: Tone, dx: float, dy: float) -> Tone:
    def there(x: Floats, y: Floats) -> Floats:
        return tone(x - dx, y - dy)

    return there

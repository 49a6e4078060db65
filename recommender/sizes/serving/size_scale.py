"""Position of a written size on its scale. Conversion between countries is in `size_systems`."""

import re

_ALPHA = ("XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "XXXXL")
_OTHER_NAMES = {"2XS": "XXS", "3XS": "XXXS", "2XL": "XXL", "3XL": "XXXL", "4XL": "XXXXL"}
_NUMBER = re.compile(r"^[A-Z]{0,2}\s*(-?\d{1,4}(?:[.,]\d{1,2})?)")


def size_position(size: str) -> tuple[bool, float]:
    """Whether a size is a letter, and its position: letters in steps of one, numbers by value.

    Of waist and inseam ("W32/L34", "32/34") the waist is used. NaN for other texts ("one", "petite").
    """
    text = size.strip().upper()
    text = _OTHER_NAMES.get(text, text)
    if text in _ALPHA:
        return True, float(_ALPHA.index(text))
    number = _NUMBER.match(text)
    return (False, float(number.group(1).replace(",", "."))) if number else (True, float("nan"))

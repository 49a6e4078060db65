"""The table of application identifiers of a published library: identifier to [predefined length, longest value].

Run by the peers' interpreter.
"""

import json
import re

import biip.gs1_application_identifiers as library

TABLE = library._GS1_APPLICATION_IDENTIFIERS


def longest(form: str) -> int:
    """The longest value of a form such as `N3+N13[+X..17]`; the first number is the identifier's own."""
    return sum(map(int, re.findall(r"[0-9]+", form)[1:]))


if __name__ == "__main__":
    print(json.dumps({ai: [not item.separator_required, longest(item.format)] for ai, item in TABLE.items()}))

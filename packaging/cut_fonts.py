"""Cuts our Chinese and Japanese fonts again, with the letters of new texts, if the test of the fonts asks for it.

    apt-get install fonts-noto-cjk                         # Debian 12: the same versions as in assets/fonts
    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools
    /tmp/fonts/bin/python packaging/cut_fonts.py

No letter is lost: a font keeps what it has. Letters come from the translations of the mirror and of the store's pages,
and from the demo's texts. The names of the fonts stay ours (see assets/fonts/OFL.txt).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont

ASSETS: Final = Path(__file__).parents[1] / "assets"
PAGES: Final = Path(__file__).parents[1] / "kiosk" / "store" / "translations"
"""Texts of the store's pages; a printed receipt shows some of them."""
NOTO: Final = Path("/usr/share/fonts/opentype/noto")
FONTS: Final = {
    "ChevalMincho": ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK JP", "ja"),
    "ChevalGothic": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK JP", "ja"),
    "ChevalSong": ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "zh"),
    "ChevalHei": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "zh"),
}
"""Our font: the file and family that it is cut from, and the language whose texts it shows."""


def letters_of(language: str) -> set[int]:
    """Letters of that language's texts that Latin fonts do not have."""
    texts = [(ASSETS / "translations" / f"cheval_{language}.ts").read_text(encoding="utf-8")]
    texts.append((PAGES / f"{language}.po").read_text(encoding="utf-8"))
    texts += _of_language(json.loads((ASSETS / "demo" / "words.json").read_text(encoding="utf-8")), language)
    for line in (ASSETS / "demo" / "styles.jsonl").read_text(encoding="utf-8").splitlines():
        texts += _of_language(json.loads(line), language)
    return {ord(letter) for text in texts for letter in text if ord(letter) >= 0x2E80}


def _of_language(value: Any, language: str) -> list[str]:
    """The texts in a tree of JSON that stand under the name of the language."""
    if isinstance(value, list):
        return [text for each in value for text in _of_language(each, language)]
    if not isinstance(value, dict):
        return []
    here = value.get(language)
    found = [json.dumps(here, ensure_ascii=False)] if here is not None else []
    return found + [text for each in value.values() for text in _of_language(each, language)]


def cut(name: str, noto: Path) -> int:
    """Cuts one font again if a letter is missing; the number of new letters."""
    file, family, language = FONTS[name]
    target = ASSETS / "fonts" / f"{name}-Regular.otf"
    ours = TTFont(target, recalcTimestamp=False)
    has = set(ours.getBestCmap())
    whole = _family(noto / file, family)
    new = (letters_of(language) & set(whole.getBestCmap())) - has
    if new:
        options = subset.Options(
            layout_features=_features(ours), name_IDs=["*"], name_languages=["*"], hinting=False
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=has | new)
        cutter.subset(whole)
        whole["name"] = ours["name"]
        whole.save(target)
    return len(new)


def _family(file: Path, family: str) -> Any:
    for number in range(20):
        font = TTFont(file, fontNumber=number, recalcTimestamp=False)
        if font["name"].getDebugName(1) == family:
            return font
    raise SystemExit(f"{file} has no {family}")


def _features(font: Any) -> list[str]:
    return sorted(
        {
            record.FeatureTag
            for table in ("GSUB", "GPOS")
            if table in font
            for record in font[table].table.FeatureList.FeatureRecord
        }
    )


def main() -> int:
    """Cuts all four fonts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--noto", type=Path, default=NOTO, help="folder with the files of Noto CJK")
    args = parser.parse_args()
    for name in FONTS:
        print(f"{name}: {cut(name, args.noto)} new letters")
    return 0


if __name__ == "__main__":
    sys.exit(main())

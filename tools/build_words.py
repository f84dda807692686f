"""Rebuild ``authoring/words.txt`` from jieba's ``dict.txt``; the same input gives the same bytes.

    python tools/build_words.py path/to/jieba-0.42.1/jieba/dict.txt

In: lines ``word frequency tag`` (UTF-8). Out: lines ``word<TAB>frequency`` sorted by their UTF-8 bytes, so
that a reader can search the file in place. The empty word sorts first and carries the sum of all frequencies.

Kept are single characters, which every segmentation needs as a last resort, and words of two to eight Han
characters that are common enough. jieba gives 3 to most words it has no count for; among these official prose
uses nouns, place and body names and set phrases ("科技成果", "实施办法"), while people, numerals, idioms and
spoken verb phrases are only weight.
"""

import argparse
import hashlib
import re
from pathlib import Path

# dict.txt of jieba 0.42.1. Another version would move line breaks: change this on purpose only.
SOURCE_SHA256 = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"
TARGET = Path(__file__).resolve().parent.parent / "authoring" / "words.txt"

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{1,8}")
_UNCOUNTED = 3
_NAMES = frozenset({"nr", "nrt", "m"})  # people, transliterated people, numerals
_NAMES_ABOVE = 5
# Nouns, verbal nouns, places, bodies, attributes, short forms, set phrases.
_PROSE = frozenset({"n", "vn", "ns", "nt", "b", "j", "l"})
# Adjectives, idioms, proper nouns: worth keeping up to three characters; longer ones are proverbs and titles.
_SHORT = frozenset({"a", "i", "nz"})


def keep(word: str, frequency: int, tag: str) -> bool:
    """Whether a dictionary entry goes into the package."""
    if not _HAN.fullmatch(word):
        return False
    if len(word) == 1:
        return True
    if tag in _NAMES:
        return frequency > _NAMES_ABOVE
    if frequency != _UNCOUNTED:
        return frequency > _UNCOUNTED
    return tag in _PROSE or (tag in _SHORT and len(word) <= 3) or (tag == "v" and len(word) == 2)


def build(source: str) -> bytes:
    """Turn the text of ``dict.txt`` into the bytes of ``words.txt``."""
    kept: dict[str, int] = {}
    for line in source.splitlines():
        word, frequency, tag = line.split(" ")
        if keep(word, int(frequency), tag):
            kept[word] = int(frequency)
    rows = sorted([(b"", sum(kept.values())), *((word.encode(), count) for word, count in kept.items())])
    return b"".join(b"%s\t%d\n" % row for row in rows)


def main() -> None:
    """Read the named dictionary, check that it is the pinned one, write the package data."""
    parser = argparse.ArgumentParser(description="Rebuild authoring/words.txt.")
    parser.add_argument("dictionary", type=Path, help="dict.txt of an unpacked jieba 0.42.1 source archive")
    raw = parser.parse_args().dictionary.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SOURCE_SHA256:
        parser.error("this is not the dict.txt of jieba 0.42.1; see SOURCE_SHA256")
    TARGET.write_bytes(build(raw.decode("utf-8")))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Rebuild every committed font, its licence and the character list from the public packages they came from.

The fonts are committed so that a fresh machine sets a right-looking page with nothing to download. This
script is the other half of that promise: it shows exactly what was done to them (the GPL asks for that), and
`--check` proves that the committed bytes are what the named packages yield and nothing else.

    python fonts/rebuild.py               download the packages, rebuild the files in place, write SHA256SUMS
    python fonts/rebuild.py --from DIR    the same; packages already lying in DIR are not downloaded again
    python fonts/rebuild.py --check       rebuild in a temporary folder and compare with SHA256SUMS

It needs `npm`, Debian's `apt-get` and `dpkg` (nothing is installed), and fontTools and uharfbuzz. The bytes
do not depend on the clock. They may differ, without harm, under other versions of those two libraries: the
versions behind the committed files are in README.md.
"""

from __future__ import annotations

import argparse
import bz2
import functools
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from fontTools.misc.timeTools import timestampFromString  # type: ignore[import-untyped,unused-ignore]
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped,unused-ignore]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped,unused-ignore]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped,unused-ignore]

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
HANZI = "tongyong-guifan-hanzi.txt"
CHANGED = "2026-11-23"  # written into FandolFang, as the GPL wants
STAMP = "Mon Nov 23 00:00:00 2026"  # head.modified of every changed font: never the clock
MAX_ERROR = 0.5  # font units a quadratic may stray from its cubic; half a unit more can come from rounding


@dataclass(frozen=True)
class Package:
    """A published package; `scope` is set for npm packages and empty for Debian ones."""

    name: str
    version: str
    scope: str = ""

    @property
    def pattern(self) -> str:
        """The file name its client gives the download. Debian's revision is left open: suites differ."""
        return f"{self.scope}-{self.name}-{self.version}.tgz" if self.scope else f"{self.name}_*.deb"

    @property
    def command(self) -> list[str]:
        """How its own client downloads it into the current folder."""
        if self.scope:
            return ["npm", "pack", "--silent", f"@{self.scope}/{self.name}@{self.version}"]
        return ["apt-get", "download", self.name]


SERIF = Package("noto-serif-sc", "0.4.3", "expo-google-fonts")
SANS = Package("noto-sans-sc", "0.4.3", "expo-google-fonts")
TINOS = Package("tinos", "0.4.2", "expo-google-fonts")
TEXLIVE = Package("texlive-lang-chinese", "2022.20230122-1")
ARPHIC = Package("fonts-arphic-gkai00mp", "2.11-16")
UNICODE = Package("unicode-data", "15.0.0-1")

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
FANDOL_DOC = "usr/share/doc/texlive-doc/fonts/fandol/"
KAITI = "usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf"
KAITI_DOC = "usr/share/doc/fonts-arphic-gkai00mp/license/"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# file, package, member, what is done: "trim" to official_characters(), keep "all" characters, or "verbatim"
FONTS: tuple[tuple[str, Package, str, str], ...] = (
    ("NotoSerifSC-Bold.ttf", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf", "trim"),
    ("NotoSerifSC-Regular.ttf", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", "all"),
    ("NotoSerifSC-Light.ttf", SERIF, "package/300Light/NotoSerifSC_300Light.ttf", "trim"),
    ("NotoSansSC-Medium.ttf", SANS, "package/500Medium/NotoSansSC_500Medium.ttf", "trim"),
    ("FandolFang-Regular.ttf", TEXLIVE, FANDOL, "all"),
    ("gkai00mp.ttf", ARPHIC, KAITI, "verbatim"),
    ("Tinos-Regular.ttf", TINOS, "package/400Regular/Tinos_400Regular.ttf", "all"),
)

# file, package, member, and the font whose own copyright line is to stand first (the OFL asks for it)
TEXTS: tuple[tuple[str, Package, str, str], ...] = (
    ("licences/NotoSerifSC-OFL.txt", SERIF, "package/LICENSE_FONT", "NotoSerifSC-Regular.ttf"),
    ("licences/NotoSansSC-OFL.txt", SANS, "package/LICENSE_FONT", "NotoSansSC-Medium.ttf"),
    ("licences/Tinos-OFL.txt", TINOS, "package/LICENSE_FONT", "Tinos-Regular.ttf"),
    ("licences/gkai00mp-ARPHICPL.TXT", ARPHIC, KAITI_DOC + "english/ARPHICPL.TXT.gz", ""),
    ("licences/gkai00mp-ARPHICPL-zh.TXT", ARPHIC, KAITI_DOC + "gb/ARPHICPL.TXT", ""),
    ("licences/FandolFang-COPYING", TEXLIVE, FANDOL_DOC + "COPYING.gz", ""),
    ("licences/FandolFang-README", TEXLIVE, FANDOL_DOC + "README", ""),
    ("licences/unicode-data-copyright.txt", UNICODE, "usr/share/doc/unicode-data/copyright", ""),
)

# What an official document may use besides Han. Kana and bopomofo belong to GB2312.
SYMBOLS: tuple[tuple[int, int, str], ...] = (
    (0x0020, 0x007E, "ASCII"),
    (0x00A0, 0x024F, "Latin with accents, pinyin among them"),
    (0x02B0, 0x02FF, "modifier letters: tone marks"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x04FF, "Cyrillic"),
    (0x1E00, 0x1EFF, "more accented Latin"),
    (0x2000, 0x206F, "general punctuation"),
    (0x2070, 0x20CF, "superscripts, subscripts, currency"),
    (0x2100, 0x218F, "letterlike (℃ №) and number forms (Ⅳ ½)"),
    (0x2190, 0x23FF, "arrows, mathematical operators, technical"),
    (0x2460, 0x24FF, "enclosed alphanumerics ①"),
    (0x2500, 0x27BF, "box drawing, blocks, geometric shapes, miscellaneous symbols, dingbats"),
    (0x3000, 0x30FF, "CJK symbols and punctuation, kana"),
    (0x3100, 0x312F, "bopomofo"),
    (0x3200, 0x33FF, "enclosed CJK ㈠, units ㎡"),
    (0xFE10, 0xFE1F, "vertical forms"),
    (0xFE30, 0xFE6F, "CJK compatibility and small forms"),
    (0xFF00, 0xFFEF, "full-width and half-width forms"),
)

# Glyphs are placed one by one, unhinted: layout, vertical and hinting tables would be dead weight.
TABLES = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
LAST_NAME_ID = 17  # beyond it lie only the labels of the variable font a static instance was cut from


class Packages:
    """Finds or downloads packages, unpacks each at most once, and hands out their members."""

    def __init__(self, given: Path | None, work: Path) -> None:
        self.given, self.work = given, work

    @functools.cache  # noqa: B019 - one instance, as long-lived as the process
    def folder(self, package: Package) -> Path:
        """The package's files, unpacked."""
        target = self.work / package.name
        target.mkdir()
        archives = sorted(self.given.glob(package.pattern)) if self.given else []
        if not archives:
            subprocess.run(package.command, cwd=self.work, check=True, stdout=subprocess.DEVNULL)
            archives = sorted(self.work.glob(package.pattern))
        if package.scope:
            with tarfile.open(archives[-1]) as tar:
                tar.extractall(target, filter="data")
        else:
            subprocess.run(["dpkg", "-x", str(archives[-1].resolve()), str(target)], check=True)
        return target

    def read(self, package: Package, member: str) -> bytes:
        """One member's bytes, decompressed when its name says that it is compressed."""
        raw = (self.folder(package) / member).read_bytes()
        suffix = Path(member).suffix
        return gzip.decompress(raw) if suffix == ".gz" else bz2.decompress(raw) if suffix == ".bz2" else raw


def standard_hanzi(unihan: str) -> list[str]:
    """The 8,105 characters of 通用规范汉字表 in the standard's order, out of Unihan's property kTGH.

    The value is `2013:N`, N being the character's number in the table; a gap would mean a damaged source.
    """
    fields = [line.split("\t") for line in unihan.splitlines() if "\tkTGH\t" in line]
    numbered = {int(value.rpartition(":")[2]): chr(int(code[2:], 16)) for code, _, value in fields}
    if sorted(numbered) != list(range(1, 8106)):
        raise SystemExit("Unihan: kTGH does not number 1 to 8105")
    return [numbered[number] for number in sorted(numbered)]


def hanzi_text(hanzi: list[str]) -> str:
    """The list as a text file people can read: three levels, fifty characters a line, `#` for comments."""
    out = [
        "# 通用规范汉字表 (2013), 8,105 characters in the standard's own order.",
        f"# Extracted from the property kTGH of Unihan, Debian package {UNICODE.name} {UNICODE.version}.",
        "# Modified: reduced to the characters alone, reordered by number.",
        "# Copyright and permission notice: licences/unicode-data-copyright.txt",
    ]
    for title, start, end in (("一级", 0, 3500), ("二级", 3500, 6500), ("三级", 6500, 8105)):
        out.append(f"# {title}字表, {start + 1}-{end}")
        out += ["".join(hanzi[i : min(i + 50, end)]) for i in range(start, end, 50)]
    return "\n".join(out) + "\n"


def official_characters(hanzi: list[str]) -> set[int]:
    """What the trimmed fonts keep: the 8,105, all of GB2312, and the symbols of official documents."""
    kept = {ord(char) for char in hanzi}
    for first, last, _ in SYMBOLS:
        kept.update(range(first, last + 1))
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            kept.update(map(ord, bytes((lead, trail)).decode("gb2312", "ignore")))
    return kept


def to_truetype(data: bytes) -> bytes:
    """The same font with quadratic outlines: ReportLab embeds TrueType outlines only."""
    font: Any = TTFont(BytesIO(data), recalcTimestamp=False)
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))  # TrueType fills clockwise
        outlines[name] = pen.glyph()
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    for name, (advance, _) in font["hmtx"].metrics.items():
        outlines[name].recalcBounds(glyf)
        font["hmtx"].metrics[name] = (advance, getattr(outlines[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maxp, f"max{field}", 0)
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    names = font["name"]
    names.setName(f"{names.getDebugName(5)}; TrueType outlines {CHANGED}", 5, 3, 1, 0x409)
    notice = f"Modified {CHANGED}: CFF outlines converted to TrueType outlines, tables trimmed."
    names.setName(f"{names.getDebugName(10)} {notice}", 10, 3, 1, 0x409)
    names.setName("GNU GPL version 3 with font exception", 13, 3, 1, 0x409)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def subset(data: bytes, keep: set[int] | None) -> bytes:
    """Drop what placing single glyphs never reads: layout, hints and, given `keep`, all other characters."""
    face = hb.Face(data)
    wanted = hb.SubsetInput()
    unicodes = set(face.unicodes)
    wanted.unicode_set.update(unicodes if keep is None else unicodes & keep)
    wanted.layout_feature_tag_set.clear()
    unread = set(face.table_tags) - set(TABLES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in unread)
    wanted.name_id_set.update(range(LAST_NAME_ID + 1))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    small: bytes = hb.subset(face, wanted).blob.data
    font: Any = TTFont(BytesIO(small), recalcTimestamp=False, recalcBBoxes=False)
    font["head"].modified = timestampFromString(STAMP)
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def build(packages: Packages, target: Path) -> list[str]:
    """Write every rebuilt file under `target`; give back their names, sorted."""
    (target / "licences").mkdir(parents=True, exist_ok=True)
    hanzi = standard_hanzi(packages.read(UNICODE, UNIHAN).decode("utf-8"))
    (target / HANZI).write_text(hanzi_text(hanzi), encoding="utf-8", newline="\n")
    trimmed = official_characters(hanzi)
    for file, package, member, action in FONTS:
        data = packages.read(package, member)
        if data.startswith(b"OTTO"):
            data = to_truetype(data)
        if action != "verbatim":
            data = subset(data, trimmed if action == "trim" else None)
        (target / file).write_bytes(data)
        print(f"{file:28}{len(data):>12,} bytes", flush=True)
    for file, package, member, font in TEXTS:
        line = f"{TTFont(target / font)['name'].getDebugName(0)}\n\n" if font else ""
        (target / file).write_bytes(line.encode() + packages.read(package, member))
    return sorted([HANZI, *(row[0] for row in FONTS), *(row[0] for row in TEXTS)])


def digests(folder: Path, names: list[str]) -> dict[str, str]:
    """SHA-256 of each named file that exists."""
    there = [name for name in names if (folder / name).exists()]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in there}


def main() -> int:
    """Rebuild, or check; 1 means that something differs."""
    parser = argparse.ArgumentParser(description="Rebuild the fonts of this folder from their packages.")
    parser.add_argument("--from", dest="given", type=Path, metavar="DIR", help="look for packages here first")
    parser.add_argument("--check", action="store_true", help=f"change nothing; compare a rebuild with {SUMS}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work, target = Path(scratch) / "packages", Path(scratch) / "fonts" if options.check else HERE
        work.mkdir()
        built = digests(target, build(Packages(options.given, work), target))
    if not options.check:
        lines = "".join(f"{digest}  {name}\n" for name, digest in built.items())
        (HERE / SUMS).write_text(lines, encoding="utf-8", newline="\n")
        return 0
    listed = {n: d for d, n in map(str.split, (HERE / SUMS).read_text(encoding="utf-8").splitlines())}
    here = digests(HERE, sorted(listed))
    wrong = [n for n in sorted({*built, *listed}) if not built.get(n) == listed.get(n) == here.get(n)]
    for name in wrong:
        print(f"{name}: rebuilt {built.get(name)}, listed {listed.get(name)}, in the folder {here.get(name)}")
    print("differs" if wrong else f"all {len(built)} files are as listed in {SUMS}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Fonts: which file a role gets, which face draws a character, and what a user's own folder may hold."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont
from hypothesis import given
from hypothesis import strategies as st

from authoring.diagnostics import CannotRun
from authoring.fonts import ROLES, Face, FontSet, RoleSpec, find_fonts
from authoring.fonts.outlines import to_truetype
from authoring.fonts.report import font_table, fontconfig_file
from authoring.style import Role
from tests.conftest import ROOT, Command, without_privileges

OPEN = ROOT / "fonts"
TINOS = OPEN / "Tinos-Regular.ttf"
FONTS = find_fonts(installed=False)


def renamed(target: Path, family: str, style: str = "Regular") -> Path:
    """Tinos under another family's name."""
    font = TTFont(TINOS)
    for record in list(font["name"].names):
        if record.nameID in (16, 17):
            font["name"].removeNames(nameID=record.nameID)
    full = family if style == "Regular" else f"{family} {style}"
    for number, text in ((1, family), (2, style), (4, full), (6, f"{full.encode().hex()[:40]}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(target)
    return target


def cff_font(target: Path, family: str, chars: str) -> Path:
    """An OTF whose glyphs are squares with a round corner."""
    names = [".notdef", *(f"uni{ord(char):04X}" for char in chars)]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): name for char, name in zip(chars, names[1:], strict=True)})
    pen = T2CharStringPen(1000, None)
    pen.moveTo((100, 0))
    pen.lineTo((900, 0))
    pen.lineTo((900, 600))
    pen.curveTo((900, 700), (800, 800), (700, 800))
    pen.lineTo((100, 800))
    pen.closePath()
    outline = pen.getCharString()
    builder.setupCFF("Square", {"FullName": "Square"}, dict.fromkeys(names, outline), {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "fullName": family, "psName": "Square"}
    )
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(target)
    return target


def file_of(fonts: FontSet, role: Role) -> Path:
    return fonts.roles[role].face.path


def drawn_by(role: Role, char: str) -> str | None:
    face = FONTS.face(role, char)
    return face.path.name if face else None


# The open set


@pytest.mark.parametrize("spec", ROLES, ids=lambda spec: spec.role)
def test_role_takes_its_open_font(spec: RoleSpec) -> None:
    resolved = FONTS.roles[spec.role]
    assert resolved.face.path == OPEN / spec.open_file
    assert resolved.substituted
    assert all(face.is_usable for face in (resolved.face, *resolved.fallbacks))


@pytest.mark.parametrize("role", FONTS.roles)
def test_every_role_sets_every_standard_character(role: Role) -> None:
    standard = (OPEN / "tongyong-guifan-hanzi.txt").read_text(encoding="utf-8")
    chars = {char for char in standard if unicodedata.category(char) == "Lo"} | set(
        "，。、；：？！“”‘’（）《》〈〉【】—…·％●"
    )
    assert len(chars) > 8105
    assert {char for char in chars if FONTS.face(role, char) is None} == set()


@pytest.mark.parametrize(
    ("role", "char", "file"),
    [
        ("body", "创", "FandolFang-Regular.ttf"),
        ("body", "，", "FandolFang-Regular.ttf"),
        ("body", "—", "FandolFang-Regular.ttf"),
        ("body", "喆", "NotoSerifSC-Light.ttf"),
        ("body", "𬀩", "NotoSerifSC-Light.ttf"),
        ("body", "（", "NotoSerifSC-Light.ttf"),
        ("body", "“", "NotoSerifSC-Light.ttf"),
        ("body", "5", "Tinos-Regular.ttf"),
        ("body", "A", "Tinos-Regular.ttf"),
        ("headline", "创", "NotoSerifSC-Bold.ttf"),
        ("headline", "2", "Tinos-Regular.ttf"),
        ("kai", "创", "gkai00mp.ttf"),
        ("kai", "喆", "NotoSerifSC-Regular.ttf"),
        ("song", "5", "NotoSerifSC-Regular.ttf"),
        ("latin", "创", "NotoSerifSC-Regular.ttf"),
    ],
)
def test_face_that_draws_a_character(role: Role, char: str, file: str) -> None:
    assert drawn_by(role, char) == file


@pytest.mark.parametrize("char", "〇喆𬀩")
@pytest.mark.parametrize("role", FONTS.roles)
def test_rare_characters_are_drawn_in_every_role(role: Role, char: str) -> None:
    assert FONTS.face(role, char) is not None


@pytest.mark.parametrize(
    "char",
    [
        pytest.param("\x07", id="control"),
        pytest.param("\ue000", id="private use"),
        pytest.param("\U000f0000", id="private use, plane 15"),
        pytest.param("\ud800", id="surrogate"),
        pytest.param("\U000e0fff", id="unassigned"),
        pytest.param("\uffff", id="non-character"),
        pytest.param("𒀀", id="no font has it"),
        pytest.param("😀", id="emoji"),
    ],
)
def test_what_is_never_set(char: str) -> None:
    assert all(FONTS.face(role, char) is None for role in FONTS.roles)


@given(st.characters(categories=["Cc", "Co", "Cn", "Cs"]))
def test_what_is_no_character_is_never_set(char: str) -> None:
    assert FONTS.face("body", char) is None


@pytest.mark.parametrize(
    ("char", "told"), [("喆", True), ("创", False), ("（", False), ("5", False), ("①", False)]
)
def test_fallback_is_told_only_where_it_looks_different(char: str, told: bool) -> None:
    assert FONTS.is_fallback("body", char) is told


def test_digits_are_half_an_em() -> None:
    face = FONTS.roles["latin"].face
    assert {face.advance(digit) for digit in "0123456789"} == {face.upem // 2}


@pytest.mark.parametrize("role", FONTS.roles)
def test_subset_holds_what_was_asked_and_is_the_same_every_time(role: Role) -> None:
    face = FONTS.roles[role].face
    data = face.subset("，5创")
    assert data == Face(face.path).subset("创5，")
    font = TTFont(BytesIO(data))
    assert set(font.getBestCmap()) == {ord(char) for char in "，5创" if face.glyph(char)}
    assert "glyf" in font
    assert not {"GSUB", "name", "CFF "} & set(font.keys())


# A folder of the user's own


@pytest.mark.parametrize(
    ("family", "roles"),
    [
        ("Times New Roman", ["latin"]),
        ("仿宋_GB2312", ["body"]),
        ("FangSong", ["body"]),
        ("SIMHEI", ["hei"]),
        ("方正小标宋简体", ["masthead", "headline"]),
    ],
)
def test_folder_wins_by_the_fonts_own_name(tmp_path: Path, family: str, roles: list[Role]) -> None:
    file = renamed(tmp_path / "任意名字.ttf", family)
    fonts = find_fonts(tmp_path, installed=False)
    assert [role for role in fonts.roles if file_of(fonts, role) == file] == roles
    assert [role for role, item in fonts.roles.items() if not item.substituted] == roles


def test_open_font_stands_behind_a_users_font(tmp_path: Path) -> None:
    renamed(tmp_path / "fangsong.ttf", "仿宋_GB2312")
    face = find_fonts(tmp_path, installed=False).face("body", "创")
    assert face is not None
    assert face.path.name == "FandolFang-Regular.ttf"


def test_subfolders_are_searched(tmp_path: Path) -> None:
    (tmp_path / "公文").mkdir()
    file = renamed(tmp_path / "公文" / "a.TTF", "仿宋_GB2312")
    assert file_of(find_fonts(tmp_path, installed=False), "body") == file


def test_first_name_of_a_role_goes_before_its_others(tmp_path: Path) -> None:
    renamed(tmp_path / "a.ttf", "仿宋")
    official = renamed(tmp_path / "b.ttf", "仿宋_GB2312")
    renamed(tmp_path / "c.ttf", "FangSong")
    assert file_of(find_fonts(tmp_path, installed=False), "body") == official


def test_bold_and_italic_cuts_are_not_taken_for_the_regular(tmp_path: Path) -> None:
    regular = renamed(tmp_path / "times.ttf", "Times New Roman")
    renamed(tmp_path / "timesbd.ttf", "Times New Roman", "Bold")
    renamed(tmp_path / "timesi.ttf", "Times New Roman", "Italic")
    assert file_of(find_fonts(tmp_path, installed=False), "latin") == regular


def test_collection_is_searched_face_by_face(tmp_path: Path) -> None:
    collection = TTCollection()
    for number, family in enumerate(["NSimSun", "SimSun"]):
        collection.fonts.append(TTFont(renamed(tmp_path / f"{number}.ttf", family)))
    collection.save(tmp_path / "simsun.ttc")
    for number in range(2):
        (tmp_path / f"{number}.ttf").unlink()
    face = find_fonts(tmp_path, installed=False).roles["song"].face
    assert (face.path.name, face.index) == ("simsun.ttc", 1)


def test_font_of_no_role_is_the_last_fallback_of_all(tmp_path: Path) -> None:
    file = cff_font(tmp_path / "rare.otf", "Rare", "𒀀")
    fonts = find_fonts(tmp_path, installed=False)
    assert {role: face.path for role in fonts.roles if (face := fonts.face(role, "𒀀"))} == dict.fromkeys(
        fonts.roles, file
    )
    assert all(item.substituted for item in fonts.roles.values())


def test_cff_font_is_embedded_as_truetype(tmp_path: Path) -> None:
    cff_font(tmp_path / "fangsong.otf", "仿宋_GB2312", "创新")
    face = find_fonts(tmp_path, installed=False).roles["body"].face
    assert face.has_cff_outlines
    data = face.subset("创")
    assert data == Face(face.path).subset("创")
    font = TTFont(BytesIO(data))
    assert "glyf" in font
    assert "CFF " not in font
    assert set(font.getBestCmap()) == {ord("创")}
    glyph = font["glyf"][font.getBestCmap()[ord("创")]]
    assert (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) == (100, 0, 900, 800)
    assert font["hmtx"][font.getBestCmap()[ord("创")]][0] == 1000


def test_conversion_is_remembered_by_content(tmp_path: Path) -> None:
    data = cff_font(tmp_path / "a.otf", "A", "创").read_bytes()
    assert to_truetype(data) is to_truetype(bytes(bytearray(data)))


def test_cff_font_builds_a_pdf(tmp_path: Path, run: Command, write: Callable[..., Path], draft: str) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    cff_font(folder / "fangsong.otf", "仿宋_GB2312", "正文")
    outcome = run("build", write(draft), "--to", "pdf", "--fonts", folder, "-o", tmp_path, "-q")
    assert (outcome.code, outcome.err) == (0, "")
    assert (tmp_path / "issue.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_given_by_fonts_goes_before_installed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from authoring.fonts import finder

    (tmp_path / "system").mkdir()
    (tmp_path / "own").mkdir()
    installed = renamed(tmp_path / "system" / "simfang.ttf", "仿宋_GB2312")
    own = renamed(tmp_path / "own" / "x.ttf", "仿宋_GB2312")
    monkeypatch.setattr(finder, "_system_folders", lambda: [tmp_path / "system"])
    assert file_of(find_fonts(), "body") == installed
    assert file_of(find_fonts(tmp_path / "own"), "body") == own


def test_broken_font_of_the_system_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from authoring.fonts import finder

    (tmp_path / "simfang.ttf").write_bytes(b"broken")
    monkeypatch.setattr(finder, "_system_folders", lambda: [tmp_path])
    assert find_fonts().roles["body"].substituted


BROKEN = {
    "empty.ttf": b"",
    "text.ttf": "这不是字体".encode() * 100,
    "cut.ttf": TINOS.read_bytes()[:2000],
    "collection.ttc": b"ttcf" + bytes(50),
    "page.otf": b"<!DOCTYPE html><html>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_font_in_the_folder_is_an_error_that_names_it(tmp_path: Path, run: Command, name: str) -> None:
    (tmp_path / name).write_bytes(BROKEN[name])
    outcome = run("fonts", "--fonts", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{tmp_path / name} 错误 不是有效的字体文件\n")


def test_folder_without_fonts_is_an_error(tmp_path: Path, run: Command) -> None:
    (tmp_path / "readme.txt").write_text("字体")
    outcome = run("fonts", "--fonts", tmp_path)
    assert (outcome.code, outcome.err) == (2, f"{tmp_path} 错误 文件夹里没有字体文件（.ttf、.otf、.ttc）\n")


@pytest.mark.parametrize("place", ["missing", "file.txt"])
def test_no_folder_at_all_is_an_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(CannotRun, match="字体文件夹不存在"):
        find_fonts(tmp_path / place)


def test_missing_open_fonts_ask_for_a_new_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from authoring.fonts import finder

    finder.open_fonts_folder.cache_clear()
    monkeypatch.setattr(finder, "__file__", str(tmp_path / "authoring" / "fonts" / "finder.py"))
    with pytest.raises(CannotRun, match="请重新安装"):
        finder.open_fonts_folder()


# Reports


def test_fontconfig_names_every_official_font(run: Command) -> None:
    outcome = run("fonts", "--fontconfig")
    tree = ElementTree.fromstring(outcome.out)
    tested = {node.text for node in tree.iterfind("match/test[@name='family']/string")}
    assert {spec.official for spec in ROLES} | {name for spec in ROLES for name in spec.families} == tested


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
def test_font_that_may_not_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "Tinos.ttf"
    path.write_bytes(TINOS.read_bytes())
    path.chmod(0)
    with without_privileges(), pytest.raises(CannotRun, match="字体文件打不开"):
        Face(path)


def test_fontconfig_leads_to_families_in_its_folders() -> None:
    tree = ElementTree.fromstring(fontconfig_file(FONTS))
    families = {node.text for node in tree.iterfind("match/edit[@name='family']/string")}
    folders = [Path(str(node.text)) for node in tree.iterfind("dir")]
    there = {Face(file).family for folder in folders for file in folder.glob("*.ttf")}
    assert families <= there


def test_fontconfig_escapes_folder_names(tmp_path: Path) -> None:
    folder = tmp_path / "a&b <字体>"
    folder.mkdir()
    renamed(folder / "a.ttf", "仿宋_GB2312")
    tree = ElementTree.fromstring(fontconfig_file(find_fonts(folder, installed=False)))
    assert str(folder) in {node.text for node in tree.iterfind("dir")}


def test_table_lists_roles_files_and_substitutes(tmp_path: Path) -> None:
    file = renamed(tmp_path / "a.ttf", "仿宋_GB2312")
    head, *rows = font_table(find_fonts(tmp_path, installed=False), "zh").splitlines()
    assert head.split() == ["用途", "公文字体", "所用文件"]
    cells = [row.split() for row in rows[: len(ROLES)]]
    assert [row[0] for row in cells] == [spec.title for spec in ROLES]
    body = next(row for row in cells if row[0] == "正文")
    assert body[1:] == ["仿宋_GB2312", str(file)]
    assert [row[-1] for row in cells].count("代用") == len(ROLES) - 1
    assert rows[-1].startswith(f"{len(ROLES) - 1} 种用途以开源字体代用")


def test_table_in_english(run: Command) -> None:
    lines = run("fonts", "--lang", "en").out.splitlines()
    assert lines[0].split() == ["role", "official", "font", "file"]
    assert [line.split()[0] for line in lines[1 : 1 + len(ROLES)]] == [spec.role for spec in ROLES]

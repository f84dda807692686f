"""The roles of the house format, the fonts an office expects for them, and the open ones that stand in."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final, NamedTuple

from authoring.characters import fills_cell, is_han
from authoring.fonts.face import Face
from authoring.style import Role


class RoleSpec(NamedTuple):
    """A role: the name a DOCX gives it, names of licensed fonts, what their files are called, the open file, its fallbacks.

    hints: pieces of lower-case file names; only files that have one are opened when installed fonts are looked for.
    """

    role: Role
    title: str
    official: str
    families: tuple[str, ...]
    hints: tuple[str, ...]
    open_file: str
    fallbacks: tuple[str, ...] = ("NotoSerifSC-Regular.ttf",)


_XIAOBIAOSONG: Final = (
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0", "方正小标宋_GBK", "FZXBSK--GBK1-0"),
    ("fzxbs", "xiaobiaosong", "小标宋"),
)

ROLES: Final[tuple[RoleSpec, ...]] = (
    RoleSpec("masthead", "刊名", "方正小标宋简体", *_XIAOBIAOSONG, "NotoSerifSC-Bold.ttf"),
    RoleSpec("headline", "标题", "方正小标宋简体", *_XIAOBIAOSONG, "NotoSerifSC-Bold.ttf"),
    RoleSpec(
        "body",
        "正文",
        "仿宋_GB2312",
        ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
        ("simfang", "fangsong", "仿宋"),
        "FandolFang-Regular.ttf",
        ("NotoSerifSC-Light.ttf", "NotoSerifSC-Regular.ttf"),
    ),
    RoleSpec(
        "kai",
        "二级标题",
        "楷体_GB2312",
        ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
        ("simkai", "kaiti", "楷体"),
        "gkai00mp.ttf",
    ),
    RoleSpec(
        "hei", "栏目、一级标题", "黑体", ("黑体", "SimHei"), ("simhei", "黑体"), "NotoSansSC-Medium.ttf"
    ),
    RoleSpec(
        "song",
        "页码",
        "宋体",
        ("宋体", "SimSun"),
        ("simsun", "宋体"),
        "NotoSerifSC-Regular.ttf",
        ("NotoSerifSC-Light.ttf",),
    ),
    RoleSpec(
        "latin",
        "数字和西文",
        "Times New Roman",
        ("Times New Roman",),
        ("times",),
        "Tinos-Regular.ttf",
    ),
)

OWN_MARKS: Final = {"FandolFang-Regular.ttf": frozenset("—…、。，")}
"""Open fonts whose Han are good and whose symbols are not (sans, too heavy, ￥ drawn as $), with the few marks that are:
every other mark and symbol comes from the role's first fallback."""

_NEVER_SET: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Controls, surrogates, private use, unassigned: no font's word is taken for them."""


class ResolvedRole(NamedTuple):
    """A role with the face it got; `substituted` when that is the open font and not the official one."""

    spec: RoleSpec
    face: Face
    fallbacks: tuple[Face, ...]
    substituted: bool


class FontSet:
    """The faces of every role, and the answer to which of them draws a character."""

    def __init__(self, resolved: tuple[ResolvedRole, ...]) -> None:
        self.roles = {item.spec.role: item for item in resolved}
        self._faces: dict[tuple[Role, str], Face | None] = {}

    def face(self, role: Role, char: str) -> Face | None:
        """The face that draws `char` in `role`: the role's own, else its fallbacks in order; None where none can."""
        try:
            return self._faces[role, char]
        except KeyError:
            found = self._faces[role, char] = self._find(role, char)
            return found

    def is_fallback(self, role: Role, char: str) -> bool:
        """Whether `char`, which `role` should draw itself, comes from another font and so looks a little different."""
        own = self.roles[role].face
        return fills_cell(char) and not _is_borrowed(own, char) and self.face(role, char) is not own

    def _find(self, role: Role, char: str) -> Face | None:
        if unicodedata.category(char) in _NEVER_SET:
            return None
        resolved = self.roles[role]
        chain = (resolved.face, *resolved.fallbacks)
        if _is_borrowed(resolved.face, char):
            chain = chain[1:] + chain[:1]
        is_western = not fills_cell(char)
        if is_western and role != "song":  # digits and Latin: Times; a page number's stay in 宋体 (7.5)
            chain = (self.roles["latin"].face, *chain)
        return next((face for face in chain if face.glyph(char) is not None), None)


def _is_borrowed(face: Face, char: str) -> bool:
    """Whether `char` is taken from another font although `face` has it."""
    own = OWN_MARKS.get(face.name)
    return own is not None and char not in own and not is_han(char)


def resolve(user_files: dict[str, tuple[Path, int]], extras: tuple[Path, ...], open_folder: Path) -> FontSet:
    """The font set: for each role the user's file for one of its families, else the open one.

    user_files: lower-case family name -> (file, index in the collection). extras: files that serve every role as last
    fallback. open_folder: where the open fonts lie.
    """
    faces: dict[tuple[Path, int], Face] = {}

    def face(path: Path, index: int = 0) -> Face:
        return faces.setdefault((path, index), Face(path, index))

    last = tuple(face(path) for path in extras)
    resolved = []
    for spec in ROLES:
        found = next((user_files[name.lower()] for name in spec.families if name.lower() in user_files), None)
        own = face(*found) if found else face(open_folder / spec.open_file)
        names = (spec.open_file, *spec.fallbacks) if found else spec.fallbacks
        fallbacks = tuple(face(open_folder / name) for name in names)
        resolved.append(ResolvedRole(spec, own, fallbacks + last, substituted=found is None))
    return FontSet(tuple(resolved))

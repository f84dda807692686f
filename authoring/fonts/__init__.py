"""Fonts: a role in, the face that draws a character out; metrics, coverage, fallback, subsets.

Every character is looked up before it is set. A role takes the user's licensed font when it is installed or lies in the
folder given by `--fonts`, else the open one that ships with the package.
"""

from __future__ import annotations

from authoring.fonts.face import Face
from authoring.fonts.finder import find_fonts
from authoring.fonts.roles import ROLES, FontSet, ResolvedRole, RoleSpec

__all__ = ["ROLES", "Face", "FontSet", "ResolvedRole", "RoleSpec", "find_fonts"]

"""A document and the tree that it shall hold in, its text with only what differs changed out.

aligning (which entry became which) ── texts (the changed characters of one) ── update (the whole file, proved)
"""

from __future__ import annotations

from authoring.updating.aligning import Same
from authoring.updating.update import Change, Update, updated

__all__ = ["Change", "Same", "Update", "updated"]

"""The codes that the project promises, as the issue's table has them: code -> name and level."""

from __future__ import annotations

from authoring.diagnostics import Severity

TABLE: dict[str, tuple[str, Severity]] = {
    "T001": ("contents-differs", "error"),
    "O001": ("name-near-miss", "error"),
    "M001": ("issuer-date-differ", "error"),
    "N001": ("marker-form", "error"),
    "N002": ("marker-sequence", "error"),
    "P001": ("unpaired", "error"),
    "P002": ("halfwidth-mark", "error"),
    "D001": ("date", "error"),
    "S001": ("series", "error"),
    "R001": ("recipients", "error"),
    "X001": ("broken-sentence", "warning"),
    "X002": ("leftover-markup", "warning"),
    "X003": ("inner-space", "warning"),
    "C001": ("borrowed-viewpoint", "warning"),
    "A001": ("undefined-short-form", "warning"),
    "O002": ("short-name", "warning"),
    "V001": ("name-variant", "warning"),
    "P003": ("enumeration-comma", "warning"),
    "U001": ("range", "warning"),
    "K001": ("count", "warning"),
    "G001": ("sentence-frame", "warning"),
    "B001": ("banned-word", "warning"),
    "L001": ("unglossed-letters", "info"),
    "U002": ("numeral-form", "info"),
    "H001": ("headline-break", "info"),
}

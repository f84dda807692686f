"""A Layout in, the bytes of a file out. A new output is a module with `render(layout, source=None) -> bytes` and a row
here. source: the file that the layout was made from, which an output that can carry it takes along."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from authoring.diagnostics import CannotRun, Message

if TYPE_CHECKING:
    from authoring.attachment import Attachment
    from authoring.layout.document import Layout

RENDERERS: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "authoring.renderers.pdf",
        "docx": "authoring.renderers.docx",
        "trace": "authoring.renderers.trace",
    }
)
"""Output (also the file's suffix) -> module. Named, not imported: ReportLab and python-docx load when they are used."""


def render(layout: Layout, output: str, source: Attachment | None = None) -> bytes:
    """The bytes of `layout` as `output`, with `source` inside it. Raises CannotRun for an output not in RENDERERS."""
    if output not in RENDERERS:
        known = "、".join(RENDERERS)
        raise CannotRun.because(
            output, Message(f"没有这种输出；可选：{known}", f"no such output; known: {known}")
        )
    result: bytes = import_module(RENDERERS[output]).render(layout, source)
    return result

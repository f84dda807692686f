"""A file that travels inside another: an issue's YAML in its PDF and DOCX."""

from __future__ import annotations

from typing import Final, NamedTuple

YAML: Final = "application/yaml"
"""RFC 9512."""

NAMESPACE: Final = "urn:authoring:source:1"
"""The root element of the part that carries it in a DOCX."""


class Attachment(NamedTuple):
    """A file of `name` (its last part alone), its media type, its bytes."""

    name: str
    data: bytes
    media_type: str = YAML

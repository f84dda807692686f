"""The JSON Schemas that an editor's YAML plug-in completes and explains from; `schemas/` holds what this prints."""

from __future__ import annotations

import json

from authoring.model import Issue, Model, Publication

KINDS: dict[str, type[Model]] = {"issue": Issue, "publication": Publication}
TITLES = {"issue": "一期简报", "publication": "刊物"}
DESCRIPTIONS = {
    "issue": "一期简报的稿件。没有写的内容（报头、分送范围等）由刊物给出。",
    "publication": "刊物每期不变的内容：报头、分送范围、常设栏目、排版习惯。",
}


def json_schema(kind: str) -> str:
    """The JSON Schema (draft 2020-12) of "issue" or "publication", as text."""
    schema = KINDS[kind].model_json_schema()
    for definition in schema.get("$defs", {}).values():
        definition.pop("description", None)  # the class docstring: English, for programmers
    schema.pop("description", None)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLES[kind],
        "description": DESCRIPTIONS[kind],
    }
    return json.dumps({**schema, **head}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

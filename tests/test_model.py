"""The model: what an editor may write for a value, what an issue may override, and the JSON Schemas made from it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from authoring.model import (
    Contents,
    Distribution,
    Heading,
    Imprint,
    Issue,
    Masthead,
    Model,
    Points,
    Publication,
    Typesetting,
)
from authoring.schema import KINDS, json_schema
from authoring.source.loading import known_publications
from tests.conftest import ROOT, Command

MINIMAL: dict[str, Any] = {
    "publication": "neibu",
    "number": "50",
    "date": "2025-10-13",
    "sections": [{"name": "部委动态", "items": [{"headline": "标题", "body": ["正文"]}]}],
}
PUBLICATION = Publication(
    id="neibu",
    masthead=Masthead(
        title="内部简报",
        number_line="总第{number}期",
        issuers=("办公室",),
        classification="内部资料",
        copy_number="000001",
    ),
    contents=Contents(title="目录", bullet="■"),
    imprint=Imprint(
        distribution=(Distribution(label="报", recipients=("省委。",)),),
        issuer="办公室",
        date=dt.date(2025, 1, 1),
        copies=100,
        even_page=True,
    ),
    typesetting=Typesetting(
        quotes="half",
        line_end="none",
        han_latin_gap="none",
        adjacent_marks="full",
        pull_in="never",
        avoid_single_character_line=True,
    ),
)
OTHER: dict[tuple[str, str], Any] = {
    ("masthead", "title"): "增刊",
    ("masthead", "number_line"): "增刊第{number}期",
    ("masthead", "issuers"): ("科技厅", "财政厅"),
    ("masthead", "classification"): None,
    ("masthead", "copy_number"): "000002",
    ("contents", "title"): "本期要点",
    ("contents", "bullet"): "◆",
    ("imprint", "distribution"): (),
    ("imprint", "issuer"): "科技厅",
    ("imprint", "date"): dt.date(2025, 10, 14),
    ("imprint", "copies"): None,
    ("imprint", "even_page"): False,
    ("typesetting", "quotes"): "full",
    ("typesetting", "line_end"): "hang",
    ("typesetting", "han_latin_gap"): "quarter",
    ("typesetting", "adjacent_marks"): "share",
    ("typesetting", "pull_in"): "clreq",
    ("typesetting", "avoid_single_character_line"): False,
}
PARTS: dict[str, type[Model]] = {
    "masthead": Masthead,
    "contents": Contents,
    "imprint": Imprint,
    "typesetting": Typesetting,
}


def issue(**changes: Any) -> Issue:
    return Issue.model_validate({**MINIMAL, **changes})


def test_minimal_issue_states_nothing_else() -> None:
    assert issue().model_fields_set == set(MINIMAL)
    assert PUBLICATION.for_issue(issue()) == PUBLICATION


def test_every_field_of_every_part_is_tried_as_an_override() -> None:
    assert set(OTHER) == {(part, field) for part, kind in PARTS.items() for field in kind.model_fields}


@pytest.mark.parametrize(("part", "field"), OTHER, ids=".".join)
def test_override_changes_its_field_alone(part: str, field: str) -> None:
    wanted = OTHER[part, field]
    own = PUBLICATION.for_issue(issue(**{part: {field: wanted}}))
    assert getattr(getattr(own, part), field) == wanted
    before, after = PUBLICATION.model_dump(), own.model_dump()
    assert before[part].pop(field) != after[part].pop(field)
    assert after == before


def test_override_from_the_issues_own_text() -> None:
    own = PUBLICATION.for_issue(issue(imprint={"date": "2025年10月14日", "copies": "120", "even_page": "否"}))
    assert (own.imprint.date, own.imprint.copies, own.imprint.even_page) == (
        dt.date(2025, 10, 14),
        120,
        False,
    )
    assert own.imprint.issuer == "办公室"


@pytest.mark.parametrize(
    "text",
    ["2025-10-13", "2025/10/13", "2025.10.13", "2025年10月13日", "2025年10月13", "２０２５－１０－１３", " 2025 - 10 - 13 "],
)  # fmt: skip
def test_date_as_editors_type_it(text: str) -> None:
    assert issue(date=text).date == dt.date(2025, 10, 13)


@pytest.mark.parametrize("text", ["2025-9-3", "2025-09-03", "2025年9月3日"])
def test_date_with_and_without_leading_zeros(text: str) -> None:
    assert issue(date=text).date == dt.date(2025, 9, 3)


@pytest.mark.parametrize(
    "text", ["25-10-13", "2025-10", "13/10/2025", "2025-10-13 12:00", "今天", "20251013", "2025-02-29"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValidationError):
        issue(date=text)


@pytest.mark.parametrize(("text", "number"), [("54", 54), ("054", 54), ("０５４", 54), (" 54 ", 54)])
def test_number_as_editors_type_it(text: str, number: int) -> None:
    assert issue(number=text).number == number


@pytest.mark.parametrize("text", ["", "0", "-1", "5.5", "1e3", "0x36", "五十", "5 4", "第54期", "1" * 10])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValidationError):
        issue(number=text)


@pytest.mark.parametrize(
    ("word", "value"),
    [("是", True), ("yes", True), ("ON", True), ("否", False), ("false", False), ("off", False)],
)
def test_yes_and_no_as_editors_type_them(word: str, value: bool) -> None:
    own = issue(imprint={"even_page": word}).imprint
    assert own is not None
    assert own.even_page is value


def test_blocks_are_told_apart() -> None:
    body = ["一", {"points": ["二"], "start": "3"}, {"heading": "总体要求", "level": "2"}]
    own = issue(sections=[{"name": "a", "items": [{"headline": "b", "body": body}]}])
    assert own.sections[0].items[0].body == (
        "一",
        Points(points=("二",), start=3),
        Heading(heading="总体要求", level=2),
    )


@pytest.mark.parametrize(
    "value",
    [issue(), PUBLICATION, PUBLICATION.masthead, issue().sections[0]],
    ids=lambda value: type(value).__name__,
)
def test_frozen(value: Model) -> None:
    with pytest.raises(ValidationError):
        setattr(value, next(iter(type(value).model_fields)), "别的")


def test_lists_are_tuples_all_the_way() -> None:
    hash(issue())
    hash(PUBLICATION)


# The JSON Schemas


@pytest.mark.parametrize("kind", KINDS)
def test_schema_in_the_repository_is_what_the_command_prints(kind: str, run: Command) -> None:
    stored = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert run("schema", kind).out == stored, f"stale: authoring schema {kind} > schemas/{kind}.schema.json"


def test_issue_is_the_schema_printed_by_default(run: Command) -> None:
    assert run("schema").out == json_schema("issue")


def validator(kind: str) -> Draft202012Validator:
    schema = json.loads(json_schema(kind))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_yaml_plugin_reads(path: Path) -> Any:
    """The values as a YAML plug-in sees them: YAML 1.2, in which a date is text."""
    text = path.read_text(encoding="utf-8")
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.yaml")), ids=lambda path: path.stem)
def test_samples_fit_the_schema(path: Path) -> None:
    assert [error.message for error in validator("issue").iter_errors(as_yaml_plugin_reads(path))] == []


@pytest.mark.parametrize("path", sorted(known_publications(ROOT).values()), ids=lambda path: path.stem)
def test_publications_fit_the_schema(path: Path) -> None:
    assert [error.message for error in validator("publication").iter_errors(as_yaml_plugin_reads(path))] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "054"},
        {"date": "2025年10月13日"},
        {"imprint": {"even_page": "是", "copies": 120}},
        {"sections": [{"name": "a", "items": [{"headline": "b", "body": [{"heading": "c", "level": 2}, {"points": ["d"]}]}]}]},
    ],
)  # fmt: skip
def test_schema_takes_what_the_model_takes(changes: dict[str, Any]) -> None:
    assert issue(**changes)
    assert validator("issue").is_valid({**MINIMAL, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "五十"},
        {"date": "今天"},
        {"headlne": "标题"},
        {"sections": []},
        {"sections": [{"name": "a", "items": [{"headline": "b", "body": [{"point": ["d"]}]}]}]},
        {"typesetting": {"quotes": "wide"}},
    ],
)
def test_schema_refuses_what_the_model_refuses(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        issue(**changes)
    assert not validator("issue").is_valid({**MINIMAL, **changes})


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in [(schema["title"], schema), *schema.get("$defs", {}).items()]:
        for field, info in part.get("properties", {}).items():
            yield f"{name}.{field}", info


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ["title", "description"])
def test_schema_explains_every_property_in_chinese(kind: str, key: str) -> None:
    unexplained = [
        name
        for name, info in properties(json.loads(json_schema(kind)))
        if not is_chinese(str(info.get(key, "")))
    ]
    assert unexplained == []


@pytest.mark.parametrize("kind", KINDS)
def test_schema_examples_are_valid(kind: str) -> None:
    schema = json.loads(json_schema(kind))
    for name, info in properties(schema):
        for example in info.get("examples", []):
            errors = Draft202012Validator({"$defs": schema.get("$defs", {}), **info}).iter_errors(example)
            assert [error.message for error in errors] == [], name


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.yaml")), ids=lambda path: path.stem)
def test_samples_name_their_schema(sample: Path) -> None:
    first = sample.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schemas/issue.schema.json"
    assert (sample.parent / first.partition("=")[2]).is_file()

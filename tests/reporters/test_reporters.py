"""Each format as its reader expects it; SARIF and JUnit under their schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from authoring.commands.shared import FORMATS
from authoring.diagnostics import Diagnostic, Edit, Fix, Message, Severity, Span
from authoring.explain import pages
from authoring.reporters import REPORTERS, Facts, job_summary

SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "report-schemas"


def finding(
    line: int = 31, severity: Severity = "error", rule: str = "N002", message: str = "序号不连续"
) -> Diagnostic:
    return Diagnostic(
        "drafts/055.yaml",
        Span(line, 7, line, 10),
        severity,
        rule,
        Message("部委动态 › 第1条", "部委动态 › item 1"),
        Message(message, "out of sequence"),
        Message("改为（4）", "write （4）"),
        "    - （5）提升原始创新能力。",
        Fix(False, (Edit(("sections", 0), 0, 3, "（4）"),)),
    )


CANNOT = Diagnostic("d/无.yaml", None, "error", "E000", Message("", ""), Message("找不到", "missing"))
FOUND = (finding(), finding(40, "warning", "X001"), finding(41, "info", "H001"), CANNOT)
FACTS = Facts(("drafts/055.yaml", "samples/050.yaml", "d/无.yaml"), pages(), version="1.0")


def test_the_command_offers_every_reporter() -> None:
    assert tuple(REPORTERS) == FORMATS


def test_text_ends_with_a_sum() -> None:
    said = REPORTERS["text"](FOUND, "zh", FACTS)
    assert said.startswith("drafts/055.yaml:31:7 错误 N002 序号不连续\n  部委动态 › 第1条\n")
    assert said.endswith("3 个文件，2 个错误，1 个提醒，1 个提示\n")
    assert "  改法：改为（4）    说明：authoring explain H001\n" in said


def test_concise_is_a_line_a_finding() -> None:
    lines = REPORTERS["concise"](FOUND, "zh", FACTS).splitlines()
    assert lines[0] == "drafts/055.yaml:31:7: N002 错误 序号不连续"
    assert lines[3] == "d/无.yaml: E000 错误 找不到"
    assert len(lines) == 5


def test_json_holds_everything() -> None:
    report = json.loads(REPORTERS["json"](FOUND, "zh", FACTS))
    assert report["summary"]["errors"] == 2
    first = report["findings"][0]
    assert (first["line"], first["column"], first["end_column"]) == (31, 7, 10)
    assert first["fix"]["edits"] == [{"path": ["sections", 0], "start": 0, "end": 3, "text": "（4）"}]


def test_github_puts_errors_first_and_counts_what_it_does_not_show() -> None:
    many = [finding(line, "warning") for line in range(12)] + [finding(line) for line in range(11)]
    lines = REPORTERS["github"](many, "zh", FACTS).splitlines()
    assert all(line.startswith("::error ") for line in lines[:11])
    assert lines[0].startswith(
        "::error file=drafts/055.yaml,line=0,endLine=0,col=7,endColumn=9,title=N002 错误::"
    )
    assert "另有 3 处" in lines[-1]


def test_github_escapes_what_commands_are_made_of() -> None:
    odd = finding(message="50%，甲:乙\n丙")._replace(file="a,b:c.yaml")
    line = REPORTERS["github"]([odd], "zh", FACTS).splitlines()[0]
    assert "file=a%2Cb%3Ac.yaml" in line
    assert "50%25，甲:乙%0A丙" in line


def test_job_summary_is_a_table() -> None:
    said = job_summary([*FOUND, finding(message="a|b*c<d")], "zh", FACTS)
    assert "| `drafts/055.yaml:31` | 错误 | N002 | 部委动态 › 第1条：序号不连续 | 改为（4） |" in said
    assert "a\\|b\\*c&lt;d" in said
    assert said.startswith("### 稿件检查\n\n3 个文件，")


def test_gitlab_knows_a_finding_that_has_moved() -> None:
    def prints(*found: Diagnostic) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(REPORTERS["gitlab"](found, "zh", FACTS))]

    assert prints(finding(31)) == prints(finding(99))
    assert prints(finding()) != prints(finding(rule="N001"))
    twice = prints(finding(1), finding(2))
    assert len(set(twice)) == 2
    assert prints(finding()) == [json.loads(REPORTERS["gitlab"]([finding()], "en", FACTS))[0]["fingerprint"]]


def test_gitlab_has_what_code_quality_needs() -> None:
    for issue in json.loads(REPORTERS["gitlab"](FOUND, "zh", FACTS)):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")


@pytest.fixture(scope="session")
def sarif_schema() -> jsonschema.protocols.Validator:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.fixture(scope="session")
def junit_schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("found", [(), FOUND], ids=["none", "some"])
def test_sarif_under_its_schema(
    sarif_schema: jsonschema.protocols.Validator, found: tuple[Diagnostic, ...], lang: Any
) -> None:
    log = json.loads(REPORTERS["sarif"](found, lang, FACTS))
    assert [error.message for error in sarif_schema.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [item.rule for item in found]


def test_sarif_places_and_help() -> None:
    (run,) = json.loads(REPORTERS["sarif"](FOUND, "zh", FACTS))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 31, "startColumn": 7, "endLine": 31, "endColumn": 10}
    assert (
        run["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "d/%E6%97%A0.yaml"
    )
    assert all(rule["help"]["text"] for rule in run["tool"]["driver"]["rules"] if "help" in rule)
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("found", [(), FOUND], ids=["none", "some"])
def test_junit_under_its_schema(junit_schema: Any, found: tuple[Diagnostic, ...], lang: Any) -> None:
    tree = etree.fromstring(REPORTERS["junit"](found, lang, FACTS).encode())
    assert junit_schema.validate(tree), junit_schema.error_log
    assert tree.get("failures") == str(sum(item.severity != "info" for item in found))
    assert [suite.get("name") for suite in tree] == list(FACTS.files)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(texts, texts, texts)
def test_no_text_breaks_a_format(file: str, message: str, line: str) -> None:
    found = [finding(1, message=message)._replace(file=file, source_line=line)]
    facts = FACTS._replace(files=(file,))
    for name in ("json", "gitlab", "sarif"):
        json.loads(REPORTERS[name](found, "zh", facts))
    etree.fromstring(REPORTERS["junit"](found, "zh", facts).encode())
    assert REPORTERS["github"](found, "zh", facts).count("::error ") >= 1
    for name in ("text", "concise"):
        REPORTERS[name](found, "zh", facts)


def test_a_path_that_is_not_utf8_breaks_no_format() -> None:
    found = [finding()._replace(file="\udcff.yaml")]
    for reporter in REPORTERS.values():
        reporter(found, "zh", FACTS._replace(files=("\udcff.yaml",)))


@pytest.mark.parametrize("name", REPORTERS)
def test_english_quotes_chinese_only(name: str) -> None:
    said = REPORTERS[name]([finding(message="x")], "en", Facts(("a",)))
    for word in ("错误", "改法", "个文件", "序号", "小结"):
        assert word not in said

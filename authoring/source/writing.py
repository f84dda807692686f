"""An issue's tree in, its YAML out, as an editor would have typed it; what is written reads back as the same tree.

Every text stands on one line: plain where YAML and our own traps (`authoring.source.traps`) let it, else in single
quotes, else in double quotes with escapes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from authoring.diagnostics import NodePath
from authoring.model import Issue, Model
from authoring.source import traps
from authoring.source.document import Value
from authoring.source.schema import fields_at

INDENT = "  "
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SPECIAL = re.compile("[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""A character that no line of YAML can hold as it is: line breaks, control characters, a byte order mark."""
_NEVER_PLAIN = re.compile(
    r"""
      [,\[\]{}#&*!|>'"%@`]      # begins another kind of node
    | [-?:](?:\s|$)
    | [ ] | .*[ ]$ | .*\t       # white space at an end goes; a tab ends a plain text for some parsers
    | .*:(?:[ ]|$) | .*[ ]\#    # a field, a comment
    """,
    re.VERBOSE,
)
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:?]|^-")
_NOT_TEXT = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|\.nan|\.NaN|\.NAN"
    r"|[-+]?(?:\.inf|\.Inf|\.INF|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0o[0-7]+|0x[0-9a-fA-F]+"
)
"""What YAML 1.2 takes for a number or a word of its own. We do not; an editor's plug-in that wants a text there does."""
_TYPED = frozenset(
    {"schema", "number", "start", "level", "copies", "one_off", "even_page", "avoid_single_character_line"}
)
"""The fields of an issue that hold a number, or yes or no."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\0": "\\0", "\t": "\\t"}


def issue_yaml(
    value: Value, *, schema: str = "", comments: Mapping[NodePath, str] = MappingProxyType({})
) -> str:
    """The YAML of `value`, an issue's tree, its fields in the model's order, unknown ones behind them.

    schema: the path of the JSON Schema, for the line that an editor's plug-in reads. comments: by node, without their
    `#`; one of a single line stands beside its node, a longer one and that of a whole list entry above it, that of the
    root at the file's beginning.
    """
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    head += _comment_lines(comments.get((), ""), "")
    return "".join(f"{line}\n" for line in (*head, *_root(value, comments)))


def node_lines(
    value: Value, path: NodePath, indent: str, comments: Mapping[NodePath, str] = MappingProxyType({})
) -> list[str]:
    """The lines of one field or list entry, `path` naming which, as they stand at `indent` in a block collection."""
    return list(_node(value, path, indent, comments))


def scalar(text: str | None, field: str = "") -> str:
    """`text` as a YAML scalar on one line, in a block collection; `field` is the one whose value it is, if any.

    Any text but one with half a surrogate pair, which is no text.
    """
    if text is None:
        return ""
    if _SPECIAL.search(text):
        return f'"{_quoted(text)}"'
    looks_typed = field not in _TYPED and _NOT_TEXT.fullmatch(text)
    if not text or _NEVER_PLAIN.match(text) or looks_typed or traps.looks_mistyped(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def flow_yaml(value: Value) -> str:
    """`value` as it may stand in brackets, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_yaml(key)}: {flow_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_yaml, value)) + "]"
    written = scalar(value)
    return (
        "'" + written.replace("'", "''") + "'"
        if value == written and _NOT_IN_FLOW.search(written)
        else written
    )


def escaped(text: str, style: str) -> str | None:
    """`text` as it is spelt inside a scalar of a style (`'`, `"`, or another); None where that cannot hold it."""
    if style == '"':
        return _quoted(text)
    if _SPECIAL.search(text):
        return None
    return text.replace("'", "''") if style == "'" else text


def issue_value(issue: Model) -> Value:
    """The smallest tree that loads to `issue`, or to a part of one: what it states itself, every scalar as text.

    A field that was set to None states nothing.
    """
    return _plain_value(issue)


def _plain_value(value: object) -> Value:
    if isinstance(value, Model):
        stated = (
            (info.alias or name, getattr(value, name))
            for name, info in type(value).model_fields.items()
            if name in value.model_fields_set
        )
        return {name: _plain_value(part) for name, part in stated if part is not None}
    if isinstance(value, tuple):
        return [_plain_value(part) for part in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _root(value: Value, comments: Mapping[NodePath, str]) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        yield from _entries(value, (), "", comments)
    else:
        yield _leaf(value, "")


def _entries(value: Value, path: NodePath, indent: str, comments: Mapping[NodePath, str]) -> Iterator[str]:
    """The fields or entries of a collection that is not empty, each beginning at `indent`."""
    for key in ordered(value, path) if isinstance(value, dict) else range(len(value)):
        yield from _node(value[key], (*path, key), indent, comments)


def _node(value: Value, path: NodePath, indent: str, comments: Mapping[NodePath, str]) -> Iterator[str]:
    key = path[-1]
    nested = isinstance(value, (dict, list)) and bool(value)
    in_entry = isinstance(key, int) and nested and isinstance(value, dict)
    comment = comments.get(path, "")
    beside = bool(comment) and not in_entry and not _LINE_BREAK.search(comment)
    if comment and not beside:
        yield from _comment_lines(comment, indent)
    aside = f"  {_comment_lines(comment, '')[0]}" if beside else ""
    if in_entry:
        first = True
        for line in _entries(value, path, indent + INDENT, comments):
            opening = first and not line.lstrip().startswith("#")
            yield f"{indent}- {line[len(indent) + 2 :]}" if opening else line
            first = first and not opening
        return
    head = "-" if isinstance(key, int) else f"{scalar(key)}:"
    written = "" if nested else _leaf(value, key if isinstance(key, str) else "")
    yield f"{indent}{head}{' ' if written else ''}{written}{aside}"
    if nested:
        yield from _entries(value, path, indent + INDENT, comments)


def ordered(value: Mapping[str, Value], path: NodePath) -> list[str]:
    """The fields of the mapping at `path` in the model's order, unknown ones behind them as they come."""
    rank = {name: number for number, name in enumerate(fields_at(path, Issue))}
    return sorted(value, key=lambda name: rank.get(name, len(rank)))


def _leaf(value: Value, field: str) -> str:
    if isinstance(value, dict):
        return "{}"
    return "[]" if isinstance(value, list) else scalar(value, field)


def _comment_lines(comment: str, indent: str) -> list[str]:
    if not comment:
        return []
    lines = (_SPECIAL.sub(" ", line).strip() for line in _LINE_BREAK.split(comment))
    return [f"{indent}# {line}".rstrip() for line in lines]


def _quoted(text: str) -> str:
    return re.sub(rf'["\\\t]|{_SPECIAL.pattern}', lambda found: _escape(found[0]), text)


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"

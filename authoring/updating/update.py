"""The whole file: its collections walked over beside the wanted ones, every entry proved, then the file.

Comments, quoting, blank lines, layout and line ends stay, because nothing else is touched. Where a proof fails, the
smallest entry around it is written anew (`authoring.source.writing`), and the result says so.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal, NamedTuple

from authoring.diagnostics import AuthoringError, Message, NodePath
from authoring.source.document import Document, Value, parse, value_at
from authoring.source.raw import Entry, Raw, RawEdit, Unclear, replaced
from authoring.source.schema import describe
from authoring.source.writing import flow_yaml, issue_yaml, node_lines, ordered, scalar
from authoring.updating.aligning import Planned, Same, form, plan, same_tree
from authoring.updating.texts import text_edits

Kind = Literal["changed", "added", "removed", "moved"]
_SHOWN = 24


class Change(NamedTuple):
    """What became of a node. path: where it stands in the wanted tree; of one that was removed, where it stood.

    rewritten: its raw text could not be kept; comments inside it stand above or beside it now.
    """

    path: NodePath
    kind: Kind
    message: Message
    rewritten: bool = False


class Update(NamedTuple):
    """The file's new text, and what was changed in it; nothing where it says the same already."""

    text: str
    changes: tuple[Change, ...]


def updated(document: Document, wanted: Value, *, same: Same | None = None) -> Update:
    """The text of `document` changed so that it holds `wanted`, an issue's tree.

    same: whether two texts count as equal, so that the old one may stay as it is typed; without it only equal ones do.
    Numbers, dates, yes and no count by what they are read as. Proved: the new text parses, and its tree is `wanted`.
    """
    equality = same or (lambda old, new: old == new)
    if same_tree(document.value, wanted, equality):
        return Update(document.text, ())
    run = _Run(document, wanted, equality, {})
    result = run.update()
    origins = _origins(run.removed, run.added)
    return _Run(document, wanted, equality, origins).update() if origins else result


class _At(NamedTuple):
    """Where a node stands in the old tree, and where in the new one."""

    old: NodePath
    new: NodePath

    def into(self, old: str | int, new: str | int) -> _At:
        return _At((*self.old, old), (*self.new, new))


class _Piece(NamedTuple):
    """An entry's raw text: the comments above it, and itself from its key or dash on (without the indentation)."""

    lead: str
    body: str


def _origins(removed: dict[NodePath, Value], added: dict[NodePath, Value]) -> dict[NodePath, NodePath]:
    """Where an added node comes from, when one that says exactly the same was removed elsewhere."""
    free: dict[str, list[NodePath]] = {}
    for old, value in removed.items():
        free.setdefault(form(value), []).append(old)
    for paths in free.values():
        paths.reverse()
    return {new: free[form(value)].pop() for new, value in added.items() if value and free.get(form(value))}


class _Run:
    """One pass over a document. origins: the added nodes whose raw text is that of one which is removed elsewhere."""

    def __init__(
        self, document: Document, wanted: Value, same: Same, origins: dict[NodePath, NodePath]
    ) -> None:
        self.document = document
        self.wanted = wanted
        self.same = same
        self.origins = origins
        self.taken = frozenset(origins.values())
        self.raw = Raw(document)
        self.changes: list[Change] = []
        self.removed: dict[NodePath, Value] = {}
        self.added: dict[NodePath, Value] = {}

    def update(self) -> Update:
        try:
            edits = self.node(_At((), ()), self.document.value, self.wanted)
            text = replaced(self.document.text, edits)
            if same_tree(self.parsed(text), self.wanted, self.same):
                return Update(text, tuple(self.changes))
        except Unclear:
            pass
        return self.anew()

    def anew(self) -> Update:
        """The last resort: the file written anew, its comments at the beginning."""
        comments = self.raw.comments(0, len(self.document.text))
        text = issue_yaml(self.wanted, comments={(): "\n".join(comments)} if comments else {})
        message = Message(
            "整份稿件重写，注释移到了文件开头", "the whole file is written anew, comments first"
        )
        return Update(text.replace("\n", self.raw.newline), (Change((), "changed", message, rewritten=True),))

    def parsed(self, text: str) -> Value:
        try:
            return parse(text, self.document.file).value
        except AuthoringError:
            return None

    def equal(self, old: Any, new: Any) -> bool:
        return same_tree(old, new, self.same)

    def node(self, at: _At, old: Value, new: Value) -> list[RawEdit]:
        """The edits that make a node hold `new`. Raises Unclear where the entry around it must be written anew."""
        if not isinstance(old, (dict, list)) and not isinstance(new, (dict, list)):
            field = at.new[-1] if at.new and isinstance(at.new[-1], str) else ""
            self.note(at.new, "changed", _changed(old, new))
            return text_edits(self.raw, at.old, new, field, self.same)
        if type(old) is not type(new) or not old or not new:
            raise Unclear
        order = ordered(dict.fromkeys([*old, *new]), at.new) if isinstance(old, dict) else []
        planned = plan(old, new, self.equal, order)
        return (self.flow if self.raw.style(at.old) else self.block)(at, old, new, planned)

    def block(self, at: _At, old: Value, new: Value, planned: tuple[Planned, ...]) -> list[RawEdit]:
        """The edits of a block collection."""
        entries = self.raw.entries(at.old)
        by_key = {entry.key: entry for entry in entries}
        edits: list[RawEdit] = []
        pieces: list[_Piece] = []
        for one in planned:
            if one.old is None:
                pieces.append(self.new_piece(at, entries[0], one.new, new[one.new]))
                continue
            entry = by_key[one.old]
            own = self.entry(at, entry, old[one.old], one, new[one.new])
            edits += own
            pieces.append(self.piece(entry, own))
        self.note_moves(at, planned, new)
        self.note_removed(at, planned, old)
        if [one.old for one in planned] == list(by_key):
            return edits
        return [self.assembled(entries, planned, pieces)]

    def entry(self, at: _At, entry: Entry, old: Value, one: Planned, new: Value) -> list[RawEdit]:
        """The edits that make an entry hold `new`: the smallest that can be proved."""
        named = self.renaming((*at.old, entry.key), entry.key, one.new)
        field = one.new if isinstance(one.new, str) else ""
        if same_tree(old, new, self.same, field) and not named:
            return []
        here = at.into(entry.key, one.new)
        noted = len(self.changes)
        try:
            edits = named if same_tree(old, new, self.same, field) else [*named, *self.node(here, old, new)]
            if self.proved(entry, edits, one.new, new):
                if named:
                    self.note(
                        here.new,
                        "changed",
                        Message(f"字段改名（原为 {entry.key}）", f"renamed from {entry.key}"),
                    )
                return edits
        except Unclear:
            pass
        del self.changes[noted:]
        kept_kind = type(old) is type(new)
        message = Message("保不住原来的写法，整个重写", "written anew") if kept_kind else _changed(old, new)
        self.note(here.new, "changed", message, rewritten=kept_kind)
        return [RawEdit(entry.start, entry.end, self.rewritten(entry, here, new))]

    def renaming(self, path: NodePath, old: str | int, new: str | int) -> list[RawEdit]:
        """The edit of a field's name."""
        if not isinstance(old, str) or not isinstance(new, str) or old == new:
            return []
        span = self.document.keys[path]
        return [RawEdit(self.raw.offset(*span[:2]), self.raw.offset(*span[2:]), scalar(new))]

    def proved(self, entry: Entry, edits: list[RawEdit], key: str | int, new: Value) -> bool:
        """Whether an entry with `edits` reads as `new` where it stands alone at its place."""
        value = self.parsed(self.indent(entry) + replaced(self.raw.text, edits, entry.start, entry.end))
        wanted = {key: new} if isinstance(key, str) else [new]
        return same_tree(value, wanted, self.same)

    def rewritten(self, entry: Entry, here: _At, new: Value) -> str:
        """The raw text of an entry written anew from its start on; its comments stay above or beside it."""
        indent = self.indent(entry)
        comments = self.raw.comments(entry.start, entry.end)
        beside = len(comments) == 1 and not (isinstance(here.new[-1], int) and isinstance(new, dict))
        lines = node_lines(new, here.new, indent, {here.new: comments[0]} if beside else {})
        if not beside:
            said = [f"{indent}# {comment}".rstrip() for comment in comments]
            lines = [*said, *lines] if entry.own_line else [*lines, *said]
        text = self.raw.newline.join([*lines, ""])[len(indent) :]
        return (
            text
            if _ends_line(self.raw.text[entry.start : entry.end])
            else text.removesuffix(self.raw.newline)
        )

    def indent(self, entry: Entry) -> str:
        """The blanks that an entry of the same collection begins with."""
        return " " * (entry.start - self.raw.starts[self.raw.line_of(entry.start) - 1])

    def piece(self, entry: Entry, edits: list[RawEdit]) -> _Piece:
        body = replaced(self.raw.text, edits, entry.start, entry.end)
        line = entry.start - len(self.indent(entry)) if entry.own_line else entry.start
        return _Piece(self.raw.text[entry.lead : line], body if _ends_line(body) else body + self.raw.newline)

    def new_piece(self, at: _At, sibling: Entry, key: str | int, value: Value) -> _Piece:
        """The raw text of an added entry beside `sibling`: that of its origin, if it has one, else written anew."""
        path, indent = (*at.new, key), self.indent(sibling)
        self.added[path] = value
        origin = self.origins.get(path)
        if origin is not None:
            entry = self.raw.entry(origin)
            self.note(path, "moved", _shown("移到这里", "moved here", value))
            if isinstance(entry.key, str) == isinstance(key, str):
                made = _shifted(
                    self.piece(entry, self.renaming(origin, entry.key, key)), self.indent(entry), indent
                )
                if made is not None:
                    return made
        else:
            self.note(path, "added", _shown("新增", "added", value))
        return _Piece("", self.raw.newline.join([*node_lines(value, path, indent), ""])[len(indent) :])

    def assembled(self, entries: list[Entry], planned: tuple[Planned, ...], made: list[_Piece]) -> RawEdit:
        """A block collection put together anew from its entries and the gaps between them.

        A blank gap stands above its entry and goes with it; one with comments in it stays. An added entry has the gap
        that most others have.
        """
        text, first = self.raw.text, entries[0]
        gaps = ["", *(text[one.end : other.lead] for one, other in pairwise(entries))]
        blank = [gap for gap in gaps[1:] if gap and not gap.strip()]
        usual = blank[0] if blank and 2 * sum(map(bool, gaps)) > len(gaps) - 1 else ""
        number = {entry.key: index for index, entry in enumerate(entries)}
        parts: list[str] = []
        last = -1
        for position, (one, (lead, body)) in enumerate(zip(planned, made, strict=True)):
            above = usual if position else ""
            if one.old is not None and not one.moved:
                here = number[one.old]
                own = gaps[here] if here else usual
                above = "".join(gap for gap in gaps[last + 1 : here] if gap.strip())
                above += own if position or own.strip() else ""
                last = here
            if position or first.own_line:
                parts += [above, lead, self.indent(first), body]
            else:
                parts += [body, above, lead]
        parts += [gap for gap in gaps[last + 1 :] if gap.strip()]
        start, end = first.lead if first.own_line else first.start, entries[-1].end
        whole = "".join(parts)
        return RawEdit(
            start, end, whole if _ends_line(text[start:end]) else whole.removesuffix(self.raw.newline)
        )

    def flow(self, at: _At, old: Value, new: Value, planned: tuple[Planned, ...]) -> list[RawEdit]:
        """The edits of `[…]` or `{…}`. Raises Unclear where entries change in one that runs over lines."""
        places = {
            key: self.flow_extent((*at.old, key))
            for key in (old if isinstance(old, dict) else range(len(old)))
        }
        edits: list[RawEdit] = []
        parts: list[str] = []
        for one in planned:
            if one.old is None:
                self.note((*at.new, one.new), "added", _shown("新增", "added", new[one.new]))
                written = (
                    flow_yaml({one.new: new[one.new]})[1:-1]
                    if isinstance(new, dict)
                    else flow_yaml(new[one.new])
                )
                parts.append(written)
                continue
            here = at.into(one.old, one.new)
            own = self.renaming(here.old, one.old, one.new)
            field = one.new if isinstance(one.new, str) else ""
            if not same_tree(old[one.old], new[one.new], self.same, field):
                own += self.node(here, old[one.old], new[one.new])
            edits += own
            parts.append(replaced(self.raw.text, own, *places[one.old]))
        self.note_moves(at, planned, new)
        self.note_removed(at, planned, old)
        if [one.old for one in planned] == list(places):
            return edits
        start, end = min(places.values())[0], max(last for _, last in places.values())
        if set(self.raw.text[start:end]) & set("#\n\r"):
            raise Unclear
        return [RawEdit(start, end, ", ".join(parts))]

    def flow_extent(self, path: NodePath) -> tuple[int, int]:
        """The characters of an entry of a flow collection, its key included."""
        if isinstance(value_at(self.document.value, path), (dict, list)) and not self.raw.style(path):
            raise Unclear  # [a: b]
        start, end = self.raw.extent(path)
        return (self.raw.offset(*self.document.keys[path][:2]) if path in self.document.keys else start), end

    def note_moves(self, at: _At, planned: tuple[Planned, ...], new: Value) -> None:
        for one in planned:
            if one.moved:
                self.note((*at.new, one.new), "moved", _shown("移到这里", "moved here", new[one.new]))

    def note_removed(self, at: _At, planned: tuple[Planned, ...], old: Value) -> None:
        kept = {one.old for one in planned}
        for key in old if isinstance(old, dict) else range(len(old)):
            path = (*at.old, key)
            if key not in kept:
                self.removed[path] = old[key]
                if path not in self.taken:
                    self.note(path, "removed", _shown("删去", "removed", old[key]))

    def note(self, path: NodePath, kind: Kind, message: Message, *, rewritten: bool = False) -> None:
        where = describe(path, self.document.value if kind == "removed" else self.wanted)
        said = Message(f"{where.zh}：{message.zh}", f"{where.en}: {message.en}")
        self.changes.append(Change(path, kind, said, rewritten))


def _shifted(piece: _Piece, old: str, new: str) -> _Piece | None:
    """A piece at another indentation; None where one of its lines is indented less than its first."""
    lines = piece.body.splitlines(keepends=True)
    if old != new and any(line.strip() and not line.startswith(old) for line in lines[1:]):
        return None
    body = lines[0] + "".join(new + line[len(old) :] if line.strip() else line for line in lines[1:])
    lead = "".join(new + line.lstrip(" ") for line in piece.lead.splitlines(keepends=True))
    return _Piece(lead, body)


def _ends_line(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def _changed(old: Value, new: Value) -> Message:
    """Both from shortly before where they begin to differ."""
    before, after = _first_text(old), _first_text(new)
    pairs = enumerate(zip(before, after, strict=False))
    head = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = head - _SHOWN // 3 if head > _SHOWN // 2 else 0
    cut = "…" if start else ""
    before, after = cut + _brief(before[start:]), cut + _brief(after[start:])
    return Message(f"“{before}”改为“{after}”", f"“{before}” is now “{after}”")


def _shown(zh: str, en: str, value: Value) -> Message:
    return Message(f"{zh}“{_brief(value)}”", f"{en}: “{_brief(value)}”")


def _first_text(value: Value) -> str:
    while isinstance(value, (dict, list)) and value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return value if isinstance(value, str) else ""


def _brief(value: Value) -> str:
    """The first text in a tree, as much of it as a report shows."""
    text = _first_text(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

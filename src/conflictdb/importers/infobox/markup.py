"""Wikitext, or rendered text, turned into lines of readable text."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import mwparserfromhell
from mwparserfromhell import nodes
from mwparserfromhell.nodes.extras import Parameter

from conflictdb.importers.infobox import templates
from conflictdb.importers.infobox.lines import Line, LineWriter
from conflictdb.importers.infobox.source import FILL, mend

_FILE_SPACES = ("file:", "image:", "fichier:", "archivo:", "immagine:", "datei:", "ficheiro:", "imagem:", "ملف:")


def read_lines(raw: str) -> tuple[Line, ...]:
    """Return the lines of a value. Raises ValueTooLongError."""
    source = mend(raw)
    walk = _Walk()
    walk.code(mwparserfromhell.parse(source.text), 0)
    lines = walk.writer.finish()
    if isinstance(source.at, range):
        return lines
    return tuple(_moved(line, source.at) for line in lines)


def _moved(line: Line, at: Any) -> Line:
    return replace(line, at=tuple(at[place] for place in line.at))


class _Walk:
    """Goes through the parsed nodes in order; a node's text is exactly the source's, so its length gives its place."""

    def __init__(self) -> None:
        self.writer = LineWriter()

    def code(self, code: Any, at: int) -> None:
        """Write what a piece of wikitext shows; it begins at `at`."""
        for node in code.nodes if code is not None else ():
            self._node(node, at)
            at += len(str(node))

    def _node(self, node: nodes.Node, at: int) -> None:
        if isinstance(node, nodes.Text):
            self.writer.write(str(node.value).replace("|", " "), at)
        elif isinstance(node, nodes.HTMLEntity):
            self.writer.write(html.unescape(str(node)).replace("\xa0", " "), at, step=0)
        elif isinstance(node, nodes.Wikilink):
            self._link(node, at)
        elif isinstance(node, nodes.Tag):
            self._tag(node, at)
        elif isinstance(node, nodes.Template):
            self._template(node, at)
        elif isinstance(node, nodes.ExternalLink):
            if node.title is not None:
                self.code(node.title, at + str(node).index(str(node.title), len(str(node.url))))
        elif isinstance(node, nodes.Heading):
            self.code(node.title, at + node.level)

    def _link(self, node: nodes.Wikilink, at: int) -> None:
        title = str(node.title).replace(FILL, "").strip()
        if title.lower().startswith(_FILE_SPACES):
            if name := templates.flag_of_file(title):
                self.writer.add_flag(self.writer.here, name)
            return
        if title.lower().startswith("category:"):
            return
        start = self.writer.here
        if node.text is None:
            self.writer.write(str(node.title).lstrip(":"), at + 2)
        else:
            self.code(node.text, at + 3 + len(str(node.title)))
        self.writer.add_link(start, title.partition("#")[0].lstrip(":") or title)

    def _tag(self, node: nodes.Tag, at: int) -> None:
        markup, name = str(node.wiki_markup or ""), str(node.tag)
        if name in ("li", "dd", "dt"):
            self.writer.write(markup, at)
            return
        if name in ("tr", "hr"):
            self.writer.write("\x1d" if name == "hr" else "\x1e", at)
        contents = str(node.contents or "")
        bold = name in ("b", "th")
        self.writer.bold += bold
        self.code(node.contents, at + max(str(node).find(contents, len(markup)), 0))
        self.writer.bold -= bold
        if name in ("td", "th"):
            self.writer.write(" ", at + len(str(node)) - 1)

    def _template(self, node: nodes.Template, at: int) -> None:
        name = " ".join(str(node.name).replace(FILL, "").replace("_", " ").lower().split())
        name, _, argument = name.partition(":")
        params = _Params(node, at)
        if templates.is_dropped(name):
            return
        if name in templates.FATES:
            self.writer.write(f" {templates.FATES[name]}", at, step=0)
        elif name in templates.PICTURES:
            self._flag(params, shown=False, name=name)
        elif name in templates.FLAGS:
            self._flag(params, shown=True, name=name)
        elif name in templates.LITERALS:
            self._literal(templates.LITERALS[name], params, at)
        elif name == "formatnum" and argument:
            self.writer.write(argument, at + str(node).index(":") + 1)
        elif name in templates.CONTAINERS or name in templates.LISTS:
            self._list(params, items=name in templates.LISTS)
        else:
            self._wrapper(name, params)

    def _wrapper(self, name: str, params: _Params) -> None:
        """Show the parameter that is known to be shown, or the only one."""
        wanted = templates.SHOWN.get(name)
        if wanted is None:
            wanted = "1" if len(params.positional) == 1 else ""
        if found := params.named.get(wanted):
            self.code(*found)

    def _literal(self, text: str, params: _Params, at: int) -> None:
        before, has_parameter, _ = text.partition("1")
        self.writer.write(before, at, step=0)
        if has_parameter and "1" in params.named:
            self.code(*params.named["1"])

    def _flag(self, params: _Params, *, shown: bool, name: str) -> None:
        asked = params.text("1")
        if not asked:
            return
        is_file = "image" in name or "." in asked
        whose = templates.flag_of_file(asked, certain=True) if is_file else templates.country_name(asked)
        if not whose:
            return
        start = self.writer.here
        if shown:
            service = templates.SERVICES.get(name)
            said = params.text("name") or (f"{whose} {service}" if service else whose)
            self.writer.write(said, params.named["1"][1], step=0)
            whose = said
        self.writer.add_flag(start, whose)

    def _list(self, params: _Params, *, items: bool) -> None:
        writer = self.writer
        writer.break_line()
        title = next((params.named[each] for each in templates.TITLES if each in params.named), None)
        if title is not None:
            writer.mark_term()
            self.code(*title)
            writer.break_line()
        if items:
            writer.indent(1)
        for value, at in params.positional:
            self.code(value, at)
            writer.break_line()
        if items:
            writer.indent(-1)


class _Params:
    """The parameters of a template: each with its wikitext and its place."""

    def __init__(self, node: nodes.Template, at: int) -> None:
        self.named: dict[str, tuple[Any, int]] = {}
        self.positional: list[tuple[Any, int]] = []
        at += 2 + len(str(node.name))
        for param in node.params:
            self._add(param, at + 1)
            at += 1 + len(str(param))

    def _add(self, param: Parameter, at: int) -> None:
        name = str(param.name).strip().lower()
        found = (param.value, at + len(str(param)) - len(str(param.value)))
        self.named.setdefault(name, found)
        if name.isdecimal():
            self.positional.append(found)

    def text(self, name: str) -> str:
        """Return the plain words of a parameter."""
        if name not in self.named:
            return ""
        return " ".join(str(self.named[name][0].strip_code()).replace(FILL, "").split())

"""The folders are the architecture: who may import whom, how long a file may be, and what only the edges may do."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAME = "conflictdb"
USE_CASES = "use cases"
ROOT_MODULE = "the package itself"

BASE = {"errors", "config", "resources"}
PACKAGES = {"domain", "importers", "store", "render", "web", "cli"}
BELOW_THE_EDGES = {"render", USE_CASES, "importers", "store", "domain", *BASE}
# What each layer may import of ours, besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "resources": set(),
    "config": {"errors"},
    "domain": {"errors"},
    "importers": {"domain", *BASE},
    "store": {"domain", *BASE},
    USE_CASES: {"importers", "store", "domain", *BASE},
    "render": {"domain", *BASE},
    "web": {ROOT_MODULE, *BELOW_THE_EDGES},
    "cli": {ROOT_MODULE, "web", *BELOW_THE_EDGES},
    # `conflictdb.open()` is an edge too: a program's instead of a person's.
    ROOT_MODULE: BELOW_THE_EDGES - {"render"},
}
# Which other people's packages a layer may not import; of the domain, the only ones that it may.
MAY_NOT_IMPORT: dict[str, set[str]] = {"importers": {"sqlalchemy"}, "store": {"typer", "rich"}}
DOMAIN_MAY_IMPORT = {"anyascii", "rapidfuzz"}
EDGES = {"cli", "web"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


@dataclass(frozen=True)
class Import:
    """One imported module, where, and whether it is imported as soon as the file is."""

    line: int
    target: str
    names: tuple[str, ...]
    at_once: bool


@dataclass(frozen=True)
class Module:
    """A source file with its dotted name."""

    path: Path
    shown: str
    name: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def layer(self) -> str:
        return layer_of(self.name)

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def at(self, line: int, what: str) -> str:
        return f"{self.shown}:{line}: {what}"


@dataclass(frozen=True)
class Tree:
    """All modules of the package in `source`, a folder that holds `conflictdb/`."""

    source: Path

    @cached_property
    def modules(self) -> dict[str, Module]:
        found = {}
        for path in sorted((self.source / NAME).rglob("*.py")):
            parts = path.relative_to(self.source).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = Module(path, str(path.relative_to(self.source.parent)), name)
        return found

    def imports(self, module: Module) -> Iterator[Import]:
        """Yield every import of `module`, those in functions and under TYPE_CHECKING too."""
        inside_functions = {
            id(node) for outer in ast.walk(module.tree) if is_function(outer) for node in ast.walk(outer)
        }
        for node in ast.walk(module.tree):
            at_once = id(node) not in inside_functions
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(node.lineno, alias.name, (), at_once)
            elif isinstance(node, ast.ImportFrom):
                yield from self._from_imports(module, node, at_once)
            elif isinstance(node, ast.Call) and (target := imported_by_name(node)):
                yield Import(node.lineno, target, (), at_once)

    def _from_imports(self, module: Module, node: ast.ImportFrom, at_once: bool) -> Iterator[Import]:
        base = node.module or ""
        if node.level:
            above = module.package.split(".")
            base = ".".join([*above[: len(above) - node.level + 1], *filter(None, [node.module])])
        names = [alias.name for alias in node.names]
        # `from conflictdb.domain import keys` imports the module `keys`, not only the package around it.
        submodules = [name for name in names if f"{base}.{name}" in self.modules]
        for name in submodules:
            yield Import(node.lineno, f"{base}.{name}", (), at_once)
        if rest := tuple(name for name in names if name not in submodules):
            yield Import(node.lineno, base, rest, at_once)


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def imported_by_name(node: ast.Call) -> str | None:
    """Return the module that `importlib.import_module("...")` names, if that is what the call is."""
    called = ast.unparse(node.func).rpartition(".")[2]
    if called in {"import_module", "__import__"} and node.args and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return None


def is_ours(target: str) -> bool:
    return target.split(".")[0] == NAME


def layer_of(name: str) -> str:
    parts = name.split(".")
    if len(parts) == 1:
        return ROOT_MODULE
    if parts[1] == "__main__":
        return "cli"
    return parts[1] if parts[1] in PACKAGES | BASE else USE_CASES


# --- the rules: each yields "file:line: what is wrong" ------------------------------------------------------------


def imports_run_downward(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for imported in tree.imports(module):
            # The version is a fact that any layer may print.
            if not is_ours(imported.target) or imported.names == ("__version__",):
                continue
            target = layer_of(imported.target)
            if target not in MAY_IMPORT[module.layer] | {module.layer}:
                yield module.at(imported.line, f"{module.layer} may not import {target} ({imported.target})")


def foreign_packages_stay_in_their_layer(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for imported in tree.imports(module):
            package = imported.target.split(".")[0]
            if package == "click":
                yield module.at(imported.line, "typer carries its own click: never import click")
            elif package in MAY_NOT_IMPORT.get(module.layer, set()):
                yield module.at(imported.line, f"{module.layer} may not import {package}")
            elif module.layer == "domain" and not (
                is_ours(package) or package in sys.stdlib_module_names | DOMAIN_MAY_IMPORT
            ):
                yield module.at(imported.line, f"domain may not import {package}: it is pure Python")


def only_the_edges_print_and_exit(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if module.layer in EDGES:
            continue
        for node in ast.walk(module.tree):
            if what := printing_or_exiting(node):
                yield module.at(getattr(node, "lineno", 1), f"{what}: only cli and web print or exit")


def printing_or_exiting(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "exit", "quit"}:
        return f"{node.func.id}()"
    if isinstance(node, ast.Attribute):
        shown = ast.unparse(node)
        if shown in {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__", "sys.exit", "os._exit"}:
            return shown
    if isinstance(node, ast.ImportFrom) and node.module == "sys":
        taken = {alias.name for alias in node.names} & {"stdout", "stderr", "exit"}
        return f"from sys import {', '.join(sorted(taken))}" if taken else None
    if isinstance(node, ast.Name) and node.id == "SystemExit":
        return "SystemExit"
    return None


def no_import_cycles(tree: Tree) -> Iterator[str]:
    """Of imports at module level: one in a function runs when both modules are there."""
    edges = {
        name: {i.target: i.line for i in tree.imports(module) if i.at_once and i.target in tree.modules}
        for name, module in tree.modules.items()
    }
    finished: set[str] = set()

    def visit(name: str, path: list[str]) -> Iterator[str]:
        for target, line in sorted(edges[name].items()):
            if target in path:
                cycle = " > ".join([*path[path.index(target) :], target])
                yield tree.modules[name].at(line, f"import cycle: {cycle}")
            elif target not in finished:
                yield from visit(target, [*path, target])
        finished.add(name)

    for name in edges:
        if name not in finished:
            yield from visit(name, [name])


def files_and_functions_are_short(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if (length := len(module.text.splitlines())) > LONGEST_FILE:
            yield module.at(length, f"{length} lines, {LONGEST_FILE} at most: split it by idea")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield module.at(node.lineno, f"{node.name}() has {lines} lines, {LONGEST_FUNCTION} at most")


def modules_say_what_they_own(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if not ast.get_docstring(module.tree):
            yield module.at(1, "no docstring that says what the module owns")


def migrations_are_no_package(tree: Tree) -> Iterator[str]:
    """With an __init__.py, our folder `alembic` would stand before the package of that name."""
    checkout = tree.source.parent
    for path in sorted((checkout / "alembic").rglob("__init__.py")):
        yield f"{path.relative_to(checkout)}:1: alembic/ may not hold an __init__.py"


Rule = Callable[[Tree], Iterator[str]]
RULES: list[Rule] = [
    imports_run_downward,
    foreign_packages_stay_in_their_layer,
    only_the_edges_print_and_exit,
    no_import_cycles,
    files_and_functions_are_short,
    modules_say_what_they_own,
    migrations_are_no_package,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps(rule: Rule) -> None:
    tree = Tree(ROOT / "src")
    assert "conflictdb.errors" in tree.modules
    broken = list(rule(tree))
    assert not broken, "\n" + "\n".join(broken)


# --- the rules can fail ----------------------------------------------------------------------------------------------

SOUND = {
    "src/conflictdb/__init__.py": "def open(): from conflictdb.store import engine\n__version__ = '1'",
    "src/conflictdb/errors.py": "import enum",
    "src/conflictdb/config.py": "import platformdirs\nfrom conflictdb.errors import Failure",
    "src/conflictdb/ingest.py": "from conflictdb.importers import native\nfrom conflictdb.store.engine import connect",
    "src/conflictdb/domain/__init__.py": "",
    "src/conflictdb/domain/keys.py": "import re, anyascii\nfrom ..errors import Failure",
    "src/conflictdb/importers/__init__.py": "",
    "src/conflictdb/importers/native.py": "import yaml\nfrom conflictdb.domain import keys",
    "src/conflictdb/store/__init__.py": "",
    "src/conflictdb/store/engine.py": "import sqlalchemy\nfrom conflictdb import __version__, config",
    "src/conflictdb/render/emit.py": "from conflictdb.domain.keys import Key\nimport rich",
    "src/conflictdb/cli/__init__.py": "import sys, typer\nfrom conflictdb import open\nprint(1, file=sys.stderr)",
    "src/conflictdb/__main__.py": "import sys\nfrom conflictdb.cli import main\nsys.exit(main())",
    "alembic/env.py": "",
}

# The file that is added or replaced, its text after the docstring on line 1, and what is then reported.
BROKEN: dict[str, tuple[str, str, list[str]]] = {
    "domain imports store": (
        "src/conflictdb/domain/keys.py",
        "from conflictdb.store.engine import connect",
        ["src/conflictdb/domain/keys.py:2: domain may not import store (conflictdb.store.engine)"],
    ),
    "under TYPE_CHECKING": (
        "src/conflictdb/store/read.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from conflictdb.importers import native",
        ["src/conflictdb/store/read.py:4: store may not import importers (conflictdb.importers.native)"],
    ),
    "in a function, relative": (
        "src/conflictdb/importers/gtd.py",
        "def f():\n    from ..store import engine",
        ["src/conflictdb/importers/gtd.py:3: importers may not import store (conflictdb.store.engine)"],
    ),
    "by name": (
        "src/conflictdb/render/table.py",
        "import importlib\nimportlib.import_module('conflictdb.store')",
        ["src/conflictdb/render/table.py:3: render may not import store (conflictdb.store)"],
    ),
    "use case imports render": (
        "src/conflictdb/export.py",
        "import conflictdb.render.emit",
        ["src/conflictdb/export.py:2: use cases may not import render (conflictdb.render.emit)"],
    ),
    "errors imports config": (
        "src/conflictdb/errors.py",
        "def f(): import conflictdb.config",
        ["src/conflictdb/errors.py:2: errors may not import config (conflictdb.config)"],
    ),
    "web imports cli": (
        "src/conflictdb/web/app.py",
        "import conflictdb.cli",
        ["src/conflictdb/web/app.py:2: web may not import cli (conflictdb.cli)"],
    ),
    "use case imports the package": (
        "src/conflictdb/export.py",
        "from conflictdb import open",
        ["src/conflictdb/export.py:2: use cases may not import the package itself (conflictdb)"],
    ),
    "domain imports pydantic": (
        "src/conflictdb/domain/records.py",
        "import pydantic",
        ["src/conflictdb/domain/records.py:2: domain may not import pydantic: it is pure Python"],
    ),
    "importer imports sqlalchemy": (
        "src/conflictdb/importers/gtd.py",
        "from sqlalchemy.orm import Session",
        ["src/conflictdb/importers/gtd.py:2: importers may not import sqlalchemy"],
    ),
    "store imports rich": (
        "src/conflictdb/store/read.py",
        "import rich.table",
        ["src/conflictdb/store/read.py:2: store may not import rich"],
    ),
    "click": (
        "src/conflictdb/cli/show.py",
        "import click",
        ["src/conflictdb/cli/show.py:2: typer carries its own click: never import click"],
    ),
    "print": (
        "src/conflictdb/render/emit.py",
        "print(1)",
        ["src/conflictdb/render/emit.py:2: print(): only cli and web print or exit"],
    ),
    "stdout": (
        "src/conflictdb/render/emit.py",
        "import sys\ndef f(to=sys.stdout): pass",
        ["src/conflictdb/render/emit.py:3: sys.stdout: only cli and web print or exit"],
    ),
    "exit": (
        "src/conflictdb/ingest.py",
        "from sys import exit\nraise SystemExit(2)",
        [
            "src/conflictdb/ingest.py:2: from sys import exit: only cli and web print or exit",
            "src/conflictdb/ingest.py:3: SystemExit: only cli and web print or exit",
        ],
    ),
    "cycle": (
        "src/conflictdb/errors.py",
        "from conflictdb.config import home",
        [
            "src/conflictdb/errors.py:2: errors may not import config (conflictdb.config)",
            "src/conflictdb/errors.py:2: import cycle: conflictdb.config > conflictdb.errors > conflictdb.config",
        ],
    ),
    "long file": (
        "src/conflictdb/ingest.py",
        "x = 1\n" * 300,
        ["src/conflictdb/ingest.py:301: 301 lines, 300 at most: split it by idea"],
    ),
    "long function": (
        "src/conflictdb/ingest.py",
        "async def f():\n" + "    x = 1\n" * 40,
        ["src/conflictdb/ingest.py:2: f() has 41 lines, 40 at most"],
    ),
    "migrations as a package": (
        "alembic/versions/__init__.py",
        "",
        ["alembic/versions/__init__.py:1: alembic/ may not hold an __init__.py"],
    ),
}


def lay(checkout: Path, files: dict[str, str]) -> Tree:
    for name, text in files.items():
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"""Own this."""\n{text}\n'.rstrip() + "\n", encoding="utf-8")
    return Tree(checkout / "src")


def violations(tree: Tree) -> list[str]:
    return [line for rule in RULES for line in rule(tree)]


def test_a_sound_tree_breaks_no_rule(tmp_path: Path) -> None:
    assert violations(lay(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("name", "text", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_reported(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    assert violations(lay(tmp_path, {**SOUND, name: text})) == expected


def test_a_missing_docstring_is_reported(tmp_path: Path) -> None:
    tree = lay(tmp_path, SOUND)
    (tmp_path / "src/conflictdb/config.py").write_text("x = 1\n", encoding="utf-8")
    assert violations(tree) == ["src/conflictdb/config.py:1: no docstring that says what the module owns"]

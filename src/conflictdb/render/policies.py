"""The policies as people read them: what each one's rule is, what it can be told, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.policy import Parameter, Policy
from conflictdb.domain.rows import Row
from conflictdb.domain.vocabulary import Basis
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, line
from conflictdb.render.listing import Listing, field_names
from conflictdb.render.markdown import markdown_text
from conflictdb.render.text import visible
from conflictdb.render.words import date_words

COMMAND = "policies"
_OPTIONS = ("k", "prefer", "tie", "several")
"""The parameters that have an option of their own; all others go by --parameter."""
_WIDEST = 100
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class PolicyRow(Row):
    """A policy. `parameters` has a dict for each: name, default (None where it must be told), choices and help."""

    policy: str
    version: str
    rule: str
    reference: str
    parameters: tuple[dict[str, Any], ...]


def policies_listing(policies: Iterable[Policy], name: str = "") -> Listing[PolicyRow]:
    """List policies, each whole. `name` is the one that was asked for, if one was."""
    rows = [policy_row(policy) for policy in policies]
    return Listing(
        COMMAND, name or None, None, None, rows, (), fields=field_names(PolicyRow),
        screen=lambda width: _screen(rows, min(width, _WIDEST)), page=lambda: _page(rows),
    )  # fmt: skip


def policy_row(policy: Policy) -> PolicyRow:
    """Return a policy as a row."""
    told = tuple(map(_parameter, policy.parameters))
    return PolicyRow(policy.name, policy.version, policy.rule, policy.reference, told)


def parameter_words(parameter: dict[str, Any]) -> str:
    """Return what a policy can be told, and how, on the command line: "--k: How many it takes. Usually 2."."""
    name, default = parameter["name"], parameter["default"]
    option = f"--{name}" if name in _OPTIONS else f"--parameter {name}="
    said = [f"{option}: {parameter['help'].rstrip('.')}."]
    said += [f"One of {', '.join(parameter['choices'])}."] if parameter["choices"] else []
    return " ".join([*said, "It must be told." if default is None else f"Usually {default}."])


def rule_words(lens: Lens) -> str:
    """Return by which rule figures were made, on which basis and as of when."""
    policy = lens.chosen.policy
    named = f"policy {lens.chosen.label}, version {policy.version}, basis {lens.basis}"
    if lens.knowledge is not None:
        undated = ", undated claims included" if lens.knowledge.undated else ""
        named += f", as of {date_words(lens.knowledge.text)}{undated}"
    if lens.basis is Basis.ESTIMATES:
        rule = "No rule chooses among recorders: what one estimates stands as it is, and several make a range."
        return f"Estimates by {named}. {rule}"
    return f"Estimates by {named}: {policy.rule} Reference: {policy.reference}."


def _parameter(parameter: Parameter) -> dict[str, Any]:
    default = None if parameter.required else parameter.default
    return {
        "name": parameter.name,
        "default": ",".join(default) if isinstance(default, tuple) else default,
        "choices": list(parameter.choices),
        "help": parameter.help,
    }


def _screen(rows: Iterable[PolicyRow], width: int) -> Iterator[Line]:
    for at, row in enumerate(rows):
        yield from [()] if at else []
        yield line(visible(f"{row.policy}, version {row.version}"), "bold")
        for label, text in _facts(row):
            yield from hanging(label, visible(text), width - len(_INDENT), before=_INDENT)


def _facts(row: PolicyRow) -> Iterator[tuple[str, str]]:
    yield "", row.rule
    for parameter in row.parameters:
        yield "option  ", parameter_words(parameter)
    yield "after   ", row.reference


def _page(rows: Iterable[PolicyRow]) -> str:
    parts = []
    for row in rows:
        facts = "".join(f"- {label.strip() or 'rule'}: {markdown_text(text)}\n" for label, text in _facts(row))
        parts.append(f"## {markdown_text(f'{row.policy}, version {row.version}')}\n\n{facts}")
    return "\n".join(parts)

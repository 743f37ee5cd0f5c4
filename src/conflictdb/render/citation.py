"""Citations as text, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from conflictdb.domain.rows.citation import Citation


class Style(StrEnum):
    """How citations are written."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def write_citations(citations: Sequence[Citation], style: Style) -> str:
    """Return the citations in a style."""
    if style is Style.CSL_JSON:
        return json.dumps([_csl(each) for each in citations], ensure_ascii=False, indent=2) + "\n"
    write = _bibtex if style is Style.BIBTEX else _text
    return "\n".join(write(each) for each in citations)


def _text(cited: Citation) -> str:
    by = ", ".join(dict.fromkeys(filter(None, (cited.author, cited.publisher))))
    year = _year(cited.published_on)
    version = f", version {cited.version}" if cited.version else ""
    parts = [f"{by} ({year})" if by and year else by or (f"({year})" if year else ""), f"{cited.title}{version}"]
    parts += [cited.citation or "", cited.licence or "", cited.url or ""]
    parts += [f"accessed {cited.accessed}"] if cited.accessed else []
    return ". ".join(part.rstrip(".") for part in parts if part) + ".\n"


# --- BibTeX ---------------------------------------------------------------------------------------------------------

_SPECIAL = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
"""What TeX reads as its own; other letters are written in UTF-8, as biber and today's BibTeX styles read them."""


def _bibtex(cited: Citation) -> str:
    kind = "dataset" if cited.kind == "dataset" else "online" if cited.url else "misc"
    notes = "; ".join(filter(None, (cited.citation, cited.licence and f"licence: {cited.licence}")))
    fields = {
        "title": f"{{{_escaped(cited.title)}}}",
        "author": cited.author and f"{{{_escaped(cited.author)}}}",
        "publisher": cited.publisher and _escaped(cited.publisher),
        "year": _year(cited.published_on) or None,
        "date": cited.published_on if _is_plain(cited.published_on) else None,
        "version": cited.version and _escaped(cited.version),
        "url": cited.url and _address(cited.url),
        "urldate": cited.accessed if _is_plain(cited.accessed) else None,
        "langid": cited.language,
        "note": _escaped(notes) or None,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{_key(cited.key)},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)


def _address(url: str) -> str:
    """Return an address as it stands, for such a field is not TeX; but its braces must match."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.:_-]+", "-", plain).strip("-") or "cited"


# --- CSL-JSON -------------------------------------------------------------------------------------------------------


def _csl(cited: Citation) -> dict[str, object]:
    fields: dict[str, object | None] = {
        "id": cited.key,
        "type": {"dataset": "dataset", "event": "entry"}.get(cited.kind, "webpage" if cited.url else "document"),
        "title": cited.title,
        "author": [{"literal": cited.author}] if cited.author else None,
        "publisher": cited.publisher,
        "issued": _csl_date(cited.published_on),
        "accessed": _csl_date(cited.accessed),
        "URL": cited.url,
        "version": cited.version,
        "language": cited.language,
        "note": "; ".join(filter(None, (cited.citation, cited.licence and f"licence: {cited.licence}"))) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _csl_date(text: str | None) -> dict[str, object] | None:
    """Return a date as CSL has it; what is no plain date is given as it is written."""
    if not text:
        return None
    if not _is_plain(text):
        return {"raw": text}
    return {"date-parts": [[int(part) for part in text.split("-")]]}


def _is_plain(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", text) is not None


def _year(text: str | None) -> str:
    found = re.match(r"[0-9]{4}", text or "")
    return found[0] if found else ""

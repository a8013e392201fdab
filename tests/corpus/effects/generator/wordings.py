"""The two halves of the wordings, each as rows of one form."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
KNOWN = {"place", "old", "new", "anchor", "text", "num", "act"}
_LEVELS = {
    "restate": "leaf",
    "append_words": "leaf",
    "insert_unit": "holder",
    "restate_title": "heading",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """An instruction as a template with slots: what it does, the case of its place, where it may be used."""

    id: str
    kind: str
    case: str
    level: str
    template: str
    act_case: str = "gent"
    inflect: bool = False


def own() -> list[Wording]:
    """Return the wordings of the author of the grammar."""
    data = tomllib.loads((HERE / "wordings_own.toml").read_text("utf-8"))
    return [
        Wording(f"own-{kind}-{i}", kind, case, level, template)
        for kind, rows in data.items()
        for i, (case, level, template) in enumerate(rows, 1)
    ]


def blind() -> tuple[list[Wording], int]:
    """Return the wordings of the other half that the generator can make, and how many there are in all."""
    data = tomllib.loads((HERE / "wordings_blind.toml").read_text("utf-8"))["wording"]
    rows = [w for row in data if (w := _of(row)) is not None]
    return rows, len(data)


def _of(row: dict[str, object]) -> Wording | None:
    """Take a wording the generator can make as it stands; those with notes and places of their own it cannot."""
    kind, template = str(row["kind"]), str(row["template"])
    slots = set(re.findall(r"\{(\w+)\}", template))
    odd = {
        "ops",
        "note",
        "within",
        "at",
        "what",
        "op",
        "fixed_place",
        "text_in",
        "renumber",
        "scope",
        "extent",
        "except",
    }
    if (
        odd & set(row)
        or not slots <= KNOWN
        or kind in ("several", "lead_in", "attachment", "none", "refuse", "renumber")
    ):
        return None
    level = str(row.get("place_level") or row.get("level", "unit"))
    case = str(row.get("case_of_place") or row.get("case") or "-")
    if kind == "insert_unit":
        if not slots <= {"place", "num", "text"} or "text" not in slots:
            return None
        kind, level = ("insert_article", "act") if "place" not in slots else ("insert_" + level, "holder")
        if kind not in ("insert_article", "insert_para", "insert_point", "insert_unit"):
            return None
    elif kind == "whole_text":
        level = "act"
        if "place" in slots:
            return None
    elif level not in ("unit", "art", "para", "point", "heading"):
        return None
    else:
        level = _LEVELS.get(kind, "unit")
    if kind == "restate_title" and "place" not in slots:
        return None
    return Wording(
        str(row["id"]), kind, case, level, template, str(row.get("act_case", "gent")), bool(row.get("inflect"))
    )

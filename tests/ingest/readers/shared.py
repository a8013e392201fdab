"""The right structure of the reference files, and how far a parse comes up to it."""

import difflib
import importlib.util
import json
from functools import cache

from tests.shared import need


@cache
def gold():
    return json.loads(need("gold/structure.json").read_text("utf-8"))


@cache
def _plain():
    spec = importlib.util.spec_from_file_location("score_common", need("score/common.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.plain


def _node(eid, kind, num, heading, text):
    plain = _plain()
    return eid, str(kind), plain(num or "").rstrip(".)"), plain(heading or ""), plain(text or "")


def f1(pairs):
    """F1 of provisions over (parsed source file, gold instruments), as the structure scorer counts it."""
    right = found = wanted = 0
    for parsed, instruments in pairs:
        for place, want in enumerate(instruments):
            have = parsed.instruments[place].walk() if place < len(parsed.instruments) else ()
            a = [_node(p["eid"], p["kind"], p.get("num"), p.get("heading"), p.get("text")) for p in want["provisions"]]
            b = [_node(p.eid, p.kind.value, p.num, p.heading, p.text) for p in have]
            right += sum(m.size for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
            wanted += len(a)
            found += len(b)
        found += sum(len(list(extra.walk())) for extra in parsed.instruments[len(instruments) :])
    return 2 * right / (found + wanted)

"""Measure the reader of citations on memos: spans, statuses, provisions, verdicts on quotations.

`python -m tests.quality.memos own` (or `third`) prints the figures and, with `--show`, what is wrong; `blind` prints
figures only: that part is never looked at, so that it stays blind.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from corpus.citations.citechecking import Checked, citecheck
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes

HERE = Path(__file__).parent


def memos(half: str) -> dict:
    return json.loads((HERE / f"memos_{half}.json").read_text("utf-8"))


def library_of(data: dict, folder: Path) -> tuple[LocalLibrary, dict[str, str]]:
    """Store the agreements; return the library and their keys by document id."""
    library, keys = LocalLibrary(folder), {}
    for act in data["agreements"]:
        put = library.put(parse_bytes(act["text"].encode(), act["file"]))
        keys[put.documents[0]] = act["key"]
    return library, keys


def wanted(citation: dict) -> set[tuple[str, str]]:
    return {(t["document"], e) for t in citation["targets"] for e in t["eids"] or [""]}


def measure(half: str, told: list[str] | None = None) -> dict[str, float]:
    """Return the shares that are right; what is wrong is written to `told`."""
    told = [] if told is None else told
    data, counts = memos(half), Counter()
    with tempfile.TemporaryDirectory() as folder:
        library, keys = library_of(data, Path(folder))
        for memo in data["memos"]:
            checked = citecheck(memo["text"], library)
            _citations(memo, checked, keys, counts, told)
            _quotations(memo, checked, keys, counts, told)
        library.close()
    return {
        "precision": counts["span"] / max(counts["found"], 1),
        "recall": counts["span"] / counts["citations"],
        "status": counts["status"] / counts["citations"],
        "eids": counts["eids"] / counts["placed"],
        "right": counts["right"] / counts["citations"],
        "verdicts": counts["verdict"] / counts["quotations"],
        "quotation-eids": counts["held"] / counts["ascribed"],
        "silent": counts["silent"] / counts["citations"],
        "alarms": counts["alarm"] / counts["quotations"],
    }


def _citations(memo: dict, checked: Checked, keys: dict[str, str], counts: Counter, told: list[str]) -> None:
    found = {tuple(c.span): c for c in checked.citations}
    counts["found"] += len(found)
    gold = {tuple(c["span"]): c for c in memo["citations"]}
    for span, citation in gold.items():
        counts["citations"] += 1
        counts["placed"] += citation["status"] != "ambiguous"
        one = found.get(span)
        if one is None:
            told.append(f"{memo['id']} no span   «{citation['text']}»")
            continue
        counts["span"] += 1
        have = {(keys[t.document], e) for t in one.targets for e in t.eids or [""]}
        status, eids = one.status == citation["status"], have == wanted(citation)
        same = eids or (citation["status"] == "ambiguous" and {d for d, _ in have} == {d for d, _ in wanted(citation)})
        counts["status"] += status
        counts["eids"] += eids and citation["status"] != "ambiguous"
        counts["right"] += status and same
        counts["silent"] += one.status == "resolved" and not (status and eids)
        if not (status and same):
            told.append(
                f"{memo['id']} {one.status} {sorted(have)}   not {citation['status']} {sorted(wanted(citation))}   «{citation['text']}»"
            )
    told += [f"{memo['id']} extra   «{c.text}» {c.status}" for span, c in found.items() if span not in gold]


def _quotations(memo: dict, checked: Checked, keys: dict[str, str], counts: Counter, told: list[str]) -> None:
    found = {tuple(q.span): q for q in checked.quotations}
    for quotation in memo["quotations"]:
        counts["quotations"] += 1
        counts["ascribed"] += quotation["verdict"] != "absent"
        one = found.get(tuple(quotation["span"]))
        if one is None:
            told.append(f"{memo['id']} not told   «{quotation['text']}»")
            continue
        right = one.verdict == quotation["verdict"]
        held = (keys.get(one.document or ""), one.eid) in [(quotation["document"], e) for e in quotation["eids"]]
        counts["verdict"] += right
        counts["held"] += held and quotation["verdict"] != "absent"
        counts["alarm"] += quotation["verdict"] in ("exact", "normalised") and one.verdict in ("differs", "absent")
        if not right or (quotation["verdict"] != "absent" and not held):
            told.append(
                f"{memo['id']} {one.verdict} {keys.get(one.document or '')}:{one.eid}   not {quotation['verdict']} "
                f"{quotation['document']}:{quotation['eids']}   «{quotation['text']}»"
            )


if __name__ == "__main__":
    wrong: list[str] = []
    print({name: round(value, 4) for name, value in measure(sys.argv[1], wrong).items()})
    if "--show" in sys.argv and sys.argv[1] != "blind":
        print("\n".join(wrong))

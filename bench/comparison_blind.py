"""Agreements annotated blind, scored as ../shared/score does: python -m bench.comparison_blind [show]   (about 20 s)

Writes its lines into RESULTS.md.

bench/comparison_blind.txt tells the pairs whose errors were looked at while tuning ("tune") and those that were only
measured ("held"); values are those of bench/comparison_values.json.
"""

import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path

from bench.comparison import SHARED, own, write
from corpus.comparison.equivalents import equivalents
from corpus.comparison.grid import CellStatus, Comparison
from corpus.comparison.table import compare
from corpus.metadata.documents import documents_of
from corpus.model import Document
from ingest.pipeline import parse_file

HERE = Path(__file__).parent
AGREEMENTS = HERE.parent / "tests" / "corpus" / "comparison" / "agreements"
UNSURE = ["?"]
SURE = {"found": 1.0, "inconclusive": 0.5, "absent": 0.0}

Rows = list[dict[str, list[str]]]


def blind() -> tuple[dict[str, list[tuple[str, str]]], dict[str, Document], Rows]:
    """Read the halves (name → pairs), the documents and the rows, older annotations included."""
    files, rows = own()
    by_subject = {r[""]: r for r in rows}
    halves: dict[str, list[tuple[str, str]]] = {}
    for line in (HERE / "comparison_blind.txt").read_text("utf-8").splitlines():
        name, _, value = line.partition(": ")
        if line.startswith("#") or not line:
            continue
        if name in ("tune", "held"):
            halves[name] = [(a, b) for a, b in (pair.split() for pair in value.split(";"))]
        elif " = " in line:
            name, _, value = line.partition(" = ")
            files[name] = (value.split()[0], int(value.split()[1]))
        else:
            subject, _, cells = line.partition(" | ")
            row = by_subject.setdefault(subject, {"": subject})
            row.update({n: eids.split() for n, _, eids in (c.partition(": ") for c in cells.split("; "))})
    wanted = {n for pairs in halves.values() for pair in pairs for n in pair}
    return halves, {n: _document(*files[n]) for n in sorted(wanted)}, list(by_subject.values())


def _document(file: str, place: int) -> Document:
    path = AGREEMENTS / file.removeprefix("own/") if file.startswith("own/") else SHARED / file
    return documents_of(parse_file(path))[place]


def worth(answer: str, target: str) -> float:
    if answer == target or answer.startswith(target + "__"):
        return 1.0
    return 0.5 if target.startswith(answer + "__") else 0.0


def targets(rows: Rows, a: str, b: str) -> dict[str, set[str]]:
    """Return what of b answers each provision of a; provisions in a row where b is unsure are left out."""
    out: dict[str, set[str]] = {}
    unsure = {eid for r in rows if r.get(b) == UNSURE for eid in r.get(a, ())}
    for row in rows:
        for eid in row.get(a, ()):
            if eid != "?" and eid not in unsure:
                out.setdefault(eid, set()).update(row.get(b, ()))
    return out


def alignment(pairs: list[tuple[str, str]], documents: dict[str, Document], rows: Rows, *, show: bool) -> str:
    first = three = there = none = gone = 0.0
    for one, two in pairs:
        for a, b in ((one, two), (two, one)):
            answers = {x.eid: x for x in equivalents(documents[a], documents[b])}
            for eid, right in targets(rows, a, b).items():
                answer = answers[eid]
                found, sure = [c.eid for c in answer.candidates[:3]], SURE[answer.status]
                if right:
                    there += 1
                    best = max((worth(found[0], t) for t in right), default=0.0) if found else 0.0
                    first += sure * best
                    three += sure * max((worth(f, t) for f in found for t in right), default=0.0)
                    if show and sure * best < 1:
                        print(f"  {a}:{eid} in {b}: {sorted(right)}, got {answer.status} {found} {answer.topics}")
                else:
                    gone += 1
                    none += 1 - sure
                    if show and sure == 1:
                        print(f"  {a}:{eid} in {b}: none, got {found[:1]} {answer.candidates[0].score} {answer.topics}")
    return (
        f"first {first / there:.3f}, in three {three / there:.3f} ({there:.0f}); "
        f"none where none {none / max(gone, 1):.3f} ({gone:.0f})"
    )


def groups(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """Join the pairs that share a new agreement into one table."""
    out: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        out[a] += [n for n in (a, b) if n not in out[a]]
    return list(out.values())


def cells(pairs: list[tuple[str, str]], documents: dict[str, Document], rows: Rows, *, show: bool) -> str:
    hits = wants = goods = judged = 0
    for group in groups(pairs):
        table = compare([documents[n] for n in group])
        for a, b in itertools.combinations(group, 2):
            if not ({(a, b), (b, a)} & set(pairs)):
                continue
            gold, answered = _gold(rows, a, b), _answered(table, documents[a].id, documents[b].id)
            unsure = [{e for r in rows if r.get(y) == UNSURE for e in r.get(x, ())} for x, y in ((a, b), (b, a))]
            placed = [
                {e for r in rows for e in r.get(x, ()) if e != "?"} - u for x, u in zip((a, b), unsure, strict=True)
            ]
            mine = [
                p
                for p in answered
                if all(any(worth(e, g) == 1 for g in side) for e, side in zip(p, placed, strict=True))
            ]
            hit = [w for w in gold if any(_near(w, h) for h in answered)]
            good = [h for h in mine if any(_near(w, h) for w in gold)]
            hits, wants, goods, judged = hits + len(hit), wants + len(gold), goods + len(good), judged + len(mine)
            if show:
                print(*(f"  {a}–{b} missed {w}" for w in sorted(gold - set(hit))), sep="\n")
                print(*(f"  {a}–{b} extra {h}" for h in sorted(set(mine) - set(good))), sep="\n")
    recall, precision = hits / wants, goods / max(judged, 1)
    return f"cells precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f} ({wants})"


def _gold(rows: Rows, a: str, b: str) -> set[tuple[str, str]]:
    return {(x, y) for r in rows for x in r.get(a, ()) for y in r.get(b, ()) if "?" not in (x, y)}


def _answered(table: Comparison, a: str, b: str) -> set[tuple[str, str]]:
    out = set()
    for row in table.rows:
        sides = [[p.eid for p in row.cells[d].provisions] for d in (a, b) if row.cells[d].status is CellStatus.PRESENT]
        if len(sides) == 2 and max(map(len, sides)) <= 4:
            out |= set(itertools.product(*sides))
    return out


def _near(want: tuple[str, str], have: tuple[str, str]) -> bool:
    return all(worth(h, w) == 1 for w, h in zip(want, have, strict=True))


def values(pairs: list[tuple[str, str]], documents: dict[str, Document], *, show: bool) -> str:
    gold = json.loads((HERE / "comparison_values.json").read_text("utf-8"))
    right = total = 0
    for group in groups(pairs):
        table = compare([documents[n] for n in group])
        for name in (n for n in group if n in gold):
            for what, want in gold[name].items():
                read = [r.cells[documents[name].id].values.get(what) for r in table.rows]
                got = next((v for v in read if v is not None), None)
                if isinstance(want, dict) or isinstance(got, dict):
                    mine, theirs = set((want or {}).items()), set((got or {}).items())
                    hit, count = len(mine & theirs), max(len(mine), len(theirs))
                else:
                    plain = [sorted(v) if isinstance(v, list) else v for v in (want, got)]
                    hit, count = int(plain[0] == plain[1]), 1
                right, total = right + hit, total + count
                if show and hit < count:
                    print(f"  {name} {what}: {want}, got {got}")
    return f"values {right / total:.3f} ({right}/{total})"


def main(*words: str) -> None:
    show = "show" in words
    halves, documents, rows = blind()
    lines: list[str] = []
    for name, pairs in halves.items():
        if show and "held" not in words and name == "held":
            continue
        lines.append(
            f"- {name} ({len(pairs)} pairs): "
            + "; ".join(
                (
                    alignment(pairs, documents, rows, show=show),
                    cells(pairs, documents, rows, show=show),
                    values(pairs, documents, show=show),
                )
            )
        )
    if show:
        print("\n".join(lines))
    else:
        write("bench.comparison_blind", lines)


if __name__ == "__main__":
    if not SHARED.is_dir():
        raise SystemExit("../shared is absent")
    main(*sys.argv[1:])

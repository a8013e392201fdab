"""Alignment beside its rivals and without its parts: python -m bench.comparison [fit]   (about two minutes)

Writes its tables into RESULTS.md, between the marks of this bench.

Gold: ../shared/gold/alignment.json, and with it bench/aligned.txt (ten agreements in all). A method gives every two
provisions a likeness; for ours the thresholds are those of the product, for every other method the one that does best
on the gold itself. "first", "three": share of provisions with an equivalent whose first answer (one of the first
three) is right and not called absent; "none": share of provisions without one that are called absent.

With `fit` the weights of `corpus.comparison.align` are fitted again and printed, and what a model fitted without a
document does on that document.
"""

import difflib
import json
import sys
from collections.abc import Callable
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from corpus.comparison.align import FOUND, INCONCLUSIVE, _in_context, _sigmoid, aligned, pair_log_odds
from corpus.comparison.features import NAMES, Space, prepared
from corpus.metadata.documents import documents_of
from corpus.model import Document
from ingest.pipeline import parse_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
Rows = list[dict[str, list[str]]]
Matrix = np.ndarray


def gold() -> tuple[dict[str, tuple[str, int]], Rows]:
    """Read the three documents and rows of the reference alignment."""
    data = json.loads((SHARED / "gold" / "alignment.json").read_text("utf-8"))
    files = {k: (f"seeds/{d['file']}", d["instrument"]) for k, d in data["documents"].items()}
    return files, [{"": r["topic"], **r["provisions"]} for r in data["rows"]]


def own() -> tuple[dict[str, tuple[str, int]], Rows]:
    """Read the reference alignment continued by bench/aligned.txt."""
    files, rows = gold()
    by_subject = {r[""]: r for r in rows}
    for line in Path(__file__).with_name("aligned.txt").read_text("utf-8").splitlines():
        if " = " in line and "|" not in line and not line.startswith("#"):
            name, _, value = line.partition(" = ")
            files[name] = (value.split()[0], int(value.split()[1]))
        elif "|" in line and not line.startswith("#"):
            subject, _, cells = line.partition(" | ")
            row = by_subject.setdefault(subject, {"": subject})
            row.update({name: eids.split() for name, _, eids in (c.partition(": ") for c in cells.split("; "))})
    return files, list(by_subject.values())


def read(files: dict[str, tuple[str, int]]) -> dict[str, Document]:
    parsed = {f: documents_of(parse_file(SHARED / f)) for f in {f for f, _ in files.values()}}
    return {k: parsed[f][i] for k, (f, i) in files.items()}


class Pair:
    """Two documents under one weighting, and what gold says of them."""

    def __init__(self, one: Document, two: Document, rows: Rows, names: tuple[str, str]) -> None:
        self.space = Space([prepared(one), prepared(two)])
        self.left, self.right = self.space.documents
        self.reasons = self.space.features(0, 1)
        self.wanted: dict[int, set[str]] = {}
        places = {u.eid: i for i, u in enumerate(self.left.units)}
        for row in rows:
            for eid in row.get(names[0], ()):
                if eid in places:
                    self.wanted.setdefault(places[eid], set()).update(row.get(names[1], ()))

    def by(self, name: str) -> Matrix:
        return self.reasons[NAMES.index(name)]


def worth(answer: str, target: str) -> float:
    if answer == target or answer.startswith(target + "__"):
        return 1.0
    return 0.5 if target.startswith(answer + "__") else 0.0


Judged = list[tuple[float, float, float, bool]]


def judged(pairs: list[Pair], method: Callable[[Pair], Matrix]) -> Judged:
    """Return for each gold provision the best likeness, the worth of the first answer and of three, and whether any."""
    out = []
    for pair in pairs:
        scores = method(pair)
        for i, targets in pair.wanted.items():
            order = np.argsort(-scores[i], kind="stable")[:3]
            worths = [max((worth(pair.right.units[j].eid, t) for t in targets), default=0.0) for j in order]
            out.append((float(scores[i][order[0]]), worths[0], max(worths), bool(targets)))
    return out


def figures(results: Judged, found: float, doubt: float) -> tuple[float, float, float]:
    there = [r for r in results if r[3]]
    gone = [r for r in results if not r[3]]
    sure = {id(r): 1.0 if r[0] >= found else 0.5 if r[0] >= doubt else 0.0 for r in results}
    first = sum(sure[id(r)] * r[1] for r in there) / max(len(there), 1)
    three = sum(sure[id(r)] * r[2] for r in there) / max(len(there), 1)
    return first, three, sum(1 - sure[id(r)] for r in gone) / max(len(gone), 1)


def best(results: Judged) -> tuple[float, float, float]:
    """Return the figures at the threshold whose worst shortfall from the targets (.88, .93, .88) is least."""
    cuts = np.unique(np.round([r[0] for r in results], 3))
    every = [figures(results, t, t) for t in cuts[:: max(len(cuts) // 150, 1)]]
    return max(every, key=lambda f: min(f[0] - 0.88, f[1] - 0.93, f[2] - 0.88))


# ---- the methods


def of_articles(pair: Pair) -> Matrix:
    """Likeness of whole articles, given to every unit in them."""
    places = []
    for side in (pair.left, pair.right):
        articles = list(dict.fromkeys(u.article for u in side.units))
        places.append((articles, np.array([articles.index(u.article) for u in side.units])))
    sums = [np.zeros((len(a), pair.space.words.rows.shape[1]), np.float32) for n, (a, _) in enumerate(places)]
    for n, (_, at) in enumerate(places):
        np.add.at(sums[n], at, pair.space.words.rows[pair.space.words.cuts[n]])
        sums[n] /= np.maximum(np.linalg.norm(sums[n], axis=1, keepdims=True), 1e-9)
    return (sums[0] @ sums[1].T)[np.ix_(places[0][1], places[1][1])]


def by_text(likeness: Callable[[str, str], float]) -> Callable[[Pair], Matrix]:
    def method(pair: Pair) -> Matrix:
        out = np.zeros((len(pair.left.units), len(pair.right.units)), np.float32)
        for i in pair.wanted:
            out[i] = [likeness(pair.left.words[i], w) for w in pair.right.words]
        return out

    return method


def difflib_ratio(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), two.split(), autojunk=False).ratio()


def in_order(likeness: Callable[[Pair], Matrix], skip: float = 0.35) -> Callable[[Pair], Matrix]:
    """Keep the pairs of the best monotone path, as Bertalign and vecalign do; others keep a tenth of their likeness."""

    def method(pair: Pair) -> Matrix:
        scores = likeness(pair)
        n, m = scores.shape
        table = np.zeros((n + 1, m + 1))
        for i in range(1, n + 1):
            for j in range(1, m + 1):
                table[i, j] = max(table[i - 1, j], table[i, j - 1], table[i - 1, j - 1] + scores[i - 1, j - 1] - skip)
        out, i, j = scores * 0.1, n, m
        while i and j:
            if table[i, j] == table[i - 1, j]:
                i -= 1
            elif table[i, j] == table[i, j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                out[i, j] = scores[i, j]
        return out

    return method


def without(*names: str) -> Callable[[Pair], Matrix]:
    """Our whole method with some reasons silenced."""

    def method(pair: Pair) -> Matrix:
        kept = pair.reasons.copy()
        for name in names:
            kept[NAMES.index(name)] = 0
        return _sigmoid(_in_context(pair_log_odds(kept)))

    return method


def means(*names: str) -> Callable[[Pair], Matrix]:
    return lambda pair: sum(pair.by(n) for n in names) / len(names)


RIVALS: dict[str, Callable[[Pair], Matrix]] = {
    "titles only": lambda p: p.by("heading"),
    "whole article, TF-IDF of lemmas": of_articles,
    "clause, TF-IDF of lemmas": means("words"),
    "+ character n-grams": means("words", "letters"),
    "+ order (best monotone path)": in_order(means("words", "letters")),
    "clause, difflib": by_text(difflib_ratio),
    "clause, rapidfuzz token_set_ratio": by_text(lambda a, b: fuzz.token_set_ratio(a, b) / 100),
}
OURS: dict[str, Callable[[Pair], Matrix]] = {
    "svod, each pair by itself (no order, no exclusivity)": lambda p: _sigmoid(pair_log_odds(p.reasons)),
    "svod without topics": without("topic", "sole", "clash"),
    "svod without headings": without("heading"),
    "svod": lambda p: aligned(p.space, 0, 1).scores,
}


def table(pairs: list[Pair]) -> list[str]:
    out = ["| method | first | in three | none where none |", "|---|---|---|---|"]
    rows = {name: best(judged(pairs, method)) for name, method in RIVALS.items()}
    rows |= {name: figures(judged(pairs, method), FOUND, INCONCLUSIVE) for name, method in OURS.items()}
    return out + [f"| {name} | " + " | ".join(f"{x:.3f}" for x in row) + " |" for name, row in rows.items()]


def bands(pairs: list[Pair]) -> list[str]:
    """Tell how often the first answer is right, by its probability, and what share of all equivalents is found above."""
    results = judged(pairs, OURS["svod"])
    there = sum(r[3] for r in results)
    out = ["| probability | answers | precision | recall from here up |", "|---|---|---|---|"]
    edges = [1.01, 0.97, 0.9, 0.7, 0.5, 0.3, 0.1, 0]
    for high, low in pairwise(edges):
        band = [r for r in results if low <= r[0] < high]
        above = sum(r[1] for r in results if r[0] >= low) / there
        right = sum(r[1] for r in band) / max(len(band), 1)
        out.append(f"| {low:.2f}–{min(high, 1):.2f} | {len(band)} | {right:.3f} | {above:.3f} |")
    return out


def blind_pairs() -> list[Pair]:
    """Return the pairs annotated blind that were only measured (bench.comparison_blind)."""
    from bench.comparison_blind import blind, targets

    halves, documents, rows = blind()
    out = []
    for a, b in [ordered for one, two in halves["held"] for ordered in ((one, two), (two, one))]:
        pair = Pair(documents[a], documents[b], rows, (a, b))
        places = {u.eid: i for i, u in enumerate(pair.left.units)}
        pair.wanted = {places[e]: found for e, found in targets(rows, a, b).items() if e in places}
        out.append(pair)
    return out


def write(section: str, lines: list[str]) -> None:
    """Print lines and put them between the marks of a section of RESULTS.md."""
    text = "\n".join(lines)
    print(text)
    results = Path(__file__).with_name("RESULTS.md")
    before, _, rest = results.read_text("utf-8").partition(f"<!-- {section} -->")
    after = rest.partition("<!-- end -->")[2]
    if rest:
        results.write_text(f"{before}<!-- {section} -->\n\n{text}\n\n<!-- end -->{after}", "utf-8")


# ---- fitting


def regression(x: Matrix, y: Matrix, ridge: float = 1e-4) -> tuple[Matrix, float]:
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / deviation, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    penalty = ridge * len(y) * np.r_[np.ones(len(w) - 1), 0]
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        hessian = (z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-9)
        w -= np.linalg.solve(hessian, z.T @ (p - y) + penalty * w)
    weights = w[:-1] / deviation
    return weights, float(w[-1] - (weights * mean).sum())


PARTS = ("best", "likeness", "topic", "sole", "clash", "untold", "heading", "place", "zone", "item")


def parts(reasons: Matrix) -> Matrix:
    """Return what `pair_log_odds` weighs, a column a part."""
    by = dict(zip(NAMES, reasons, strict=True))
    mean = (by["words"] + by["lead"] + by["letters"]) / 3
    top = np.maximum(np.maximum(by["words"], by["lead"]), by["sentence"])
    made = {
        "best": top,
        "likeness": np.minimum(mean, 0.5),
        "untold": np.clip(1 - by["topic"] - by["clash"], 0, 1) * mean,
    }
    return np.stack([made.get(n, by.get(n)) for n in PARTS], axis=-1)


def fit(pairs: dict[tuple[str, str], Pair]) -> None:
    """Fit the first step with and without topics; print its weights and the figures on documents left out."""
    silent = [NAMES.index(n) for n in ("topic", "sole", "clash")]
    data = {}
    for names, pair in pairs.items():
        mute = pair.reasons.copy()
        mute[silent] = 0
        rows = list(pair.wanted)
        labels = [[float(u.eid in pair.wanted[i]) for u in pair.right.units] for i in rows]
        x = np.concatenate([parts(r)[rows].reshape(-1, len(PARTS)) for r in (pair.reasons, mute)])
        data[names] = x, np.tile(np.array(labels).reshape(-1), 2)

    def fitted(skip: str = "") -> tuple[Matrix, float]:
        kept = [d for names, d in data.items() if skip not in names and len(d[1])]
        return regression(np.concatenate([d[0] for d in kept]), np.concatenate([d[1] for d in kept]))

    weights, bias = fitted()
    print("\n" + ", ".join(f"{n} {w:.2f}" for n, w in zip(PARTS, weights, strict=True)) + f", bias {bias:.2f}")
    print("\nfitted without a document, judged on it (the second step as it is)")
    for name in dict.fromkeys(n for names in pairs for n in names):
        weights, bias = fitted(name)

        def left_out(p: Pair, w: Matrix = weights, b: float = bias) -> Matrix:
            return _sigmoid(_in_context((parts(p.reasons) @ w + b).astype(np.float32)))

        results = judged([p for names, p in pairs.items() if name in names], left_out)
        print(f"{name:6} " + "  ".join(f"{x:.3f}" for x in figures(results, FOUND, INCONCLUSIVE)))


def main(action: str = "") -> None:
    if not SHARED.is_dir():
        raise SystemExit("../shared is absent")
    lines: list[str] = []
    for title, (files, rows) in (
        ("The reference alignment", gold()),
        ("Ten agreements, read while cues were written", own()),
    ):
        documents = read(files)
        pairs = {(a, b): Pair(documents[a], documents[b], rows, (a, b)) for a, b in permutations(documents, 2)}
        lines += section(title, list(pairs.values()))
    if action == "fit":
        fit(pairs)
        return
    lines += section("Annotated blind, only measured", blind_pairs())
    write("bench.comparison", lines)


def section(title: str, pairs: list[Pair]) -> list[str]:
    counted = [bool(t) for p in pairs for t in p.wanted.values()]
    head = f"{title}: {sum(counted)} provisions with an equivalent, {len(counted) - sum(counted)} without."
    return [head, "", *table(pairs), "", *bands(pairs), ""]


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Count which classes of Russian words follow which: writes analyzers/repair/syntax.txt.

    python bench/syntax.py FILE...

The files are clean Russian legal texts. Words have several readings; their classes are counted by expectation
maximisation (forward and backward over each line, from the shares the dictionary gives). No word of the texts enters the
table, only classes and the closed list of prepositions, conjunctions and particles. `--leave-out N` skips every file
whose place in the list leaves 4 when divided by N (held out for measuring).
"""

import re
import sys
from collections import Counter
from math import log
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from wordfreq import get_frequency_dict  # noqa: E402

from analyzers.lemmas import folded  # noqa: E402
from analyzers.repair import repair  # noqa: E402
from analyzers.repair.syntax import AND, boundary, followed, tags  # noqa: E402

ROUNDS = 4
USUAL = 0.5
"""How much of a class's being seldomer in law than elsewhere is believed, 0..1."""
SMOOTH = 8.0
"""Occurrences of chance mixed into each row."""
LIMIT = 8.0
"""Nats a step may cost or gain at most."""
_RUSSIAN = re.compile("[а-яё]+")
_TOKEN = re.compile(r"([А-Яа-яЁё]+)|(\d+)|([^\w\s])")


def sentences(text):
    """Yield lines as lists of choices: ((class, share), …) for each word, number and mark."""
    for line in re.sub(r"<[^>]*>", " ", text).splitlines():
        out = [((".", 1.0),)]
        for match in _TOKEN.finditer(line):
            found = tags(folded(match[1])) if match[1] else ((boundary(match[0][0]), 1.0),)
            if found[0][0] in "#.-,()" and out[-1] == found:
                continue
            out.append(found)
        if len(out) > 3:
            yield [*out, ((".", 1.0),)] if out[-1][0][0] != "." else out


def states(choices):
    """Lay out the classes of each place with the indices of those they may follow: «и» makes one for each."""
    out = [[(tag, share, ()) for tag, share in choices[0]]]
    for found in choices[1:]:
        here = {}
        for tag, share in found:
            for i, (before, _, _) in enumerate(out[-1]):
                here.setdefault(followed(before, tag), [share, []])[1].append(i)
        out.append([(tag, share, tuple(froms)) for tag, (share, froms) in here.items()])
    return out


def plain(tag):
    """Return the word a class that remembers was made from: how often it stands there is no chance."""
    return next((w for w in AND if re.fullmatch(w + "(?:[AN][a-z]{4}|V[sp]|S|I|D|)", tag)), tag)


def usual():
    """Return how often each class stands in general Russian, by the shares of its words: what a step is weighed against."""
    found = Counter()
    for word, share in get_frequency_dict("ru", "large").items():
        if _RUSSIAN.fullmatch(word):
            for tag, part in tags(folded(word)):
                found[tag] += share * part
    total = found.total()
    return {tag: n / total for tag, n in found.items()}


def expected(lattice, gain, pairs, singles):
    """Add the expected counts of one line."""

    def weight(before, after):
        return gain.get((before, after), 1.0)

    forward = [[share for _, share, _ in lattice[0]]]
    scales = [1.0]
    for k in range(1, len(lattice)):
        row = []
        for tag, share, froms in lattice[k]:
            row.append(share * sum(forward[-1][i] * weight(lattice[k - 1][i][0], tag) for i in froms))
        total = sum(row) or 1e-300
        scales.append(total)
        forward.append([x / total for x in row])
    backward = [1.0] * len(lattice[-1])
    for k in range(len(lattice) - 1, 0, -1):
        earlier = [0.0] * len(lattice[k - 1])
        for j, (tag, share, froms) in enumerate(lattice[k]):
            singles[tag] += forward[k][j] * backward[j]
            for i in froms:
                step = weight(lattice[k - 1][i][0], tag) * share * backward[j] / scales[k]
                pairs[lattice[k - 1][i][0], tag] += forward[k - 1][i] * step
                earlier[i] += step
        backward = earlier


def main():
    args = sys.argv[1:]
    texts = [Path(a).read_text("utf-8") for a in args]
    lattices = [states(s) for t in texts for s in sentences(repair(t).text)]
    print(len(lattices), "lines", sum(map(len, lattices)), "words and marks")
    general = usual()
    gain = {}
    for _ in range(ROUNDS):
        pairs, singles = Counter(), Counter()
        for lattice in lattices:
            expected(lattice, gain, pairs, singles)
        total = sum(singles.values())
        rows = Counter()
        for (a, _), n in pairs.items():
            rows[a] += n
        legal = Counter()
        for b, m in singles.items():
            legal[plain(b)] += m / total
        chance = {b: m ** (1 - USUAL) * general.get(b, m) ** USUAL for b, m in legal.items()}
        gain = {
            (a, b): (pairs[a, b] + SMOOTH * m / total) / (rows[a] + SMOOTH) / max(chance[plain(b)], 1e-7)
            for a in rows
            for b, m in singles.items()
        }
    names = sorted(n for n in rows if rows[n] > 5 and singles[n] > 5)
    rows = (" ".join(str(round(10 * max(-LIMIT, min(LIMIT, log(gain[a, b]))))) for b in names) for a in names)
    lines = [" ".join(names), *rows]
    (ROOT / "analyzers" / "repair" / "syntax.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(len(names), "classes")


if __name__ == "__main__":
    main()

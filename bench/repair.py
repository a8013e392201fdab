"""Repair beside its rivals: MB/s and exact-word rates on the same damaged lines.

    python bench/repair.py [FOLDER OF CLEAN TEXTS]

Rivals: nothing; unigram segmentation with wordfreq's list (what wordninja does, for Russian); pyspellchecker's Russian
dictionary, when installed (`pip install pyspellchecker`, in an environment of its own: the product does not use it).
Time is the process's own, one core, after loading; loading is printed apart.
"""

import random
import re
import resource
import sys
import time
from functools import cache
from math import log
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "analyzers")]

from test_repair import DAMAGE, SENTENCES, _boundaries  # noqa: E402

from analyzers.frequencies import FLOOR, share  # noqa: E402
from analyzers.repair import repair  # noqa: E402

CLEAN = ROOT.parent / "shared" / "texts" / "distractors"
ROUNDS = 3


def nothing(text):
    return text


@cache
def _cost(word):
    known = share(word.lower())
    return -log(known) if known > FLOOR else 21.0 + 3.0 * len(word)


def _segmented(letters):
    best = [(0.0, 0)]
    for end in range(1, len(letters) + 1):
        best.append(min((best[start][0] + _cost(letters[start:end]), start) for start in range(max(0, end - 24), end)))
    words, end = [], len(letters)
    while end:
        start = best[end][1]
        words.append(letters[start:end])
        end = start
    return " ".join(words[::-1])


def segmentation(text):
    """Take all blanks out of each line and cut the letters anew: what a user of wordninja would do."""
    out = []
    for block in text.split("\n\n"):
        letters = re.sub(r"-\n|[\s\u00ad]", "", block)
        parts = re.split(r"([^а-яёА-ЯЁ]+)", letters)
        out.append(" ".join(_segmented(p) if p[:1].isalpha() else p for p in parts if p))
    return "\n\n".join(re.sub(r" ([;,.:)-])", r"\1", b) for b in out)


def spelling():
    """Return a pyspellchecker pass over each word, or None when it is not installed."""
    try:
        from spellchecker import SpellChecker
    except ImportError:
        return None
    checker = SpellChecker(language="ru")

    @cache
    def word(match):
        return checker.correction(match.lower()) or match

    return lambda text: re.sub(r"[А-Яа-яЁё]{2,}", lambda m: m[0] if m[0].lower() in checker else word(m[0]), text)


def rates(tool, kind):
    r = random.Random(3)
    pairs = [(s, DAMAGE[kind][0](r, s)) for _ in range(ROUNDS) for s in SENTENCES]
    pairs = [(s, d) for s, d in pairs if s != d]
    source = "\n\n".join(d for _, d in pairs)
    begun = time.process_time()
    answers = tool(source).split("\n\n")
    spent = time.process_time() - begun
    right = wanted = got = 0
    for (sentence, _), answer in zip(pairs, answers, strict=True):
        one, two = _boundaries(sentence), _boundaries(answer)
        right, wanted, got = right + len(one & two), wanted + len(one), got + len(two)
    return min(right / wanted, right / max(got, 1)), len(source.encode()) / 1e6 / max(spent, 1e-9)


def clean_speed(tool, texts):
    best = 0.0
    size = sum(len(t.encode()) for t in texts) / 1e6
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            tool(text)
        best = max(best, size / (time.process_time() - begun))
    return best, size


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CLEAN
    texts = [p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))[::4]] if folder.is_dir() else SENTENCES * 50
    begun = time.perf_counter()
    repair("п р о г р е в а л г о р и т м а и гла голы")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"loading on the first damaged line: {time.perf_counter() - begun:.2f} s, {memory} MB in all")
    tools = {
        "svod": lambda t: repair(t).text,
        "nothing": nothing,
        "wordfreq DP": segmentation,
        "pyspellchecker": spelling(),
    }
    tools = {name: tool for name, tool in tools.items() if tool}
    speed, size = clean_speed(tools["svod"], texts)
    edits = sum(len(repair(t).edits) for t in texts)
    print(f"clean text: {speed:.1f} MB/s on {size:.1f} MB, {edits} edits\n")
    print(f"{'exact words | MB/s':20}" + "".join(f"{name:>22}" for name in tools))
    for kind in DAMAGE:
        found = [rates(tool, kind) for tool in tools.values()]
        print(f"{kind:20}" + "".join(f"{rate:>13.4f} {speed:>8.3f}" for rate, speed in found))


if __name__ == "__main__":
    main()

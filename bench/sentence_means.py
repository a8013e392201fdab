"""Build corpus/data/sentence_means.npz: what queries and clauses have in common, and the topics, for the sentence model.

    python -m bench.sentence_means

Run it where `svod[semantic]` is installed, after a change of the model or of corpus/data/topics.toml (a topic the file
does not know is embedded when it is first met, .06 s). The means are of the judged queries of this folder and of the
clauses of the sample agreements: taken off, what is left of two vectors says what they have in common beside being a
query, or a clause of an agreement.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzers import embedding
from bench.judged import own
from corpus.clauses.clause import clauses
from corpus.metadata.documents import documents_of
from corpus.search.ranking.sentences import topic_text
from corpus.topics.topics import topics
from ingest.pipeline import parse_file

ROOT = Path(__file__).resolve().parents[1]
MEANS = ROOT / "corpus/data/sentence_means.npz"


def typical() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean vectors of queries and of clauses."""
    samples = [p for p in sorted((ROOT / "ingest/samples").iterdir()) if p.suffix in (".txt", ".md")]
    documents = [d for path in samples for d in documents_of(parse_file(path, path.name))]
    said = [embedding.read(embedding.passage(clause.said)) for document in documents for clause in clauses(document)]
    asked = [embedding.query(judged.query) for name in ("judged.txt", "judged.blind.txt") for judged in own(name)]
    return np.mean(asked, axis=0, dtype=np.float32), np.mean(said, axis=0, dtype=np.float32)


def main() -> None:
    """Embed and write."""
    query, clause = typical()
    texts = [topic_text(id_) for id_ in topics().by_id]
    np.savez_compressed(
        MEANS,
        model=np.frombuffer(embedding.MODEL.encode(), np.uint8),
        query=query,
        clause=clause,
        keys=np.frombuffer("\n".join(map(embedding.key, texts)).encode(), np.uint8),
        topics=np.stack([np.frombuffer(embedding.passage(text), np.int8) for text in texts]),
    )
    print(f"{MEANS.name}: {len(texts)} topics, {MEANS.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()

"""Word vectors: Navec, 250,000 words of news, from natasha's own files. The one place that imports navec."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzers.lemmas import folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class _Model(NamedTuple):
    words: list[str]
    ids: dict[str, int]
    codes: "NDArray[np.int_]"
    """Per word the number of its cell in each part of the space, a part a row."""
    cells: "NDArray[np.float64]"
    """Per part its cells: parts × cells × dimensions."""
    lengths: "NDArray[np.float64]"


@cache
def _model() -> _Model:
    """Load the model (26 MB, 0.6 s); natasha's package is not imported for it."""
    import numpy as np
    from navec import Navec

    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("natasha")
    (path,) = (Path(spec.origin).parent / "data" / "emb").glob("navec_news_*.tar")
    model = Navec.load(str(path))
    codes = np.ascontiguousarray(model.pq.indexes.T)
    cells = model.pq.codes
    squares = (cells**2).sum(2)
    lengths = np.sqrt(sum(squares[part][codes[part]] for part in range(len(codes))))
    lengths[lengths == 0] = np.inf
    words = [folded(word) for word in model.vocab.words]
    return _Model(words, {word: i for i, word in enumerate(words)}, codes, cells, lengths)


def nearest(word: str, most: int, least: float) -> list[tuple[str, float]]:
    """Return the words nearest in use to a folded word with their cosines, best first; none for an unknown word."""
    import numpy as np

    model = _model()
    number = model.ids.get(folded(word))
    if number is None:
        return []
    parts = range(len(model.codes))
    own = np.stack([model.cells[part][model.codes[part][number]] for part in parts])
    table = np.einsum("pcd,pd->pc", model.cells, own)
    dots = sum(table[part][model.codes[part]] for part in parts)
    cosines = dots / (model.lengths * model.lengths[number])
    best = np.argpartition(-cosines, most + 1)[: most + 1]
    ranked = sorted(((float(cosines[i]), model.words[i]) for i in best if i != number), reverse=True)
    return [(other, cosine) for cosine, other in ranked if cosine >= least]

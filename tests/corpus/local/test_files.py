"""A file that cannot be stored is named, and the others are stored."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.library import Put, PutOutcome
from corpus.local.library import LocalLibrary
from corpus.model import Kind, Provision, SourceFile
from tests.corpus.local import workers


def with_provisions(*provisions: Provision) -> SourceFile:
    good = workers.version_of("плохой.txt", 1)
    return replace(good, instruments=(replace(good.instruments[0], provisions=provisions),))


ARTICLE = Provision("art_1", Kind.ARTICLE, "Текст.")
BAD = {
    "the same eId twice": (with_provisions(ARTICLE, ARTICLE), "art_1"),
    "no eId": (with_provisions(replace(ARTICLE, eid="статья 1")), "статья 1"),
    "half a character": (with_provisions(replace(ARTICLE, text="\ud83d")), "UTF-8"),
}


@pytest.mark.parametrize(("file", "told"), BAD.values(), ids=BAD)
def test_bad_file_is_named_and_the_rest_is_stored(tmp_path: Path, file: SourceFile, told: str) -> None:
    library = LocalLibrary(tmp_path / "l")
    good = [workers.version_of(f"{n}.txt", n) for n in range(2)]
    first, error, last = library.put_many([good[0], file, good[1]])
    assert isinstance(error, InputError)
    assert "плохой.txt" in str(error)
    assert told in str(error)
    for outcome in (first, last):
        assert isinstance(outcome, PutOutcome)
        assert outcome.put is Put.STORED
    with pytest.raises(InputError):
        library.put(file)
    assert [d.source for d in library.documents()] == ["0.txt", "0.txt", "1.txt", "1.txt"]
    assert list(library.check()) == []

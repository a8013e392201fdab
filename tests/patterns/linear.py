"""Say why a pattern is not linear by form: what it may match in many ways, and what it may scan again and again."""

from tests.patterns.starts import Rest, Starts, Thread
from tests.patterns.tree import read
from tests.patterns.ways import WAYS, Ways

SEARCHED = frozenset({"search", "finditer", "findall", "sub", "subn", "split", "scanner"})


def reasons(pattern: str | bytes, flags: int = 0, *, searched: bool = True) -> list[str]:
    """List the reasons why a pattern is not linear; searched patterns also must not begin inside their runs."""
    tree = read(pattern, flags)
    found: list[str] = []
    _, work = Ways(found).of(tree, 0)
    if work > WAYS:
        found.append(f"one start tries a place {work:,} times at most, over {WAYS:,}: bounded choices multiply")
    Starts(found, searched).walk(tree, [Thread()], Rest())
    return list(dict.fromkeys(found))

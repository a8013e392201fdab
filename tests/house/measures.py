"""What of the product's own files can be counted: names, sizes, complexity.

`python -m tests.house.measures` writes allowed.json anew; it refuses to allow more than the file allowed before.
"""

import ast
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = Path(__file__).with_name("allowed.json")
PACKAGES = ("analyzers", "corpus", "ingest", "search_api")
SAME_THING = {"library", "store", "writing", "search"}
"""Names of modules that are the same thing behind another engine or door."""
COMPLEX = 15
_BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.AsyncFor,
    ast.IfExp,
    ast.ExceptHandler,
    ast.With,
    ast.Assert,
    ast.comprehension,
    ast.match_case,
)


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of every module of the product by its path from the root."""
    files = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every function with «path:name»."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.name}", node


def complexity(function: ast.AST) -> int:
    """Return the cyclomatic complexity of a function, and/or counted, functions inside it apart."""
    total, todo = 1, list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        total += isinstance(node, _BRANCHES) + (len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0)
        todo.extend(ast.iter_child_nodes(node))
    return total


def measured() -> dict[str, dict[str, int]]:
    """Return what is over the measure: complex functions, and `Any` by module."""
    complex_ = {name: found for name, node in functions() if (found := complexity(node)) > COMPLEX}
    anys = {
        path: found
        for path, tree in modules().items()
        if (found := sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree)))
    }
    return {"complexity": complex_, "any": anys}


def repeated_modules() -> dict[tuple[str, str], int]:
    """Return (package, stem) of modules that share a name, but for those that are the same thing."""
    stems = Counter((path.split("/")[0], Path(path).stem) for path in modules() if not path.endswith("__init__.py"))
    return {key: n for key, n in stems.items() if n > 1 and key[1] not in SAME_THING}


def repeated_classes() -> dict[str, int]:
    """Return public class names that several modules of corpus define."""
    names = Counter(
        node.name
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if path.startswith("corpus/") and isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return {name: n for name, n in names.items() if n > 1}


def main() -> None:
    """Write what is allowed; refuse to allow more."""
    now = measured()
    before = json.loads(ALLOWED.read_text("utf-8")) if ALLOWED.exists() else now
    for kind, found in now.items():
        if sum(found.values()) > sum(before[kind].values()):
            sys.exit(f"{kind}: {sum(found.values())} now, {sum(before[kind].values())} allowed; mend, do not allow")
    ALLOWED.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()

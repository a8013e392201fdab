"""Read from the source what is done with a pattern: which methods its name is called with."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from tests.patterns.recording import _USES, PACKAGES, ROOT, Entry, seen

UNKNOWN = "unknown"


def import_all() -> None:
    """Import every module of the four packages."""
    for package in PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


@cache
def _trees() -> dict[str, ast.Module]:
    paths = (p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
    return {str(p.relative_to(ROOT)): ast.parse(p.read_text("utf-8")) for p in paths}


@cache
def _names() -> dict[tuple[str, str], set[str]]:
    """Map (file, name), and ("", name) for all files, to the methods the name is used with."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, tree in _trees().items():
        own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
                continue
            name = node.id if isinstance(node, ast.Name) else node.attr
            use = _use(node, parents)
            uses[file, name].add(use)
            if isinstance(node, ast.Attribute) or name not in own:
                uses["", name].add(use)
    return uses


def _use(node: ast.AST, parents: dict[int, ast.AST]) -> str:
    parent = parents.get(id(node))
    if isinstance(parent, ast.Attribute) and parent.value is node:
        return parent.attr
    if isinstance(parent, ast.Call) and node in parent.args[:1] and _is_re(parent.func):
        return parent.func.attr
    return UNKNOWN


def _is_re(func: ast.AST) -> bool:
    """Say whether a function is one of the module re's."""
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "re"


def uses_of(file: str, line: int) -> set[str]:
    """Return how the patterns compiled on a line are used, as far as the source tells."""
    found: set[str] = set()
    for node in ast.walk(_trees()[file]):
        if (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value
            and node.lineno <= line <= (node.end_lineno or 0)
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if isinstance(node.value, ast.Call) and _is_re(node.value.func):
                found |= {use for target in targets for use in _uses_of_target(file, target)}
    return found or {_called_at_once(file, line)}


def _uses_of_target(file: str, target: ast.AST) -> set[str]:
    if not isinstance(target, ast.Name):
        return {UNKNOWN}
    uses = _names().get((file, target.id), set())
    if not target.id.startswith("_"):
        uses = uses | _names().get(("", target.id), set())
    return (uses - {"pattern", "flags"}) or {UNKNOWN}


def _called_at_once(file: str, line: int) -> str:
    for node in ast.walk(_trees()[file]):
        called = node.value if isinstance(node, ast.Attribute) else None
        if isinstance(called, ast.Call) and called.lineno == line and ast.unparse(called.func) == "re.compile":
            return node.attr
    return UNKNOWN


def written() -> Iterator[Entry]:
    """Give the patterns that functions of the module re are called with, where the module's names tell their text."""
    for file, tree in _trees().items():
        module = sys.modules.get(".".join(Path(file).with_suffix("").parts).removesuffix(".__init__"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_re(node.func) and node.func.attr in (*_USES, "compile") and node.args:
                given = [node.args[0], *(k.value for k in node.keywords if k.arg == "flags")]
                if node.func.attr == "compile":
                    given += node.args[1:2]
                values = _values(given, vars(module) if module else {})
                if values and isinstance(values[0], str):
                    flags = int(values[1]) if len(values) > 1 else 0
                    use = "" if node.func.attr == "compile" else node.func.attr
                    yield Entry(file, node.lineno, values[0], int(re.compile(values[0], flags).flags), use)


def _values(given: list[ast.expr], names: dict[str, object]) -> list[object] | None:
    try:
        return [eval(compile(ast.Expression(e), "pattern", "eval"), dict(names)) for e in given]
    except NameError:  # composed of what only its function knows: the record of a run of tests has it
        return None


def gathered() -> set[Entry]:
    """Return the patterns of all modules, imported with recording on, and those written in their functions."""
    import_all()
    return seen | set(written())

"""Mutates the safety net and runs its tests: `python -m tests.mutants [MODULE …] [--most N]`.

A mutant has one comparison, truth value, `and`/`or`, `not` or returned value changed. It lives in a copy of the
committed tree, never in the checkout. mutmut and cosmic-ray rewrite or import the whole package; each module here has
tests of its own that are known, which are a hundredth of all. A mutant that no test kills is printed; `accepted.tsv`
lists those that are right to survive, with the reason. Ends with 1 if another one survives.
"""

from __future__ import annotations

import argparse
import ast
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The tests of each module, which are run with its mutants.
MODULES = {
    "pressroom/approval/verdict.py": ["tests/approval/test_verdict.py"],
    "pressroom/approval/reasons.py": ["tests/approval/test_verdict.py", "tests/commands/releasing"],
    "pressroom/approval/approval_state.py": ["tests/approval/test_approval_state.py"],
    "pressroom/approval/signature.py": ["tests/approval/test_ssh_signature.py", "tests/approval/test_standing.py"],
    "pressroom/planning/keys.py": ["tests/planning/test_keys.py"],
    "pressroom/publish/store.py": ["tests/publish"],
    "pressroom/catalog/checks/characters.py": ["tests/catalog/test_planted_defects.py", "tests/catalog/test_checks.py"],
}
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """The line, what was changed, and the text of every mutant of a module."""
    for number, _ in enumerate(ast.walk(ast.parse(source))):
        tree = ast.parse(source)
        node = list(ast.walk(tree))[number]
        what = _change(node)
        if what:
            yield getattr(node, "lineno", 0), what, ast.unparse(tree)


def _change(node: ast.AST) -> str:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OPPOSITE:
        before = ast.unparse(node)
        node.ops[0] = _OPPOSITE[type(node.ops[0])]()
        return f"{before} → {ast.unparse(node)}"
    if isinstance(node, ast.BoolOp):
        before = ast.unparse(node)
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return f"{before} → {ast.unparse(node)}"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
        return f"{not node.value} → {node.value}"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        before = ast.unparse(node)
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        return f"{before} → without not"
    return ""


def survivors(module: str, most: int, copy: Path, chance: random.Random) -> Iterator[tuple[int, str, bool]]:
    """Each mutant that was tried: its line, its change, and whether it survived."""
    path = copy / module
    source = path.read_text(encoding="utf-8")
    every = list(mutants(source))
    assert _passes(module, copy), f"the tests of {module} fail without a mutant"
    for line, what, text in sorted(chance.sample(every, min(most, len(every)))):
        path.write_text(text, encoding="utf-8")
        yield line, what, _passes(module, copy)
    path.write_text(source, encoding="utf-8")


def _passes(module: str, copy: Path) -> bool:
    call = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", *MODULES[module]]
    return subprocess.run(call, cwd=copy, capture_output=True, check=False).returncode == 0


def main() -> int:
    """Mutate, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(MODULES))
    parser.add_argument("--most", type=int, default=10, help="mutants of each module (default: 10)")
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    rows = (Path(__file__).parent / "accepted.tsv").read_text(encoding="utf-8").splitlines()
    accepted = {tuple(row.split("\t")[:2]) for row in rows if row and not row.startswith("#")}
    wrong = tried = 0
    with tempfile.TemporaryDirectory(prefix="pressroom-mutants-") as folder:
        tree = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x"], cwd=folder, input=tree, check=True)
        for module in wanted.modules or MODULES:
            for line, what, survived in survivors(module, wanted.most, Path(folder), random.Random(wanted.seed)):
                tried += 1
                if survived:
                    known = (module, what) in accepted
                    wrong += not known
                    print(f"{module}:{line}: {'accepted' if known else 'SURVIVED'}: {what}", flush=True)
    print(f"{tried} mutants, {wrong} survived that are not accepted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

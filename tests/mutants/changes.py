"""What a mutant is: one change to the syntax tree of a module, as a careless edit would make it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

_OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.Lt: (ast.GtE, ast.LtE), ast.GtE: (ast.Lt, ast.Gt), ast.Gt: (ast.LtE, ast.GtE), ast.LtE: (ast.Gt, ast.Lt),
}  # fmt: skip
_SWAPPED = {"any": "all", "all": "any", "max": "min", "min": "max"}
_HASHES = frozenset({"fingerprint", "content_hash"})
# Types, and what is put together for a reader, are not mutated.
_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "type_params", "bases"})
_DECIDED = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a tree that is not made yet.

    `lines` has the first one of the statement that is changed, `where` is the name of the function or class it is in,
    `at_import` is True if that is no function.
    """

    lines: tuple[int, ...]
    where: str
    what: str
    at_import: bool
    make: Callable[[], None]


def changes(source: str | ast.Module) -> list[Change]:
    """Every change of a module, in the order of its text."""
    tree = ast.parse(source) if isinstance(source, str) else source
    return list(_within(tree, _Place()))


def changed(source: str, number: int) -> ast.Module:
    """A module with one of its changes made, ready to be compiled. Lines keep their numbers."""
    tree = ast.parse(source)
    changes(tree)[number].make()
    return ast.fix_missing_locations(tree)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a module a node is: its function or class, what that returns, and the line of its statement."""

    where: str = ""
    returns: str = ""
    line: int = 0
    at_import: bool = True


def _within(parent: ast.AST, place: _Place) -> Iterator[Change]:
    for name, value in ast.iter_fields(parent):
        is_type = name == "slice" and isinstance(value, ast.Tuple)  # Literal["a", "b"]
        if name in _LEFT_ALONE or is_type or isinstance(parent, ast.JoinedStr):
            continue
        if isinstance(value, ast.AST):
            yield from _at(parent, name, value, place, lambda other, name=name: setattr(parent, name, other))
        elif isinstance(value, list):
            for number, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield from _at(
                        parent, name, each, place, lambda other, n=number, v=value: v.__setitem__(n, other)
                    )  # fmt: skip


def _at(parent: ast.AST, name: str, node: ast.AST, place: _Place, put: Callable[[ast.AST], None]) -> Iterator[Change]:
    if _is_docstring(parent, node):
        return
    if isinstance(node, ast.stmt):
        place = replace(place, line=node.lineno)
    others = list(_others(node, place.returns))
    if name == "test" and not isinstance(node, _DECIDED):
        others.append((ast.UnaryOp(ast.Not(), node), f"if {_short(node)} → if not"))
    for other, what in others:
        yield Change((place.line,), place.where, what, place.at_import, partial(put, other))
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        returns = ast.unparse(node.returns) if isinstance(node, ast.FunctionDef) and node.returns else ""
        at_import = place.at_import and isinstance(node, ast.ClassDef)
        place = replace(place, where=f"{place.where}.{node.name}".lstrip("."), returns=returns, at_import=at_import)
    yield from _within(node, place)


def _is_docstring(parent: ast.AST, node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _others(node: ast.AST, returns: str) -> Iterator[tuple[ast.AST, str]]:
    """What may replace a node, and how that is said."""
    before = "" if isinstance(node, ast.comprehension) else _short(node)
    for other in (
        *_comparisons(node), *_conditions(node), *_values(node), *_displays(node), *_calls(node), *_operands(node)
    ):  # fmt: skip
        yield other, f"{before} → {_short(other)}"
    if isinstance(node, ast.comprehension):
        for number, condition in enumerate(node.ifs):
            yield _without(node, "ifs", number), f"for … if {_short(condition)} → no condition"
    for other in (*_statements(node), *_returned(node, returns)):
        yield other, f"{before} → {_short(other)}"


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return text if len(text) < 120 else f"{text[:100]} … {text[-16:]}"


def _comparisons(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for number, each in enumerate(node.ops):
            for other in _OTHERS[type(each)]:
                new = copy.deepcopy(node)
                new.ops[number] = other()
                yield new


def _conditions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for number in range(len(node.values)):
            left = [value for place, value in enumerate(node.values) if place != number]
            yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _displays(node: ast.AST) -> Iterator[ast.AST]:
    is_display = isinstance(node, ast.Tuple | ast.List | ast.Set)
    if is_display and len(node.elts) > 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield from (_without(node, "elts", number) for number in range(len(node.elts)))


def _calls(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in _SWAPPED:
            yield ast.Call(ast.Name(_SWAPPED[node.func.id], ast.Load()), node.args, node.keywords)
        if node.func.id in _HASHES and len(node.args) > 1:
            yield from (_without(node, "args", number) for number in range(len(node.args)))


def _operands(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and not isinstance(node.left, ast.Constant):
        yield node.left
        if isinstance(node.op, ast.Add | ast.BitOr | ast.BitAnd):
            yield node.right


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom)
    if is_call or isinstance(node, ast.Raise | ast.Continue | ast.AugAssign):
        yield ast.Pass()


def _returned(node: ast.AST, returns: str) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Return) or node.value is None or isinstance(node.value, _DECIDED):
        return
    if returns == "bool":
        yield ast.Return(ast.UnaryOp(ast.Not(), node.value))
    elif returns.endswith("| None"):
        yield ast.Return(ast.Constant(None))
    elif returns.startswith(("tuple", "list")) and not isinstance(node.value, ast.Tuple | ast.List):
        yield ast.Return(ast.Tuple([], ast.Load()) if returns.startswith("tuple") else ast.List([], ast.Load()))


def _without(node: ast.AST, field: str, number: int) -> ast.AST:
    new = copy.copy(node)
    setattr(new, field, [each for place, each in enumerate(getattr(node, field)) if place != number])
    return new

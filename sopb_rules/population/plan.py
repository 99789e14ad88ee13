"""The order in which the nodes of a program are computed, whoever computes them: in stages, each from those before."""

from __future__ import annotations

from sopb_rules.population.program import (
    AnyOf,
    Column,
    Constant,
    CountOf,
    HolderKey,
    LeftKey,
    Lift,
    Node,
    Program,
    Real,
    ReferenceKey,
    Relation,
    RightKey,
    Rows,
    Somewhere,
    children,
    foreign,
)


class Stages:
    """The nodes of a program by stages, and which of them are columns of their own.

    Attributes:
        rows: by table, the relation of its rows.
        names: what the column of a node is called.
        stages: by depth, what comes from other relations, and the columns of each relation, level by level.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._nodes = list(program.nodes())
        self.rows = {table: Rows(table) for table in program.layout.tables.values()}
        self._depth: dict[Node, int] = {}
        for node in self._nodes:
            own = [self._depth[each] for each in children(node)]
            away = [self._depth[each] for each in foreign(node)]
            outside = isinstance(node, Lift) or bool(away)
            self._depth[node] = max(own + away, default=0) + outside
        self.names = {node: f"#{index}" for index, node in enumerate(self._nodes)}
        self._kept = self._worth_keeping()
        self.stages = self._staged()

    def _worth_keeping(self) -> set[Node]:
        """What is computed as a column of its own: what is used twice, or by another relation, or asked for."""
        uses: dict[Node, int] = dict.fromkeys(self._nodes, 0)
        kept: set[Node] = set()
        for node in self._nodes:
            for each in children(node):
                uses[each] += 1
            kept.update(foreign(node))
            if isinstance(node, Lift):
                kept.add(node.key)
            if is_outside(node):
                kept.add(node)
        kept.update(node for node, count in uses.items() if count > 1)
        for outcome in self.program.outcomes:
            kept.update(outcome.nodes())
        return {
            node for node in kept if not isinstance(node, Constant | Column | HolderKey | LeftKey | RightKey | Real)
        }

    def _staged(self) -> list[tuple[list[Node], dict[Relation, list[list[Node]]]]]:
        """By depth: what comes from other relations, and the columns of each relation, level by level."""
        level: dict[Node, int] = {}
        stages: list[tuple[list[Node], dict[Relation, list[list[Node]]]]] = [
            ([], {}) for _ in range(max(self._depth.values(), default=0) + 1)
        ]
        for node in self._nodes:
            depth = self._depth[node]
            inner = max((level[each] for each in children(node) if self._depth[each] == depth), default=0)
            level[node] = inner
            if node not in self._kept:
                continue
            if is_outside(node):
                stages[depth][0].append(node)
            elif node.relation is not None:
                levels = stages[depth][1].setdefault(node.relation, [])
                while len(levels) <= inner:
                    levels.append([])
                levels[inner].append(node)
                level[node] = inner + 1
        return stages

    def name(self, node: Node) -> str | None:
        """The column of a node, where it has one."""
        return self.names[node] if node in self._kept else None


def is_outside(node: Node) -> bool:
    """Whether a node comes from other relations, or from other rows."""
    return isinstance(node, Lift | AnyOf | CountOf | Somewhere | ReferenceKey)

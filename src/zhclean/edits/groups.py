"""Which edits of several steps belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from zhclean.edits import Edit


class Groups:
    """Groups of all steps, and which of them have become one."""

    def __init__(self) -> None:
        self._parents: list[int] = []

    def of_step(self, groups: Iterable[int | None]) -> dict[int | None, int | None]:
        """For the groups of one step, numbers that no other step has."""
        numbers: dict[int | None, int | None] = {None: None}
        for group in groups:
            if group not in numbers:
                numbers[group] = len(self._parents)
                self._parents.append(len(self._parents))
        return numbers

    def unite(self, groups: Iterable[int | None]) -> int | None:
        """Make several groups one, and tell its number; None if there is none."""
        roots = {self._root(group) for group in groups if group is not None}
        if not roots:
            return None
        first = min(roots)
        for root in roots:
            self._parents[root] = first
        return first

    def numbered(self, edits: Sequence[Edit]) -> dict[int | None, int | None]:
        """Numbers from 0, in the order of the text, for the groups with more than one of `edits`."""
        roots = {e.group: self._root(e.group) for e in edits if e.group is not None}
        members = Counter(roots[e.group] for e in edits if e.group is not None)
        shared = {root: number for number, root in enumerate(r for r, n in members.items() if n > 1)}
        return {None: None, **{group: shared.get(root) for group, root in roots.items()}}

    def root(self, group: int | None) -> int | None:
        """The number of the group it has become one with."""
        return None if group is None else self._root(group)

    def _root(self, group: int) -> int:
        parents = self._parents
        while parents[group] != group:
            parents[group] = group = parents[parents[group]]
        return group

"""What a server's plan of a statement says: how many nodes it runs on, and how it finds its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Plan:
    """How one statement would be run."""

    statement: str
    tasks: int | None
    """On how many shards; None on a server that has none."""
    access: tuple[str, ...]
    """How its rows are found, such as "Index Scan on rows by rows_pkey"."""

    @property
    def routed(self) -> bool:
        """Whether it touches one place only: a shard, or rows that an index finds."""
        return self.tasks == 1 if self.tasks is not None else not any(one.startswith("Seq Scan") for one in self.access)


def plan_of(statement: str, explained: Sequence[Mapping[str, Any]]) -> Plan:
    """Read the JSON that EXPLAIN gives."""
    nodes = list(_nodes(explained))
    tasks = [node["Task Count"] for node in nodes if "Task Count" in node]
    access = [
        f"{node['Node Type']} on {node['Relation Name']}"
        + (f" by {node['Index Name']}" if "Index Name" in node else "")
        for node in nodes
        if "Relation Name" in node and node.get("Node Type") != "ModifyTable"
    ]
    return Plan(statement, max(tasks) if tasks else None, tuple(dict.fromkeys(access)))


def _nodes(part: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        node = cast(Mapping[str, Any], part)
        yield node
        for value in node.values():
            yield from _nodes(value)
    elif isinstance(part, list):
        for one in cast(list[object], part):
            yield from _nodes(one)

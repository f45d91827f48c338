"""Scopes: what a person's grants add up to at one instant, 条块结合."""

from collections.abc import Iterable

from monitor.domain.person import Grant, Role
from monitor.domain.scope import Scope


def in_force(grants: Iterable[Grant], now: int) -> tuple[Grant, ...]:
    """The grants whose [since, until) holds the second `now`."""
    return tuple(grant for grant in grants if grant.since <= now < grant.until)


def roles_of(grants: Iterable[Grant], now: int) -> frozenset[Role]:
    """The roles held at `now`."""
    return frozenset(grant.role for grant in in_force(grants, now))


def scope_of(grants: Iterable[Grant], now: int) -> Scope:
    """Everything the grants in force at `now` let a person see: sub-trees united with lines."""
    return united(in_force(grants, now))


def united(grants: Iterable[Grant]) -> Scope:
    """What grants reach together, whenever they hold."""
    every = tuple(grants)
    return Scope(
        frozenset(each.path for each in every if each.path),
        frozenset(each.line for each in every if each.line),
    )


def covers(scope: Scope, path: str, line: str) -> bool:
    """Whether a unit at `path` of `line` lies in the scope."""
    return line in scope.lines or _under(scope, path)


def above(scope: Scope, path: str) -> bool:
    """Whether the scope begins above the unit at `path`, and not with the unit itself."""
    return any(path.startswith(root) and root != path for root in scope.paths)


def upward(path: str) -> list[str]:
    """A unit's path and those above it, the nearest first; '/' is the last."""
    parts = path.strip("/").split("/")
    return [*(f"/{'/'.join(parts[:end])}/" for end in range(len(parts), 0, -1)), "/"]


def of_office(path: str) -> frozenset[str]:
    """The paths of grants whose holders sit at just this office: the department's people, whose
    path is `/1/`, also stand at '/'."""
    department = path.count("/") == 2  # noqa: PLR2004
    return frozenset({path, "/"} if department else {path})


def within(inner: Scope, outer: Scope) -> bool:
    """Whether everything of `inner` also lies in `outer`: nobody gives away what he has not."""
    lines = inner.lines <= outer.lines or "/" in outer.paths
    return lines and all(_under(outer, path) for path in inner.paths)


def _under(scope: Scope, path: str) -> bool:
    return any(path.startswith(root) for root in scope.paths)

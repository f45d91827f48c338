"""What may be asked of whom: every action and every screen query declares its permission here.

The declaration is read by the one door of the desk, by the kit that tries all of them against the
table, and by the reference. A function that may be called without one says why.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from inspect import signature
from typing import Any, Final, ParamSpec, TypeVar

from monitor.access import permissions, scopes
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.domain.scope import EVERYTHING, Scope

Params = ParamSpec("Params")
Answer = TypeVar("Answer")


class Reach(StrEnum):
    """Over what an action or a query works."""

    UNITS = "本人管理范围"
    HOUSE = "全省"
    SELF = "本人事项"


@dataclass(frozen=True, slots=True)
class Declared:
    """Any one of `needs` is enough; none at all: whoever is signed in, or nobody is asked (`why`).

    `audited` says that doing it leaves an audit entry.
    """

    needs: tuple[Permission, ...] = ()
    reach: Reach = Reach.UNITS
    audited: bool = False
    why: str = ""


_DECLARED: Final[dict[Callable[..., Any], Declared]] = {}


def of(function: Callable[..., Any]) -> Declared | None:
    """What a function declared; None where it declared nothing."""
    return _DECLARED.get(function)


def needs(
    *wanted: Permission, reach: Reach = Reach.UNITS, audited: bool = True
) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Declare an action: its `actor` must hold one of `wanted`, and sees only as far as that holds.

    This refuses by what the page knew; a writing action asks again in its own transaction
    (`actions.permitting.permit`), where rights are what they are now. `actor` None is whoever runs
    the command line on the machine itself.
    """

    def enter(action: Callable[Params, Answer]) -> Callable[Params, Answer]:
        place = list(signature(action).parameters).index("actor")

        @wraps(action)
        def checked(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
            given, named = list(args), dict(kwargs)
            if "actor" in named:
                named["actor"] = narrowed(named["actor"], wanted, reach)
            elif place < len(given):
                given[place] = narrowed(given[place], wanted, reach)
            return action(*given, **named)  # type: ignore[arg-type]

        _DECLARED[checked] = Declared(wanted, reach, audited)
        return checked

    return enter


def shown(
    *wanted: Permission, reach: Reach = Reach.UNITS
) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Declare a screen query: told to who holds one of `wanted`; without any, to who signed in."""

    def enter(query: Callable[Params, Answer]) -> Callable[Params, Answer]:
        _DECLARED[query] = Declared(wanted, reach)
        return query

    return enter


def free(why: str) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Declare that no permission is asked for, and why none need be."""

    def enter(function: Callable[Params, Answer]) -> Callable[Params, Answer]:
        _DECLARED[function] = Declared(why=why)
        return function

    return enter


def narrowed(actor: Any, wanted: tuple[Permission, ...], reach: Reach) -> Any:
    """The actor with the scope that these permissions have; Forbidden where that is too little."""
    if not isinstance(actor, Person) or not wanted:
        return actor
    permissions.require(actor, *wanted)
    scope = permissions.reach(actor, *wanted)
    if reach is Reach.HOUSE and not scopes.within(EVERYTHING, scope):
        raise Forbidden("超出本人管理范围", "", "全省事项由省厅办理")
    return replace(actor, scope=scope)


def told_to(person: Person, query: Callable[..., Any]) -> Scope:
    """The scope within which a screen query answers somebody; Forbidden where he may not ask."""
    declared = of(query)
    if declared is None:
        raise Forbidden("这项查询没有登记权限,不能使用", query.__name__, "请联系系统管理员")
    if not declared.needs:
        return person.scope
    permissions.require(person, *declared.needs)
    return permissions.reach(person, *declared.needs)

"""Chains 审批流程: read strictly from their data sheets, one per level; nonsense is refused."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from monitor.coordinate.moves import DECIDES
from monitor.domain.approval import Chain, ChainStep, Stage, Step
from monitor.domain.errors import InputError
from monitor.domain.person import Role
from monitor.domain.rank import RANKS

ORDER: Final = tuple(Stage)
MOST_INVITED: Final = 8


def parse(mapping: Mapping[str, Any], where: str) -> tuple[Chain, ...]:
    """All chains of a level; InputError names the chain and what is wrong in it."""
    chains = tuple(
        _chain(_mapping(each, where), mapping, where) for each in mapping.get("chains", ())
    )
    if not chains:
        raise InputError("没有审批流程(chains)", where)
    kinds = [kind for chain in chains for kind in chain.kinds]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), "")
    if twice:
        raise InputError(f"“{twice}”写进了两个流程", where, "每个种类只能有一个流程")
    return chains


def chain_for(chains: Iterable[Chain], level: str, kind: str) -> Chain:
    """The chain of a kind at a level; InputError where the office has none."""
    found = next((each for each in chains if each.level == level and kind in each.kinds), None)
    if found is None:
        raise InputError(f"没有“{kind}”的审批流程", level, "请在 data/approvals 中补充")
    return found


def laid_out(chain: Chain, invited: Mapping[Stage, Sequence[int]]) -> tuple[Step, ...]:
    """The signatures a submission wants; InputError where people are missing or named in vain.

    People named for one stage sign it in any order; the stages follow one another.
    """
    stages = {each.stage for each in chain.steps if each.invited}
    vain = next((stage for stage in invited if invited[stage] and stage not in stages), None)
    if vain is not None:
        raise InputError(f"这个流程的{vain}不用指定人员", chain.name)
    steps: list[Step] = []
    for position, each in enumerate(chain.steps, 1):
        people = tuple(dict.fromkeys(invited.get(each.stage, ())))
        if len(people) > MOST_INVITED:
            raise InputError(f"{each.stage}最多指定{MOST_INVITED}人", chain.name)
        if not each.invited:
            steps.append(Step(position, each.stage, each.role))
        elif people:
            steps += [Step(position, each.stage, each.role, holder) for holder in people]
        elif not each.optional:
            raise InputError(f"请指定{each.stage}人", chain.name)
    return tuple(steps)


def _chain(own: Mapping[str, Any], level: Mapping[str, Any], where: str) -> Chain:
    name = str(own.get("name", ""))
    at = f"{where} {name}"
    hours, days = _whole(own, "hours", at), _whole(own, "working_days", at)
    if bool(hours) == bool(days):
        raise InputError("时限应写 hours 或 working_days 其中一个", at)
    steps = tuple(_step(_mapping(each, at), at) for each in own.get("steps", ()))
    attested = own.get("attested") is True
    if attested == bool(steps):
        raise InputError("应写明环节(steps),或注明由本单位自行审核(attested)", at)
    _in_order(steps, at)
    return Chain(
        name=name,
        version=_whole(level, "version", where),
        level=str(level.get("level", "")),
        kinds=tuple(str(kind) for kind in own.get("kinds", ())),
        steps=steps,
        confirms=frozenset(_role(each, at) for each in level.get("confirms", ())),
        hours=hours,
        working_days=days,
        distinct=own.get("distinct") is True,
        attested=attested,
        source=_said(level, "source", where),
        rank=_rank(level, where),
    )


def _step(own: Mapping[str, Any], at: str) -> ChainStep:
    text = str(own.get("stage", ""))
    if text not in {stage.value for stage in Stage}:
        raise InputError(f"没有“{text}”这个环节", at, f"可选:{'、'.join(Stage)}")
    invited, optional = own.get("invited") is True, own.get("optional") is True
    if optional and not invited:
        raise InputError(f"{text}不指定人员就不能省去", at, "optional 只用于 invited 的环节")
    return ChainStep(Stage(text), _role(own.get("role"), at), invited, optional)


def _in_order(steps: Sequence[ChainStep], at: str) -> None:
    places = [ORDER.index(each.stage) for each in steps]
    if places != sorted(set(places)):
        raise InputError("环节的先后不对,或写了两次", at, f"先后为:{'、'.join(Stage)}")
    if steps and (steps[-1].invited or steps[-1].stage not in DECIDES):
        raise InputError("最后一个环节应是审签或签发", at)


def _role(text: object, at: str) -> Role:
    if text not in {role.value for role in Role}:
        raise InputError(f"没有“{text}”这个角色", at)
    return Role(str(text))


def _rank(mapping: Mapping[str, Any], where: str) -> str:
    rank = _said(mapping, "rank", where)
    if rank not in RANKS:
        raise InputError(f"级别“{rank}”不对", where, f"可选:{'、'.join(RANKS)}")
    return rank


def _said(mapping: Mapping[str, Any], key: str, where: str) -> str:
    text = str(mapping.get(key) or "").strip()
    if not text:
        raise InputError(f"缺少 {key}", where)
    return text


def _whole(mapping: Mapping[str, Any], key: str, where: str) -> int:
    value = mapping.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:  # noqa: PLR2004
        raise InputError(f"{key} 应为不大于10000的整数", where)
    return value


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError("应为“名称: 值”的形式", where)
    return value

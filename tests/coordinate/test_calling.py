"""Whom to call: the unit's own liaison who serves today, else the nearest above."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.calling import directory, nearest
from monitor.domain.duty import Liaison, Part

TODAY = date(2026, 11, 26)


def a_liaison(
    path: str, name: str, part: Part = Part.A, since: str = "", until: str = ""
) -> Liaison:
    return Liaison("420000000000", name, part=part, since=since, until=until, path=path)


def called(path: str, *every: Liaison) -> list[str]:
    return [each.name for each in nearest(directory(every, TODAY), path)]


def test_the_units_own_liaison_comes_before_the_one_above() -> None:
    above, own = a_liaison("/1/", "上"), a_liaison("/1/5/", "本")
    assert called("/1/5/", above, own) == ["本"]
    assert called("/1/5/7/", above, own) == ["本"]
    assert called("/1/55/", above, own) == ["上"]
    assert called("/2/", above, own) == []


def test_who_left_or_has_not_begun_is_not_called() -> None:
    left = a_liaison("/1/", "离", until="2026-11-25")
    later = a_liaison("/1/", "后", since="2026-11-27")
    last_day = a_liaison("/1/", "今", until="2026-11-26")
    assert called("/1/", left, later, last_day) == ["今"]


def test_the_deputy_stands_second() -> None:
    assert called("/1/", a_liaison("/1/", "乙", Part.B), a_liaison("/1/", "甲")) == ["甲", "乙"]


@given(st.lists(st.integers(1, 3), max_size=5), st.lists(st.lists(st.integers(1, 3), max_size=5)))
def test_nobody_is_called_who_does_not_stand_over_the_unit(
    unit: list[int], others: list[list[int]]
) -> None:
    def path(parts: list[int]) -> str:
        return "/" + "".join(f"{each}/" for each in parts)

    every = [a_liaison(path(each), path(each)) for each in others]
    found = called(path(unit), *every)
    over = [each for each in every if each.path != "/" and path(unit).startswith(each.path)]
    longest = max((len(each.path) for each in over), default=0)
    assert found == [each.name for each in over if len(each.path) == longest]

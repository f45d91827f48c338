"""A link is dead once two days have failed with no success between, and not before."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.instants import DAY, HOUR, day_start, shanghai_day
from monitor.domain.service_link import Answer, Probe, ServiceLink, Where, alive, detail

BEGIN = 1_795_320_000
ASKED = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(list(Answer))), min_size=1, max_size=12
)


def dead_since(told: list[tuple[int, Answer]]) -> int | None:
    """Of the failures after the last success: the first, where they touch two days."""
    works = [place for place, (_, answer) in enumerate(told) if answer is Answer.WORKS]
    later = told[works[-1] + 1 :] if works else told
    failed = [at for at, answer in later if answer is Answer.FAILS]
    return failed[0] if len({shanghai_day(at) for at in failed}) > 1 else None


@given(ASKED)
def test_a_link_is_dead_by_two_days_of_failing(steps: list[tuple[int, Answer]]) -> None:
    at, told, link = BEGIN, [], ServiceLink(1, 7, Where.MENU, "户政预约", "https://x.test/")
    for hours, answer in steps:
        at += hours * HOUR
        told.append((at, answer))
        link = link.after(Probe(answer, 200), at)
    assert link.dead_since == dead_since(told)
    assert link.checked_at == at


def test_dead_links_are_named_first_with_the_day_since_when() -> None:
    dead = ServiceLink(2, 7, Where.MENU, "户政预约", "u", told="返回状态404", dead_since=BEGIN)
    good = ServiceLink(1, 7, Where.MENU, "违章查询", "v")
    assert detail([good, dead]) == "户政预约(自2026-11-22起打不开,返回状态404)、违章查询"
    assert (alive([good, dead]), alive([dead]), alive([])) == (True, False, False)
    assert day_start(shanghai_day(BEGIN)) + DAY > BEGIN

"""Snapshots are thinned to the first, the last of a month, and those a day and a week after."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from monitor.domain.instants import DAY
from monitor.runs import purge
from monitor.runs.parts import Parts
from tests.builders import T, a_post, put
from tests.runs.purge_rows import FEW, MINE, SECOND, cleared, place


@FEW
@given(
    seen=st.lists(
        st.tuples(st.integers(300, 520), st.booleans()), unique_by=lambda each: each[0], max_size=25
    )
)
def test_snapshots_are_thinned_to_what_a_naive_reading_leaves(
    apart: Parts, seen: list[tuple[int, bool]]
) -> None:
    cleared(apart.store)
    published = SECOND - 500 * DAY
    with apart.store.writing() as tx:
        whose = place(tx)
        key = a_post(tx, whose[MINE]["account"], published)
        for days, final in seen:
            row = {"key_id": key, "source": "接口", "observed_at": SECOND - days * DAY}
            put(tx, "post_obs", **row, final=final, capped="", reads=days, recorded_at=tx.stamp)
    purge.run(apart)
    with apart.store.reading() as tx:
        kept = tx.conn.execute(select(T["post_obs"].c.observed_at)).scalars().all()
    assert sorted(kept) == thinned(published, seen)


def thinned(published: int, seen: list[tuple[int, bool]]) -> list[int]:
    times = {SECOND - days * DAY: final for days, final in seen}

    def month(at: int) -> str:
        return (
            datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y%m")
        )

    def asked(at: int) -> bool:
        marks = [
            max((each for each in times if each <= published + days * DAY), default=0)
            for days in (1, 7)
        ]
        last = max(each for each in times if month(each) == month(at))
        return at >= SECOND - 400 * DAY or times[at] or at in (min(times), last, *marks)

    return sorted(at for at in times if asked(at))

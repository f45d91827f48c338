"""Nine thousand real posts of four pages, judged at many instants against a calculation apart.

The file lies beside the project where it is developed, not in it; without it these tests skip.
"""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from monitor.domain.instants import SHANGHAI
from monitor.record.store import Store
from monitor.runs import load, query, setup
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import DATA, some_parts

POSTS = DATA.parent.parent / "shared" / "data" / "pages" / "posts.csv"
COVERS = "2016-02-25..2016-12-31"
LIMIT = timedelta(days=14)

pytestmark = pytest.mark.skipif(not POSTS.exists(), reason="the file of real posts is not here")


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    return setup.ready(some_parts(sqlite_store, clock))


@pytest.fixture(scope="module")
def published() -> dict[str, pd.Series]:
    """Publishing times by page, oldest first: read by pandas, not by the product."""
    table = pd.read_csv(POSTS, dtype=str)
    times = pd.to_datetime(table["发布时间"]).dt.tz_localize(SHANGHAI)
    return {str(page): part.sort_values() for page, part in times.groupby(table["账号ID"])}


def judged(parts: Parts, as_of: datetime, rulebook: str = "gb2019") -> dict[str, dict[str, object]]:
    document = query.judgements(parts, as_of, None, rulebook)
    return {each["uid"]: each for each in document["accounts"]}


def take(parts: Parts, *, covers: str | None = COVERS) -> load.Loaded:
    period = load.parse_covers(covers) if covers else None
    return load.run(parts, POSTS, load.Asked(register=True, covers=period))


def test_every_row_is_taken_in_and_the_same_file_twice_is_one_import(parts: Parts) -> None:
    table = pd.read_csv(POSTS, dtype=str)
    first = take(parts)
    assert first.file.rows == len(table) == 9412
    assert first.file.problems == ()
    assert first.new_posts == table["作品ID"].nunique()
    assert first.registered == 4
    second = take(parts)
    assert second.already
    assert (second.new_posts, second.observations) == (0, 0)


def test_the_silence_is_right_to_the_second_just_after_posts_and_around_the_limit(
    parts: Parts, published: dict[str, pd.Series]
) -> None:
    take(parts)
    for page, times in published.items():
        last = times.iloc[-1].to_pydatetime()
        middle = times.iloc[len(times) // 2].to_pydatetime()
        instants = [
            middle + timedelta(seconds=1),
            last + timedelta(seconds=1),
            last + LIMIT - timedelta(hours=1),
            last + LIMIT,
            last + LIMIT + timedelta(seconds=1),
            last + LIMIT + timedelta(hours=1),
            datetime(2016, 11, 30, 12, tzinfo=SHANGHAI),
        ]
        for instant in instants:
            newest = times[times < instant].iloc[-1].to_pydatetime()
            silence = int((instant - newest).total_seconds())
            told = judged(parts, instant)[page]
            assert told["silence_min_seconds"] == told["silence_max_seconds"] == silence
            expected = "不合格" if instant - newest > LIMIT else "正常"
            assert told["outcome"] == expected, (page, instant)


def test_before_the_covered_time_nothing_is_held_against_a_page(parts: Parts) -> None:
    take(parts)
    for told in judged(parts, datetime(2016, 2, 23, tzinfo=SHANGHAI)).values():
        assert told["outcome"] == "暂不作认定"
        assert told["status"] == "暂不作认定"


def test_without_a_stated_period_silence_beyond_the_limit_cannot_be_told(
    parts: Parts, published: dict[str, pd.Series]
) -> None:
    take(parts, covers=None)
    for page, times in published.items():
        last = times.iloc[-1].to_pydatetime()
        within = judged(parts, last + LIMIT)[page]
        beyond = judged(parts, last + LIMIT + timedelta(seconds=1))[page]
        assert within["outcome"] == "正常"
        assert beyond["outcome"] == "暂不作认定"


def test_months_later_with_nobody_having_looked_nothing_is_held_against_a_page(
    parts: Parts,
) -> None:
    take(parts)
    for told in judged(parts, datetime(2017, 3, 1, tzinfo=SHANGHAI), "hubei-default").values():
        assert told["outcome"] == "暂不作认定"
        assert told["silence_min_seconds"] is not None

"""The small province with a quarter behind it, for a desk, and the machine that scores it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.access.ciphers import KeyRing
from monitor.clock import now
from monitor.collect.loop import EventLoop
from monitor.demo import files, fill, past, past_files
from monitor.demo.interpretations import quarter_before
from monitor.demo.province import Province
from monitor.demo.quarter_story import Quarter, begun
from monitor.domain.assessed import Line, Listed
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period
from monitor.domain.instants import day_start
from monitor.record import assessments
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.runs import assess_kept, jobs, judge, load, setup
from monitor.runs.parts import Parts
from tests.e2e.running import KEY
from tests.service.parts import some_parts

ASSESSMENT = METADATA.tables["assessment"]


@dataclass
class Assessed:
    """What an office has before it presses 开始考核, and what its machine does behind it."""

    parts: Parts
    loop: EventLoop
    province: Province
    story: Quarter

    @property
    def quarter(self) -> Period:
        """The quarter that is assessed."""
        return quarter_before(self.province.first_day)

    def work(self) -> None:
        """Do the jobs that wait, as the scheduler does every two seconds."""
        assert jobs.run(self.parts, self.loop) > 0

    def newest(self) -> Assessment:
        """The assessment begun last."""
        with self.parts.store.reading() as tx:
            return assessments.every(tx)[0]

    def line(self, key: int, unit: str, indicator: str) -> Line:
        """A line of a unit as it stands."""
        _, lines, _ = assess_kept.result(self.parts, key)
        return next(each for each in lines if (each.unit, each.indicator) == (unit, indicator))

    def days_later(self, key: int) -> None:
        """结果反馈 is over."""
        with self.parts.store.writing() as tx:
            over = ASSESSMENT.update().where(ASSESSMENT.c.id == key)
            tx.conn.execute(over.values(feedback_until=tx.second - 1))

    def late_file(self, key: int) -> Listed:
        """A unit whose main account nobody could read hands in its quarter; which it is."""
        roster, _, _ = assess_kept.result(self.parts, key)
        by_code = {each.unit: each for each in roster}
        late = next(
            each
            for each in self.province.residents
            if each.marks == {"nokey"} and each.seat.code in by_code
        )
        period = self.quarter.since, self.quarter.until
        content = files.content(self.province, [late], period, 1)
        taken = load.take(self.parts, content, "迟交.csv", load.Asked("universal", covers=period))
        assert taken.new_posts
        judge.run(self.parts)
        return by_code[late.seat.code]


@contextmanager
def assessed(store: Store, data: Path) -> Iterator[Assessed]:
    """The province filled, the months before taken in, the scheme in force."""
    ring = KeyRing((bytes.fromhex(KEY),))
    more = {"data_dir": data, "keys": lambda: ring, "demo": True, "demo_small": True}
    parts = some_parts(store, now, **more)
    setup.shipped_units(parts)
    fill.fill(parts, lambda _line: None)
    province = Province(fill.SEED, fill.day_filled(parts), small=True)
    past.taken_in(parts, province, lambda: None)
    _read(parts, province)
    with EventLoop() as loop:
        story = begun(parts, province, fill.LOGIN, lambda: jobs.run(parts, loop))
        story.prepared()
        yield Assessed(parts, loop, province, story)


def _read(parts: Parts, province: Province) -> None:
    """What a sweep would have read of WeChat since the files of the past end: early in a quarter a
    good part of the one before."""
    since = max(b for _, _, b in past_files.stretches(province.first_day))
    until = day_start(province.first_day)
    mine = [
        each
        for each in province.residents
        if each.world.platform == "wechat" and past_files.hands_in(each)
    ]
    content = files.content(province, mine, (since, until), 1)
    load.take(parts, content, "近期.csv", load.Asked("universal", covers=(since, until)))

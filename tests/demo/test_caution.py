"""What the product itself says of the demonstration: nothing bad of anybody who exists."""

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

from monitor.demo import fill
from monitor.demo.places import INVENTED
from monitor.domain.clearing import Answer, State
from monitor.domain.finding import Outcome
from monitor.record.store import Store
from monitor.runs import number_hints, query, setup
from tests.conftest import StandingClock
from tests.service.parts import DATA, some_parts


def test_nobody_real_is_ever_called_worse_than_reminded(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("local"))
    (data / "local").mkdir()
    parts = some_parts(sqlite_store, clock, data_dir=data, demo=True, demo_small=True)
    setup.shipped_units(parts)
    said: list[str] = []
    fill.fill(parts, said.append)
    outcomes: Counter[str] = Counter()
    for rulebook in ("hubei-default", "gb2019"):
        for days in (0, 5, 40):
            as_of = clock.now + timedelta(days=days)
            document = query.judgements(parts, as_of, None, rulebook)
            for account in document["accounts"]:
                found = {account["outcome"], *(each["outcome"] for each in account["findings"])}
                outcomes.update(found)
                if account["unit"][:2] not in INVENTED:
                    assert Outcome.FAIL not in found, account
    assert outcomes[Outcome.FAIL] > 10
    assert outcomes[Outcome.OK] > outcomes[Outcome.FAIL]
    assert outcomes[Outcome.UNDECIDED] > 10
    [pointed] = number_hints.look(parts, int(clock.now.timestamp()), 1 << 61)[1]
    [leaping] = [
        each
        for each in fill.Province(fill.SEED, clock.now.date(), small=True).residents
        if each.world.leap
    ]
    assert pointed.account_id == query.account_ids(parts)["douyin", leaping.world.uid]
    assert leaping.seat.name[:2] in INVENTED
    found = [each.line for each in query.clearing_lines(parts, 1).values()]
    assert {each.state for each in found} == set(State) - {State.RETURNED}
    assert {Answer.TRUE, Answer.CHANGE, Answer.CLOSE} <= {each.answer for each in found}


def test_on_its_first_day_the_province_is_a_ledger_and_nothing_can_be_told(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("local"))
    (data / "local").mkdir()
    parts = some_parts(sqlite_store, clock, data_dir=data, demo=True, demo_small=True)
    setup.shipped_units(parts)
    said: list[str] = []
    fill.fill(parts, said.append, sourced=False)
    document = query.judgements(parts, None, None, None)
    assert {each["outcome"] for each in document["accounts"]} == {
        Outcome.UNDECIDED,
        Outcome.NOT_COUNTED,
    }
    with sqlite_store.reading() as tx:
        for table in ("post", "coverage", "credential", "import"):
            assert tx.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0

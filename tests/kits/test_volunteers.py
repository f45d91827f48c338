"""Two equal provinces, one with volunteers: no query, table or paper says anything else for it."""

import inspect
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import pytest

from monitor.actions import campaign_reviewing
from monitor.domain.campaign import TaskMove
from monitor.domain.scope import EVERYTHING
from monitor.domain.volunteer import Reply
from monitor.record.store import open_store
from monitor.runs import export, setup
from tests.actions.campaign_office import SECOND
from tests.actions.test_volunteering import NAME, VolunteerOffice
from tests.conftest import NOW, StandingClock
from tests.kits.test_screens import QUERIES, arguments, told
from tests.service.parts import some_parts

APART: Final = frozenset(
    {
        *("volunteering.invited", "volunteering.candidates", "volunteering.to_answer"),
        "telling.messages",  # who was told is what it lists
        "officers.officers",  # the register itself
        *("auditing.actions", "auditing.entries", "auditing.state", "auditing.verified"),
    }
)
TABLES: Final = ("accounts", "posts", "health", "problems", "undecided", "places", "campaigns")


def an_office(template: Path, folder: Path, *, volunteers: bool) -> VolunteerOffice:
    """A campaign under way, one account verified; with volunteers or without."""
    shutil.copy(template, folder / "store.db")
    clock = StandingClock(NOW)
    office = VolunteerOffice(open_store(f"sqlite:///{folder / 'store.db'}", clock), clock)
    saved = office.issued()
    office.decide(office.tasks(saved)["平安荆州(演示)"], TaskMove.VERIFY, published=SECOND - 60)
    if volunteers:
        office.invite(saved, *office.volunteers)
        for version, said in enumerate(("参加", "不参加")):
            office.by_link(office.link(saved), said, version)
            office.answer(saved, Reply.JOINS)
    return office


@pytest.fixture(scope="module")
def offices(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[VolunteerOffice, VolunteerOffice]]:
    made = [
        an_office(sqlite_template, tmp_path_factory.mktemp(f"volunteers{each}"), volunteers=each)
        for each in (False, True)
    ]
    yield made[0], made[1]
    for each in made:
        each.store.close()


def answer(office: VolunteerOffice, name: str) -> Any:
    """What a query says of the campaign and the whole house."""
    query = QUERIES[name]
    given = arguments(query, office.accounts["平安荆州(演示)"])
    if "campaign_id" in inspect.signature(query).parameters:
        given["campaign_id"] = 1
    wanted = given.get("wanted")
    if wanted is not None and "campaign" in {each.name for each in fields(wanted)}:
        given["wanted"] = replace(wanted, campaign=1)
    with office.store.reading() as tx:
        return query(tx, EVERYTHING, **given)


def test_volunteers_change_no_answer(offices: tuple[VolunteerOffice, VolunteerOffice]) -> None:
    changed = []
    for name in sorted(set(QUERIES) - APART):
        without, having = (told(answer(each, name)) for each in offices)
        if repr(having) != repr(without) or NAME in having:
            changed.append(name)
    assert changed == []


def test_the_lists_apart_do_tell_them(offices: tuple[VolunteerOffice, VolunteerOffice]) -> None:
    assert [NAME in told(answer(each, "volunteering.invited")) for each in offices] == [False, True]


def test_volunteers_change_no_table_that_leaves(
    offices: tuple[VolunteerOffice, VolunteerOffice], tmp_path: Path
) -> None:
    made: list[dict[str, str]] = []
    for number, office in enumerate(offices):
        parts = setup.ready(some_parts(office.store, office.clock))
        folder = tmp_path / f"{number}"
        folder.mkdir()
        for what in TABLES:
            export.run(parts, export.Request(what, purpose="年度总结"), folder / f"{what}.csv")
        made.append({each.name: each.read_text("utf-8-sig") for each in folder.iterdir()})
    assert len(made[0]) >= len(TABLES)
    assert made[0] == made[1]


def test_volunteers_change_nothing_of_the_review_paper(
    offices: tuple[VolunteerOffice, VolunteerOffice],
) -> None:
    reviews = []
    for office in offices:
        with office.store.reading() as tx:
            found = campaign_reviewing.material(tx, EVERYTHING, office.now, 1)
        assert found is not None
        reviews.append(campaign_reviewing.review(found, office.now))
    assert reviews[0] == reviews[1]

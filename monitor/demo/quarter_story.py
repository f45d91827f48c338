"""Last quarter's 考核 of the demonstration: as far as 结果反馈, a unit's objection waiting.

The scheme was put in force before the quarter began, its documents were interpreted within it; the
assessment itself is begun now and scored by the job an office's is. Marks fall by the dice, never
so low that a unit that exists would be called poor.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from monitor.actions import assessing, objecting, people, reviewing, schemes
from monitor.actions.assessing import NewAssessment, Pressed
from monitor.actions.objecting import Raising
from monitor.actions.reviewing import Drawing, Marking
from monitor.actions.sending import Sent
from monitor.demo.broadcasts import POLICY
from monitor.demo.campaign_story import Story
from monitor.demo.dice import pick, roll
from monitor.demo.interpretations import INTERPRETATIONS, quarter_before, quarter_of
from monitor.demo.places import MARK
from monitor.demo.province import Province
from monitor.domain.assessed import Line, Listed
from monitor.domain.assessment import Kind, Move
from monitor.domain.assessment_kept import Mark
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.instants import DAY, HOUR, from_second, shanghai_day, to_second
from monitor.domain.person import Grant, Person, Role
from monitor.domain.unit import Level
from monitor.runs import assess_kept, match, query, setup
from monitor.runs.parts import Parts

SCHEME: Final = "hubei-police-default"
FORM: Final = "demo-quarter"
REVIEWERS: Final = (("assessor-1", f"闻某{MARK}"), ("assessor-2", f"蔺某{MARK}"))
HEAD: Final = "campaign-head"
LIAISON: Final = ("assessed-unit", f"翟某{MARK}")
DRAWN: Final = {"A3": 2, "B3": 3}
"""Works drawn of each unit for the lines that people score: the least that is scored at all."""
SHARES: Final = (0.6, 0.8, 0.8, 1.0)
"""Of five questions so many are answered with yes of a unit's works, one more or less by the other
reviewer."""
OBJECTED: Final = "C3"
WORDS: Final = "有一周的作品发布后改过标题,似未计入,附后台截图(演示)。"
PHONE: Final = "027-00000000"
SCAN: Final = b"%PDF-1.4\n% demonstration only\n"
Wait = Callable[[], object]
"""Does the jobs that wait, or lets whoever does them go on."""


def fill(parts: Parts, province: Province, editor: str, wait: Wait) -> int:
    """The scheme, what was interpreted, and the assessment until a unit objects; its id. Taken up
    again after a stop, nothing is done twice."""
    story = begun(parts, province, editor, wait)
    key = story.scored(quarter_before(province.first_day).code, story.prepared())
    story.marked(key)
    story.fed_back(key)
    story.objected(key)
    return key


def begun(parts: Parts, province: Province, editor: str, wait: Wait) -> "Quarter":
    """The story with its people there, nothing done yet."""
    _people(parts)
    return Quarter(parts, province, editor, wait)


def _share(mark: Mark, seat: int) -> float:
    """What a reviewer gives: near to each other, so that nobody has to decide between them."""
    usual = pick(SHARES, "unit", mark.unit_id)
    other = seat and roll(2, "other", mark.item, mark.unit_id)
    return round(usual - 0.2 * other, 1)


def _people(parts: Parts) -> None:
    """Two reviewers who do not see each other's marks."""
    new = [
        (login, name, Grant(Role.ASSESSOR, setup.EVERYTHING))
        for login, name in REVIEWERS
        if not query.signs_in(parts, login)
    ]
    setup.colleagues(parts, new, act=True)


class Quarter:
    """The people of the story, and what they press; every step may be asked for again."""

    def __init__(self, parts: Parts, province: Province, editor: str, wait: Wait) -> None:
        self._parts, self._province, self._wait = parts, province, wait
        self._editor, self._head = self._called(editor), self._called(HEAD)
        self._reviewers = [self._called(login) for login, _ in REVIEWERS]
        self._releases = Story(parts, province, editor, f"{FORM}-release")

    def prepared(self) -> int:
        """What was there before anybody assessed: the scheme in force (its id), and the quarter's
        interpretations found on the platforms."""
        quarter = quarter_before(self._province.first_day)
        revision = self._in_force(last_ended(Sort.QUARTER, quarter.since).since)
        self._interpreted()
        return revision

    def _in_force(self, since: int) -> int:
        """The shipped scheme copied, sent out and put in force before a quarter begins; its id."""
        then = replace(
            self._parts, store=self._parts.store.under(lambda: from_second(since - 20 * DAY))
        )
        store, folder = then.store, self._parts.data_dir
        revision = schemes.begin(store, self._editor, folder, SCHEME, self._sent("scheme"))
        kept = assess_kept.scheme(self._parts, revision)
        text = assess_kept.binding(kept, shanghai_day(since))
        sent = self._sent("scheme-text", kept.version)
        schemes.save_text(store, self._editor, revision, text, sent)
        for move, does, who in (
            (Move.CONSULT, schemes.press, self._editor),
            (Move.PUT_IN_FORCE, schemes.put_in_force, self._head),
        ):
            version = assess_kept.scheme(self._parts, revision).version
            pressed = schemes.Pressed(revision, version, move)
            does(store, who, pressed, self._sent(f"scheme-{move.name}"))
        return revision

    def _interpreted(self) -> None:
        """Two documents of the quarter's list, released to every main unit and looked for."""
        releases, day = self._releases, self._province.first_day
        told = [releases.issued(each) for each in INTERPRETATIONS]
        for each in told:
            releases.excused(each)
        match.run(self._parts)
        for each in told:
            releases.ended(each)
        quarter = quarter_before(day)
        if quarter_of(POLICY.issued_at(day)) != quarter:  # else its list is there already
            releases.listed(quarter, INTERPRETATIONS[0].issued_at(day) - HOUR)
        ids = assess_kept.documents(self._parts, quarter.code)
        for each in told:
            number = each.broadcast.content.document.partition("《")[0]
            releases.links(ids[number], each)

    def scored(self, period: str, revision: int) -> int:
        """Begun, and scored by the job; its id."""
        new = NewAssessment(period, Kind.FORMAL, revision)
        key = assessing.begin(self._parts.store, self._editor, new, self._sent("begin"))
        self._press(key, Move.GENERATE)
        self._done()
        return key

    def marked(self, key: int) -> None:
        """Works drawn and marked by two people who do not see each other's marks; scored again."""
        store = self._parts.store
        for line, most in DRAWN.items():
            version = assess_kept.assessment(self._parts, key).version
            drawing = Drawing(key, version, line, most)
            reviewing.draw(store, self._editor, drawing, self._sent(f"draw-{line}"))
        drawn = assess_kept.to_mark(self._parts, key)
        for seat, person in enumerate(self._reviewers):
            for each in drawn:
                marking = Marking(each.id, 1 + seat, _share(each, seat))
                reviewing.mark(store, person, marking, self._sent(f"mark-{each.id}-{seat}"))
        self._done()

    def fed_back(self, key: int) -> None:
        """反馈各单位."""
        self._press(key, Move.FEED_BACK)

    def objected(self, key: int) -> None:
        """One county that lacks a week says so, with a picture of its back end."""
        unit, line = self.lacking(key)
        login, name = LIAISON
        if not query.signs_in(self._parts, login):
            grant = Grant(Role.UNIT_LIAISON, unit.path)
            setup.colleagues(self._parts, [(login, name, grant)], act=True)
        raising = Raising(key, unit.unit, OBJECTED, WORDS, line.most, (SCAN,), PHONE)
        sent, person = self._sent("objection"), self._called(login)
        given = (self._parts.vault(), self._parts.data_dir, raising, sent)
        objecting.raise_objection(self._parts.store, person, *given)

    def lacking(self, key: int) -> tuple[Listed, Line]:
        """The first county, one with a grade before others, that lacks points of the line."""
        roster, lines, totals = assess_kept.result(self._parts, key)
        counties = {each.unit: each for each in roster if each.level == Level.COUNTY.value}
        ungraded = {each.unit for each in totals if not each.grade}
        found = [
            (each.unit in ungraded, each)
            for each in lines
            if each.indicator == OBJECTED and each.unit in counties and (each.share or 1) < 1
        ]
        line = min(found, key=lambda pair: pair[0])[1]
        return counties[line.unit], line

    def _press(self, key: int, move: Move) -> None:
        kept = assess_kept.assessment(self._parts, key)
        pressed = Pressed(key, kept.version, move)
        store, folder = self._parts.store, self._parts.data_dir
        assessing.press(store, self._editor, folder, pressed, self._sent(move.name))

    def _done(self) -> None:
        while assess_kept.scoring(self._parts):
            self._wait()

    def _called(self, login: str) -> Person:
        now = to_second(self._parts.now())
        return people.person_called(self._parts.store, login, now)

    def _sent(self, key: str, version: int = 0) -> Sent:
        return Sent(FORM, key, version)

"""印发 of a settled result: frozen as a bulletin of the office, under the next number of all."""

from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import bulletin_issuing, permitting, scorecards
from monitor.actions.permitting import permit_house
from monitor.collect import shelf
from monitor.domain.assessment import FINAL, Act, Asked, Kind, Move
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Sort
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.record import assessments, audit, bulletins, photos
from monitor.record.bulletins import Drafted, Kept
from monitor.record.store import Reading, Store, Writing
from monitor.report import scorecard_paper, word_file

DRAFTED: Final = "草稿"
FOLDER: Final = "case_files"
"""Below the local folder: where templates of papers that left are kept, as for all bulletins."""


WORD_NAME: Final = "考核结果通报-{}.docx"


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def bulletin(
    store: Store, actor: Person, assessment_id: int, office: str, data_dir: Path
) -> tuple[str, bytes]:
    """The bulletin of a settled result by group as Word, name and bytes: once it is issued the same
    bytes whenever it is fetched, before that a draft. 试评 has none."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, "考核由省厅组织")
        kept = scorecards.kept_of(tx, assessment_id)
        if kept.state not in FINAL or kept.kind is Kind.TRIAL:
            raise Forbidden("没有审定的正式结果不能通报", kept.title, "请先审定")
        out = issued(tx, kept.id)
        if out is None:
            found = scorecards.whole(tx, kept.id, tx.second, actor.name)
            values = scorecard_paper.bulletin(found, office, _typed(tx, kept))
        else:
            values = bulletin_issuing.values(tx, out, public=False)
        number = "" if out is None else out.number
        audit.add(tx, by, "下载考核结果通报", "assessment", str(assessment_id), number)
    name = WORD_NAME.format(number or kept.period)
    made_with = shelf.template(data_dir, scorecard_paper.BULLETIN) if out is None else None
    if out is not None:
        made_with = content(data_dir, out)
    return name, word_file.fill(made_with or b"", values, scorecard_paper.BULLETIN)


def _typed(tx: Reading, kept: Assessment) -> str:
    """The number of a result that went out before there was a register; DRAFTED before that."""
    moves = assessments.moves(tx, kept.id)
    return next((each.words for each in moves if each.move == Move.ISSUE.value), DRAFTED)


def template(data_dir: Path) -> str:
    """The hash under which the bulletin's template is kept as it is now."""
    content = shelf.template(data_dir, scorecard_paper.BULLETIN)
    return photos.keep_template(data_dir / "local" / FOLDER, content)


def issue(tx: Writing, kept: Assessment, act: Act) -> Kept:
    """Enter the result in the register of bulletins and number it; a 更正单 puts the bulletin of
    the earlier result right, under a number of the corrections."""
    unit = permitting.highest(tx, None)
    if unit is None or unit.id is None:
        raise Conflict("还没有单位,不能印发", kept.title, "请先导入单位")
    earlier = _earlier(tx, kept)
    amends = None if earlier is None else (earlier[0].number, earlier[1])
    values = scorecard_paper.bulletin(
        scorecards.whole(tx, kept.id, tx.second), unit.name, "", amends
    )
    content: dict[str, Any] = {"within": values, "dropped": [], "assessment": kept.id}
    if amends is not None:
        values |= {"原文号": amends[0], "更正": amends[1]}
    drafted = Drafted(
        unit.id,
        Sort.SCORES if earlier is None else Sort.CORRECTION,
        kept.period,
        content,
        act.given[Asked.TEMPLATE],
        (kept.as_of or 0, kept.known_at or 0),
        by=act.person,
        amends_id=None if earlier is None else earlier[0].id,
    )
    made = bulletins.get(tx, bulletins.draft(tx, drafted))
    assert made is not None, "it was entered just now"
    number = bulletins.issue(tx, made, act.person)
    audit.add(tx, act.person, f"印发{made.sort}", "bulletin", str(made.id), number)
    issued = bulletins.get(tx, made.id)
    assert issued is not None, "it was entered just now"
    return issued


def issued(tx: Reading, assessment_id: int) -> Kept | None:
    """The bulletin an assessment went out with; None before, or where its number was typed."""
    for each in assessments.moves(tx, assessment_id):
        if each.move == Move.ISSUE.value and each.papers:
            return bulletins.get(tx, int(each.papers[0]))
    return None


def _earlier(tx: Reading, kept: Assessment) -> tuple[Kept, str] | None:
    """The bulletin that is put right, and why; None where nothing went out before."""
    if kept.amends_id is None:
        return None
    found = issued(tx, kept.amends_id)
    moves = assessments.moves(tx, kept.amends_id)
    why = next((each.words for each in reversed(moves) if each.move == Move.AMEND.value), "")
    return None if found is None else (found, why or "数据更正")


def content(data_dir: Path, kept: Kept) -> bytes:
    """The template a bulletin was issued with; InputError where it is gone."""
    place = photos.find(data_dir / "local" / FOLDER, kept.template)
    if place is None:
        raise InputError("印发时所用的模板不在本机", kept.number, "请从备份恢复 data/local")
    return place.read_bytes()

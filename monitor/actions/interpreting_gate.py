"""Together with its document: an interpretation is not issued before it, and says why when late."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from monitor.actions.approval_terms import calendar
from monitor.coordinate.interpreting import names_it
from monitor.domain.calendar import Calendar
from monitor.domain.campaign import Kind
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.interpreting import TOGETHER, Document
from monitor.record import interpretings
from monitor.record.campaigns import Kept
from monitor.record.store import Writing

FIELD: Final = "补发理由"
LONGEST: Final = 200


def reason(tx: Writing, kept: Kept, said: str, data_dir: Path) -> str:
    """What is written down beside the issue of a 政策解读: '' where it comes with its document.

    Conflict where a document it names, of any list, is not issued yet; InputError where that is
    more than a working day past and nobody says why (补发解读).
    """
    words = said.strip()
    refuse_marked({FIELD: words})
    if len(words) > LONGEST:
        raise InputError(f"{FIELD}超过{LONGEST}字", FIELD, "请精简")
    if kept.content.kind is not Kind.POLICY:
        return ""
    named = [
        each.document
        for each in interpretings.every_document(tx)
        if names_it(each.document, kept.content.document)
    ]
    late = [_late(tx, each, calendar(data_dir)) for each in named]
    if any(late) and not words:
        day = shanghai_day(max(each.issued for each in named)).isoformat()
        told = f"文件{day}已印发,与解读不同步,这是补发解读"
        raise InputError(told, FIELD, "请写明为什么没有与文件一起发布")
    return f"补发解读:{words}" if any(late) else ""


def _late(tx: Writing, document: Document, works: Calendar) -> bool:
    day, today = shanghai_day(document.issued), shanghai_day(tx.second)
    if today < day:
        told = f"{document.label}{day.isoformat()}印发,解读不能先于文件下达"
        raise Conflict(told, "解读文件", "请在文件印发的当天或以后下达")
    ahead = range(1, (today - day).days + 1)
    return sum(works.works(day + timedelta(days=each)) for each in ahead) > TOGETHER

"""A returned form: which one it is by what is hidden in it, else by its name or its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect import ledger
from monitor.collect.files import values
from monitor.collect.files.grid import LIMITS, Limits
from monitor.collect.files.values import plain
from monitor.collect.ledger import LedgerFile
from monitor.collect.ledger_header import Learnt
from monitor.collect.ledger_units import Units
from monitor.domain.form import FORM_MARK, HIDDEN_SHEET, Form
from monitor.domain.unit import Unit

EXPLAINING: Final = frozenset({HIDDEN_SHEET, "说明"})


@dataclass(frozen=True, slots=True)
class FormFile:
    """A returned file as read; `token` is '' where nothing is hidden in it."""

    token: str
    ledger: LedgerFile


def read(content: bytes, name: str, learnt: Learnt, limits: Limits = LIMITS) -> FormFile:
    """The form in a file; InputError where it is no table, or none with a ledger's header."""
    found = ledger.opened(content, name, limits)
    token = ""
    for sheet in found:
        first = [values.text_of(cell) for cell in sheet.rows[0]] if sheet.rows else []
        if sheet.name == HIDDEN_SHEET and len(first) > 1 and first[0] == FORM_MARK:
            token = first[1]
    told = [each for each in found if each.name not in EXPLAINING]
    return FormFile(token, ledger.read_sheets(told, name, learnt))


def whose(file: FormFile, forms: Sequence[Form], units: Sequence[Unit]) -> Form | None:
    """The form a file without a token must be: by its file's name, else by all of its rows."""
    name = plain(file.ledger.name)
    named = [each for each in forms if plain(each.unit_name) in name]
    named = named or [
        each for each in forms if each.region_name and plain(each.region_name) in name
    ]
    if len(named) == 1:
        return named[0]
    known = Units(units)
    owners = {
        form.id: form
        for row in file.ledger.rows
        for unit in (known.find(row),)
        if isinstance(unit, Unit)
        for form in forms
        if unit.path.startswith(form.path)
    }
    return next(iter(owners.values())) if len(owners) == 1 else None

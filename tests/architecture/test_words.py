"""What must be said is said: the banner at text boxes that leave, the stop on marks of secrecy."""

import ast
from typing import Final

from tests.architecture.sources import Source, sources

FREE: Final = frozenset({"remark", "title", "body", "opinion", "reason", "explanation"})
"""Names of fields and arguments of actions that hold what somebody typed in his own words."""
SEARCHES: Final = frozenset({"dashboard/filters.py", "dashboard/form_sheet.py"})
"""Where words go nowhere but into a query, and the sheet whose boxes others draw."""


def test_every_action_that_takes_free_words_stops_marks_of_secrecy() -> None:
    """Call `classified.refuse_marked({field: text})`, or `reason.Field.checked` which does, before
    anything is kept."""
    taking = [each for each in sources("monitor/actions") if FREE & _asked(each)]
    assert len(taking) >= 2
    stops = ("refuse_marked", "domain.reason import Field")
    assert not [each.name for each in taking if not any(stop in each.text for stop in stops)]


def _asked(source: Source) -> set[str]:
    """Fields of its dataclasses and arguments of its public functions that are texts."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found |= {node.target.id} if _is_text(node.annotation) else set()
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            every = (*node.args.args, *node.args.kwonlyargs)
            found |= {each.arg for each in every if _is_text(each.annotation)}
    return found


def _is_text(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == "str"


def test_every_text_box_whose_words_leave_stands_under_the_banner() -> None:
    """Draw `markup.unclassified()` in the same form."""
    bare = [
        each.name
        for each in sources("dashboard")
        if each.name not in SEARCHES
        and ("text_input(" in each.text or "text_area(" in each.text)
        and "unclassified()" not in each.text
    ]
    assert not bare


def test_every_page_has_the_notes_under_it_whatever_becomes_of_it() -> None:
    frame = next(each for each in sources("dashboard") if each.name == "dashboard/frame.py")
    app = next(each for each in sources("dashboard") if each.name == "dashboard/app.py")
    calls = [ast.unparse(node) for node in app.tree.body]
    assert calls[-1] == "frame.foot(visit)"
    failed = next(each for each in frame.functions() if each.name == "script_failed")
    assert ast.unparse(failed).count("_foot('')") == 2

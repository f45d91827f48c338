"""Secrets of every kind are planted by their real paths, work is done and breaks; none shows.

Looked through afterwards: every column of every table (run log, passes, jobs, outbox and audit
among them), every file that was written, the backup, all logs at their finest, and every error with
all it was caused by.
"""

import logging
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from monitor.actions import (
    auditing,
    exporting,
    form_receipts,
    forms,
    people,
    revealing,
    rosters,
    sending,
    sign_in,
)
from monitor.actions.revealing import Why
from monitor.actions.sending import Sent
from monitor.collect.loop import EventLoop
from monitor.domain.account import Account
from monitor.domain.contact import OwnerKind
from monitor.domain.duty import Roster
from monitor.domain.person import Grant, Person, Role
from monitor.domain.receipt import Answer
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, contacts, sendings, units
from monitor.record import rosters as kept
from monitor.record.screens.auditing import AuditWanted
from monitor.record.store import Store
from monitor.runs import backups, collect, digest, export, export_asked, jobs, send, setup
from monitor.runs import credentials as keys
from monitor.runs.parts import MailBox, Pace, Parts
from tests.collect.files import books
from tests.conftest import StandingClock
from tests.faults.test_killed import NOW, agreed, chosen
from tests.kits.platform_server import Trial, dated, hosted
from tests.planting import Planted, cells, files
from tests.service.parts import some_parts

OFFICE = Unit(code="420000000000", name="省公安厅", level=Level.PROVINCE)
UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY, parent_code=OFFICE.code)
MOBILE, OFFICE_PHONE = "13987654321", "027-87316942"
PASSWORD, GUESS, MAIL_PASSWORD = "Calm-Harbour-7319", "Guessed-Harbour-7319", "mail-box-7319-xyz"
TYPED = ("核实甲村停更七三一九", "通报附件乙稿七三一九", "审计丙项七三一九", "未交草稿七三一九")
NOBODY = ("演示网友", "@citizen")
"""How the stand-ins name who comments: of them nothing is kept, not even a hash."""


@pytest.fixture
def parts(store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    clock.now = NOW
    mail = MailBox("127.0.0.1", 1, "none", "office@example.org", ("desk@example.org",))
    mail = replace(mail, username="office", password=MAIL_PASSWORD, timeout_seconds=5)
    ready = setup.ready(some_parts(store, clock, mail=mail))
    for each in ready.data_dir.iterdir():
        if each.name != "local":
            (tmp_path / each.name).symlink_to(each)
    (tmp_path / "local").mkdir()
    return replace(ready, data_dir=tmp_path)


@pytest.fixture
def planted(parts: Parts) -> Planted:
    made = Planted()
    made.add("mail password", MAIL_PASSWORD)
    made.add("commenter", *NOBODY)
    return made


def echoes() -> web.Application:
    """A platform that repeats all it was asked, secrets included, in its own error."""

    async def answer(request: web.Request) -> web.Response:
        asked = f"{request.query_string} {(await request.text())} {dict(request.headers)}"
        said = {"errcode": 99999, "errmsg": asked, "error": asked, "error_code": 99999}
        said |= {"message": asked, "msg": asked, "code": 99999, "result": 99999, "error_msg": asked}
        return web.json_response(said | {"data": {"error_code": 99999, "description": asked}})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    return app


def read_platforms(parts: Parts, planted: Planted) -> None:
    """Keys for an account of each reader; one sweep that works, one where platforms echo."""
    with parts.store.writing() as tx:
        units.save(tx, [OFFICE, UNIT])
        found = [bench.account for bench in chosen().values()]
        accounts.save(tx, [Account(a.platform, a.name, UNIT.code, uid=a.uid) for a in found])
    for number, (name, bench) in enumerate(chosen().items()):
        values = agreed(name, bench)
        keys.put(parts, name, values, bytes([number]) * 12, bench.account.uid)
        public = {"renewed_at", "open_id", "appid", "app_id", "app_key", "client_key", "client_id"}
        planted.add("credential", *(v for k, v in values.items() if k not in public and len(v) > 7))
    with EventLoop() as loop:
        with ExitStack() as stack:
            urls = {}
            for name, bench in chosen().items():
                trial = Trial(loop, bench, name)
                app = dated(bench.server(trial.world(), trial.now), trial.now)
                urls[name] = stack.enter_context(hosted(loop, app))
            swept = collect.run(replace(parts, paces=paces(urls)), loop)
        with hosted(loop, echoes()) as url:
            parts.now.move(days=1)  # type: ignore[attr-defined]
            broken = collect.run(replace(parts, paces=paces(dict.fromkeys(urls, url))), loop)
    assert swept is not None
    assert broken is not None
    assert swept.counts["完整"] >= len(chosen()) - 1, swept
    assert broken.counts.get("完整", 0) == 0, broken


def paces(urls: dict[str, str]) -> dict[str, Pace]:
    return {name: Pace(base_url=url, per_second=1000) for name, url in urls.items()}


def sign_in_and_out(parts: Parts, planted: Planted) -> Person:
    """An editor who mistypes his password, then gets in."""
    new = people.NewPerson(
        "editor", "某人", (Grant(Role.EDITOR, "/"),), PASSWORD, must_change=False
    )
    people.enrol(parts.store, None, new)
    lasting = sign_in.Lasting()
    with planted.breaking(Exception):
        sign_in.sign_in(parts.store, "editor", GUESS, "10.0.0.1", lasting)
    entered = sign_in.sign_in(parts.store, "editor", PASSWORD, "10.0.0.1", lasting)
    planted.add("password", PASSWORD, GUESS)
    planted.add("session cookie", entered.token)
    return entered.session.person


def look_up_a_number(parts: Parts, planted: Planted, editor: Person) -> None:
    """A liaison's numbers come in by a file, and one is looked at."""
    header = list(rosters.COLUMNS[Roster.LIAISONS])
    row = [UNIT.name, "甲某", "", "", OFFICE_PHONE, MOBILE, "A岗", "2026-01-01", ""]
    asked = rosters.Asked(Roster.LIAISONS, "联络员.xlsx", books.xlsx([header, row]))
    seen = rosters.look(parts.store, editor, asked)
    rosters.save(parts.store, editor, parts.vault(), asked, seen.fingerprint)
    planted.add("phone", MOBILE, OFFICE_PHONE, OFFICE_PHONE.replace("-", ""))
    with parts.store.reading() as tx:
        [liaison] = kept.liaisons(tx)
        found = contacts.of_many(tx, OwnerKind.LIAISON, [liaison.id or 0])[liaison.id or 0]
    planted.add("typed reason", *TYPED)
    why = Why("其他", TYPED[0])
    number = revealing.reveal(parts.store, editor, parts.vault(), found[0].id, why)
    assert number in {MOBILE, OFFICE_PHONE, OFFICE_PHONE.replace("-", "")}
    with planted.breaking(Exception):
        revealing.reveal(parts.store, editor, parts.vault(), 999, why)


def hand_out_links(parts: Parts, planted: Planted) -> None:
    """Receipt links to a form; one is answered, one that nobody made is tried."""
    new = forms.NewRound("台账核对", Level.COUNTY, int(parts.now().timestamp()) + 86_400)
    forms.send(parts.store, None, new)
    with parts.store.reading() as tx:
        round_id = tx.conn.execute(text("SELECT max(id) FROM form_round")).scalar_one()
    [made] = form_receipts.make(parts.store, None, parts.key, round_id)
    planted.add("receipt token", made.token)
    sent = (Answer(), Sent("receipt", "k"))
    form_receipts.acknowledging.send(parts.store, parts.key, made.token, "10.0.0.1", sent)
    with planted.breaking(Exception):
        other = f"{made.token}x"
        form_receipts.acknowledging.send(parts.store, parts.key, other, "10.0.0.1", sent)


def export_everything(
    parts: Parts, planted: Planted, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables by the command line and on screen, one of which breaks while it is written."""
    for what in ("accounts", "health", "posts", "problems"):
        for ending in (".csv", ".xlsx"):
            request = export.Request(what, purpose=TYPED[1])
            export.run(parts, request, parts.local_dir / f"{what}{ending}")
    wanted = exporting.Wanted("health", ".xlsx", TYPED[1])

    def broken(*_: object) -> None:
        raise RuntimeError(f"{wanted}")

    with EventLoop() as loop:
        first = exporting.export_now(
            parts.store, editor, parts.vault(), wanted, Sent("export", "a")
        )
        jobs.run(parts, loop)
        assert list(export_asked.folder(parts.local_dir, first).iterdir())
        exporting.export_now(parts.store, editor, parts.vault(), wanted, Sent("export", "b"))
        with monkeypatch.context() as patch:
            patch.setattr(export, "write", broken)
            jobs.run(parts, loop)
    keeper = Person(editor.id, "k", "k", frozenset({Role.AUDIT_ADMIN}), editor.scope)
    with planted.breaking(Exception):
        auditing.export(parts.store, keeper, parts.vault(), AuditWanted(), TYPED[2])
    digest.enqueue(parts, "2026-W47", "")
    assert (send.run(parts) or setup).counts["未送达"] == 1  # type: ignore[union-attr]


def break_the_store(parts: Parts, planted: Planted, editor: Person) -> None:
    """A statement that fails is told without what was to be written."""
    words, form = {"用途": TYPED[3]}, "export"
    with planted.breaking(IntegrityError), parts.store.writing() as tx:
        sendings.keep_draft(tx, editor.id + 999, form, words, 0)
    sending.keep_draft(parts.store, editor, form, words, 0)
    sending.drop_draft(parts.store, editor, form)


def test_no_planted_secret_shows_anywhere(
    parts: Parts,
    planted: Planted,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    read_platforms(parts, planted)
    editor = sign_in_and_out(parts, planted)
    look_up_a_number(parts, planted, editor)
    hand_out_links(parts, planted)
    export_everything(parts, planted, editor, monkeypatch)
    break_the_store(parts, planted, editor)
    if parts.store.sqlite:
        backups.backup(parts, parts.local_dir / "backup.db")
    found = [f"{record.message}\n{record.exc_text or ''}" for record in caplog.records]
    looked = [*cells(parts.store), *files(parts.local_dir)]
    looked += [("logs", each) for each in found] + [("errors", each) for each in planted.told]
    assert {name.partition(".")[0] for name, _ in looked} >= {"audit", "job", "outbox", "run"}
    assert any(record.exc_text for record in caplog.records)
    shown = sorted({each for place, content in looked for each in planted.showing(place, content)})
    assert not shown

"""The command line: one command per run, put together from `monitor.commands`."""

import typer

from monitor.commands import (
    assessing,
    bundles,
    evidence,
    forms,
    keys,
    leaving,
    patrol,
    purging,
    registry,
    reports,
    service,
    trial,
)

app = typer.Typer(
    name="sentinel",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="矩阵哨兵:公安政务新媒体账号的运行管理。",
)
audit = typer.Typer(no_args_is_help=True, help="审计记录")
audit.command("verify")(service.verify_audit)

app.command("setup")(service.set_up)
app.command("doctor")(service.examine)
app.command("run")(service.run)
app.command("work")(service.work)
app.command("demo")(service.demo)
app.command("scheduler", hidden=True)(service.keep_timetable)
app.add_typer(registry.units, name="units")
app.add_typer(registry.accounts, name="accounts")
app.add_typer(registry.people, name="people")
app.add_typer(registry.credentials, name="credentials")
app.add_typer(keys.keys, name="keys")
app.add_typer(forms.forms, name="forms")
app.command("collect")(evidence.collect)
app.command("probe")(evidence.probe)
app.command("load")(evidence.load)
app.command("calibrate")(evidence.calibrate)
app.command("judge")(evidence.judge)
app.command("assess")(assessing.assess_period)
app.add_typer(patrol.patrol, name="patrol")
app.add_typer(reports.reports, name="reports")
app.command("digest")(leaving.digest)
app.command("export")(leaving.export)
app.command("trial")(trial.trial)
app.add_typer(bundles.app, name="bundle")
app.command("jobs")(service.jobs)
app.command("backup")(service.backup)
app.command("restore")(service.restore)
app.command("purge")(purging.purge)
app.add_typer(audit, name="audit")


def main() -> None:
    """Run the command line."""
    service.prepare_environment()
    app()


if __name__ == "__main__":
    main()

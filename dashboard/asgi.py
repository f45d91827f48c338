"""The dashboard process: Streamlit behind the gate, on the address the settings name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from dashboard import frame
from dashboard.entrance import Entrance
from dashboard.gate import Gate
from dashboard.hooks import Hooks
from dashboard.sheets import Sheets
from dashboard.sign_on import SignOn
from monitor import wiring
from monitor.actions.sign_in import Lasting
from monitor.domain.instants import HOUR, MINUTE, to_second
from monitor.leash import follow_parent

if TYPE_CHECKING:
    from monitor.runs.parts import Parts

SCRIPT = Path(__file__).parent / "app.py"


def application() -> st.App:
    """The ASGI application of this machine's settings."""
    parts = wiring.parts()
    door = Entrance(
        store=parts.store,
        sheets=Sheets(parts.office, parts.demo),
        lasting=Lasting(parts.desk.idle_minutes * MINUTE, parts.desk.session_hours * HOUR),
        https=parts.desk.https,
        key=parts.key,
        sign_on=_sign_on(parts),
    )

    hooks = Hooks(
        store=parts.store,
        vault=parts.vault,
        dial=wiring.dial(parts),
        sheets=door.sheets,
    )

    def second() -> int:
        return to_second(parts.now())

    return st.App(
        SCRIPT,
        middleware=[
            Middleware(Gate, door=door, now=second, hooks=hooks),
        ],
        on_script_error=frame.script_failed,
    )


def _sign_on(parts: Parts) -> SignOn | None:
    service = parts.sign_on
    if service is None:
        return None
    return SignOn(service, parts.desk.url, service.only, service.break_glass)


def serve() -> None:
    """Serve until told to stop."""
    desk = wiring.parts().desk
    # The server under Streamlit believes X-Forwarded-For from loopback unless it is told otherwise.
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(desk.trusted_proxies)
    application().run(config={"server.port": desk.port, "server.address": desk.address})


if __name__ == "__main__":
    follow_parent()
    try:
        serve()
    except KeyboardInterrupt:
        sys.exit(0)

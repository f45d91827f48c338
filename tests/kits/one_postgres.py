"""One PostgreSQL database for test after test: emptied in between, made anew if its form changed.

Copying the template for every test costs some hundred files each time; emptying costs a statement.
"""

import json
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from monitor.clock import now
from monitor.record import migrate
from monitor.record.store import open_store

OURS = "schemaname NOT IN ('pg_catalog', 'information_schema')"
NAME = "format('%I.%I', schemaname, tablename)"
OTHERS_GONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
EMPTIED = f"""DO $$ DECLARE each record; BEGIN
SET LOCAL session_replication_role = replica;
FOR each IN SELECT {NAME} AS name FROM pg_tables WHERE {OURS} LOOP
  EXECUTE 'DELETE FROM ' || each.name;
END LOOP;
FOR each IN SELECT format('%I.%I', schemaname, sequencename) AS name, start_value
    FROM pg_sequences WHERE last_value IS NOT NULL LOOP
  PERFORM setval(each.name::regclass, each.start_value, false);
END LOOP; END $$"""
REFILLED = "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, :rows)"
FORM = """SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
SELECT concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull) AS part
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger) AS parts"""


class OnePostgres:
    """The databases of one server: a template at head, and the one that tests use in turn."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.url = _at(server, "in_turn")
        _admin(server, "ALTER SYSTEM SET fsync = off")
        _admin(server, "SELECT pg_reload_conf()")
        _admin(server, "CREATE DATABASE template_head")
        store = open_store(_at(server, "template_head"), now)
        migrate.upgrade(store)
        store.close()
        self._make()
        with _open(self.url) as conn:
            self.form = conn.execute(text(FORM)).scalar_one()
            self.rows = _rows(conn)

    def emptied(self) -> None:
        """As at head again: nobody connected, rows of migrations only, numbers from the start."""
        with _open(self.url) as conn:
            conn.execute(text(OTHERS_GONE))
            if conn.execute(text(FORM)).scalar_one() == self.form:
                conn.execute(text(EMPTIED))
                for table, rows in self.rows.items():
                    conn.execute(text(REFILLED.format(table)), {"rows": json.dumps(rows)})
                return
        _admin(self.server, "DROP DATABASE in_turn WITH (FORCE)")
        self._make()

    def _make(self) -> None:
        _admin(self.server, "CREATE DATABASE in_turn TEMPLATE template_head STRATEGY wal_log")


def _rows(conn: Connection) -> dict[str, list[Any]]:
    """What the migrations themselves wrote, by table."""
    tables = conn.execute(text(f"SELECT {NAME} FROM pg_tables WHERE {OURS}")).scalars().all()
    found = {
        table: conn.execute(text(f"SELECT json_agg(each) FROM {table} AS each")).scalar_one()
        for table in tables
    }
    return {table: rows for table, rows in found.items() if rows}


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _open(url: str) -> Connection:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


def _admin(server: str, statement: str) -> None:
    with _open(server) as conn:
        conn.execute(text(statement))

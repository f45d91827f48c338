"""Deputies, on whose behalf an audit entry was made, the head of the chain and its anchors.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ONLY = "audit anchors are append only"
START = "0" * 64


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "deputy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("deputy_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("given_by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["person.id"], name=op.f("fk_deputy_deputy_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_deputy_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    op.create_index("ix_deputy_deputy", "deputy", ["deputy_id"])
    op.create_index("ix_deputy_person", "deputy", ["person_id"])
    op.add_column("audit", sa.Column("behalf_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_actor", "audit", ["actor_id", "at"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_anchor",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_anchor")),
    )
    op.execute(
        "INSERT INTO audit_head (id, seq, hash, at)"
        " SELECT 1, seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1"
    )
    op.execute(
        f"INSERT INTO audit_head (id, seq, hash, at) SELECT 1, 0, '{START}', 0"
        " WHERE NOT EXISTS (SELECT 1 FROM audit_head)"
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def _guard_sqlite() -> None:
    # INSERT OR REPLACE takes a row away without a word to the triggers of DELETE.
    replaced = "WHEN EXISTS (SELECT 1 FROM {0} WHERE {1} = NEW.{1})"
    guards = [
        ("audit_no_replace", "INSERT", "audit", replaced.format("audit", "seq")),
        (
            "audit_anchor_no_replace",
            "INSERT",
            "audit_anchor",
            replaced.format("audit_anchor", "day"),
        ),
        ("audit_anchor_no_update", "UPDATE", "audit_anchor", ""),
        ("audit_anchor_no_delete", "DELETE", "audit_anchor", ""),
        ("audit_head_no_delete", "DELETE", "audit_head", ""),
        ("audit_head_no_replace", "INSERT", "audit_head", replaced.format("audit_head", "id")),
        ("audit_head_no_return", "UPDATE", "audit_head", "WHEN NEW.seq <= OLD.seq"),
    ]
    for name, verb, table, when in guards:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {when}"
            f" BEGIN SELECT RAISE(ABORT, '{ONLY}'); END"
        )


def _guard_postgres() -> None:
    op.execute(
        "CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_no_delete BEFORE DELETE OR TRUNCATE"
        " ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head FOR EACH ROW"
        " WHEN (NEW.seq <= OLD.seq) EXECUTE FUNCTION audit_append_only()"
    )


def downgrade() -> None:
    """Back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_replace")
    op.drop_table("audit_anchor")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_actor", "audit")
    op.drop_index("ix_audit_at", "audit")
    op.drop_column("audit", "behalf_id")
    op.drop_table("deputy")

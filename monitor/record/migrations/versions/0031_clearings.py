"""清理排查: projects, the units asked, one line an account, and every move."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "clearing",
        sa.Column("id", Identity, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("due_self", sa.BigInteger(), nullable=False),
        sa.Column("due_check", sa.BigInteger(), nullable=False),
        sa.Column("due_spot", sa.BigInteger(), nullable=False),
        sa.Column("due_settle", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("summed_up", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_clearing_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing")),
    )
    op.create_index("ix_clearing_unit", "clearing", ["unit_id"])
    _units()
    _lines()
    _moves()


def _units() -> None:
    op.create_table(
        "clearing_unit",
        sa.Column("id", Identity, nullable=False),
        sa.Column("clearing_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clearing_id"], ["clearing.id"], name=op.f("fk_clearing_unit_clearing_id_clearing")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_clearing_unit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing_unit")),
        sa.UniqueConstraint("clearing_id", "unit_id", name="uq_clearing_unit"),
    )
    op.create_index("ix_clearing_unit_issued", "clearing_unit", ["recorded_at"])


def _lines() -> None:
    op.create_table(
        "clearing_line",
        sa.Column("id", Identity, nullable=False),
        sa.Column("clearing_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("checked_by", sa.BigInteger(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Boolean(), nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("spot_at", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_clearing_line_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["clearing_id"], ["clearing.id"], name=op.f("fk_clearing_line_clearing_id_clearing")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_clearing_line_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing_line")),
        sa.UniqueConstraint("clearing_id", "account_id", name="uq_clearing_line"),
    )
    op.create_index("ix_clearing_line_account", "clearing_line", ["account_id"])


def _moves() -> None:
    op.create_table(
        "clearing_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("clearing_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clearing_id"], ["clearing.id"], name=op.f("fk_clearing_move_clearing_id_clearing")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["clearing_line.id"], name=op.f("fk_clearing_move_line_id_clearing_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing_move")),
    )
    op.create_index("ix_clearing_move_clearing", "clearing_move", ["clearing_id", "line_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_clearing_move_clearing", "clearing_move")
    op.drop_table("clearing_move")
    op.drop_index("ix_clearing_line_account", "clearing_line")
    op.drop_table("clearing_line")
    op.drop_index("ix_clearing_unit_issued", "clearing_unit")
    op.drop_table("clearing_unit")
    op.drop_index("ix_clearing_unit", "clearing")
    op.drop_table("clearing")

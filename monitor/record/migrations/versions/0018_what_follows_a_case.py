"""Reminders of cases, judged apart from told, and the look a closed case asks for."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "case_step",
        sa.Column("id", Identity, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("told_to", Document, nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_step_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
        sa.UniqueConstraint("case_id", "clock", "step", name="uq_case_step"),
    )
    op.create_index("ix_case_step_told", "case_step", ["told_at"])
    op.create_table(
        "case_look",
        sa.Column("id", Identity, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("next_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_look_case_id_case")),
        sa.ForeignKeyConstraint(["next_id"], ["case.id"], name=op.f("fk_case_look_next_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_look")),
    )
    op.create_index("ix_case_look_due", "case_look", ["outcome", "due_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_case_look_due", "case_look")
    op.drop_table("case_look")
    op.drop_index("ix_case_step_told", "case_step")
    op.drop_table("case_step")

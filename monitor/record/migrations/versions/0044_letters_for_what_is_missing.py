"""Letters ask in writing for what an assessment lacks; answers to objections bear files too."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "ask_letter",
        sa.Column("id", Identity, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("accounts", Document, nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ask_letter_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_letter")),
        sa.UniqueConstraint("year", "serial", name="uq_ask_letter_number"),
    )
    op.create_index("ix_ask_letter_period", "ask_letter", ["period", "unit_id"])
    op.create_index("ix_ask_letter_unit", "ask_letter", ["unit_id"])
    op.add_column("assessment_objection", sa.Column("answer_files", Document, nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("assessment_objection") as table:
        table.drop_column("answer_files")
    op.drop_index("ix_ask_letter_unit", "ask_letter")
    op.drop_index("ix_ask_letter_period", "ask_letter")
    op.drop_table("ask_letter")

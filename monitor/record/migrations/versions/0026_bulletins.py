"""Bulletins and monthly hints: drafted, approved, issued under a number, and the cases they name."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "bulletin",
        sa.Column("id", Identity, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("entering", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("manuscript_id", sa.BigInteger(), nullable=True),
        sa.Column("drafted_by", sa.BigInteger(), nullable=True),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["bulletin.id"], name=op.f("fk_bulletin_amends_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscript.id"], name=op.f("fk_bulletin_manuscript_id_manuscript")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bulletin_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
        sa.UniqueConstraint("unit_id", "sort", "year", "serial", name="uq_bulletin_number"),
    )
    op.create_index("ix_bulletin_unit", "bulletin", ["unit_id", "id"])
    op.create_table(
        "bulletin_case",
        sa.Column("bulletin_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_case_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_bulletin_case_case_id_case")
        ),
        sa.PrimaryKeyConstraint("bulletin_id", "case_id", name=op.f("pk_bulletin_case")),
    )
    op.create_index("ix_bulletin_case_case", "bulletin_case", ["case_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_bulletin_case_case", "bulletin_case")
    op.drop_table("bulletin_case")
    op.drop_index("ix_bulletin_unit", "bulletin")
    op.drop_table("bulletin")

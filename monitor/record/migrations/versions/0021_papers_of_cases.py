"""Papers that leave the house out of cases, numbered by office, kind and year."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "case_paper",
        sa.Column("id", Identity, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("desk_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["case_paper.id"], name=op.f("fk_case_paper_amends_id_case_paper")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_paper_case_id_case")),
        sa.ForeignKeyConstraint(["desk_id"], ["unit.id"], name=op.f("fk_case_paper_desk_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
        sa.UniqueConstraint("desk_id", "kind", "year", "serial", name="uq_case_paper_number"),
    )
    op.create_index("ix_case_paper_case", "case_paper", ["case_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_case_paper_case", "case_paper")
    op.drop_table("case_paper")

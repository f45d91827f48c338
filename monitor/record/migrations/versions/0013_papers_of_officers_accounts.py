"""Papers of officers' own accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "officer_account",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("approved_until", sa.BigInteger(), nullable=False),
        sa.Column("consented_until", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_officer_account_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_officer_account")),
    )
    op.create_table(
        "officer_paper",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_officer_paper_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_paper")),
    )
    op.create_index("ix_officer_paper_account", "officer_paper", ["account_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("officer_paper")
    op.drop_table("officer_account")

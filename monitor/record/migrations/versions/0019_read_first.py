"""Accounts that are read before all others until a second."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "read_first",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_read_first_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_read_first")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("read_first")

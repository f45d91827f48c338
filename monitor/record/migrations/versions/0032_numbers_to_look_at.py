"""数据提示: what of an account's numbers a person is asked to look at."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WAITING = sa.text("decision = ''")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "number_hint",
        sa.Column("id", Identity, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("told", Document, nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_number_hint_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_hint")),
    )
    op.create_index(
        "uq_number_hint_waiting",
        "number_hint",
        ["account_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_number_hint_account", "number_hint", ["account_id", "decided_at"])


def downgrade() -> None:
    """Back."""
    op.drop_table("number_hint")

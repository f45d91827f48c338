"""The life of accounts: what waits of each, and every move with its filing clock."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "account_life",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("pending", sa.String(), nullable=False),
        sa.Column("applicant", sa.BigInteger(), nullable=True),
        sa.Column("wanted", Document, nullable=False),
        sa.Column("back", sa.String(), nullable=False),
        sa.Column("closure", sa.Boolean(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("there", sa.String(), nullable=False),
        sa.Column("here", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_life_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_life")),
    )
    op.create_table(
        "account_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("given", Document, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_move_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_move")),
    )
    op.create_index("ix_account_move_account", "account_move", ["account_id"])
    op.create_index("ix_account_move_year", "account_move", ["year", "account_id"])
    running = sa.text("due_at IS NOT NULL AND met_at IS NULL")
    op.create_index(
        "ix_account_move_running",
        "account_move",
        ["due_at"],
        sqlite_where=running,
        postgresql_where=running,
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("account_move")
    op.drop_table("account_life")

"""Allowances leased by all processes, and the short-lived tokens they share."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "allowance",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_allowance")),
    )
    op.create_table(
        "allowance_slot",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("leased", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["allowance.key"], name=op.f("fk_allowance_slot_key_allowance")
        ),
        sa.PrimaryKeyConstraint("key", "slot", name=op.f("pk_allowance_slot")),
    )
    op.create_table(
        "shared_token",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reader", "account_id", "name", name=op.f("pk_shared_token")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("shared_token")
    op.drop_table("allowance_slot")
    op.drop_table("allowance")

"""Authorisations under way, events platforms push, and how fast comments are answered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "connecting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("back", sa.String(), nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connecting")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_connecting_token_hash")),
    )
    op.create_index("ix_connecting_account", "connecting", ["reader", "account_id", "started_at"])
    op.create_table(
        "hook_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_event")),
        sa.UniqueConstraint("digest", name=op.f("uq_hook_event_digest")),
    )
    op.create_index("ix_hook_event_owner", "hook_event", ["reader", "kind", "owner", "at"])
    op.add_column("post_obs", sa.Column("reply_seconds", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("post_obs", "reply_seconds")
    op.drop_table("hook_event")
    op.drop_table("connecting")

"""What each account's own rhythm says of its limit, and how often that was right."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "account_forecast",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("last_post", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sure", sa.Float(), nullable=False),
        sa.Column("pauses", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_forecast_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_forecast")),
    )
    op.create_table(
        "forecast_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("hit", "false_alarm", "missed", "quiet", "unseen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_check")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("forecast_check")
    op.drop_table("account_forecast")

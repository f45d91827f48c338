"""What a section head allowed beyond the week's cap, and ways to count a week fast."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "burden_allowance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_burden_allowance_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burden_allowance")),
    )
    op.create_index("ix_burden_allowance_week", "burden_allowance", ["week", "sort"])
    op.create_index("ix_receipt_link_created", "receipt_link", ["created_at"])
    op.create_index("ix_case_move_made", "case_move", ["move", "at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_case_move_made", "case_move")
    op.drop_index("ix_receipt_link_created", "receipt_link")
    op.drop_table("burden_allowance")

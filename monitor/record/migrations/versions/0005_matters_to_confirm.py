"""What looks and units say of the registry waits in a table of its own until a person confirms it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNDECIDED = sa.text("decided_at IS NULL")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("stated_at", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_proposal_account_id")
        ),
        sa.ForeignKeyConstraint(["look_id"], ["look.id"], name=op.f("fk_proposal_look_id")),
        sa.ForeignKeyConstraint(["line_id"], ["report_line.id"], name=op.f("fk_proposal_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_account", "proposal", ["account_id", "recorded_at"])
    op.create_index(
        "uq_proposal_open",
        "proposal",
        ["account_id", "matter"],
        unique=True,
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("proposal")

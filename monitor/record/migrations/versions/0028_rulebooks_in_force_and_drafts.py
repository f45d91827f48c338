"""From when which rulebook is in force, and revisions being written."""

import sqlalchemy as sa
from alembic import op

from monitor.domain.instants import BEGINNING, OPEN
from monitor.record.tables.base import Identity

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STOOD = """
INSERT INTO rulebook_term (rulebook_id, upper, since, recorded_at, called_off_at)
SELECT b.id, {upper}, {beginning}, b.recorded_at, {open} FROM rulebook b
WHERE b.id = (SELECT d.{column} FROM account_day d WHERE d.{column} IS NOT NULL
              GROUP BY d.{column} ORDER BY count(*) DESC, d.{column} DESC LIMIT 1)
"""
"""What most accounts were last judged by is what has stood so far."""


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "rulebook_term",
        sa.Column("id", Identity, nullable=False),
        sa.Column("rulebook_id", sa.BigInteger(), nullable=False),
        sa.Column("upper", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("called_off_at", sa.BigInteger(), nullable=False),
        sa.Column("called_off_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rulebook_id"], ["rulebook.id"], name=op.f("fk_rulebook_term_rulebook_id_rulebook")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_term")),
    )
    op.create_index("ix_rulebook_term_since", "rulebook_term", ["upper", "since"])
    op.create_table(
        "rulebook_draft",
        sa.Column("id", Identity, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("base_text", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_draft")),
    )
    op.create_index("ix_rulebook_draft_name", "rulebook_draft", ["name", "version"])
    for column, upper in (("rulebook_id", "false"), ("upper_rulebook_id", "true")):
        op.execute(STOOD.format(column=column, upper=upper, beginning=BEGINNING, open=OPEN))


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_rulebook_draft_name", "rulebook_draft")
    op.drop_table("rulebook_draft")
    op.drop_index("ix_rulebook_term_since", "rulebook_term")
    op.drop_table("rulebook_term")

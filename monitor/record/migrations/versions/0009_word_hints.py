"""The office's words, what they were found in, and how far each source has looked."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "office_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_office_word")),
    )
    op.create_table(
        "word_hint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["key_id"], ["post_key.id"], name=op.f("fk_word_hint_key_id_post_key")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_word_hint_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_hint")),
        sa.UniqueConstraint("key_id", "source", "word", name="uq_word_hint_key"),
    )
    op.create_index("ix_word_hint_decision", "word_hint", ["decision", "id"])
    op.create_table(
        "word_pass",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_word_pass")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("word_pass")
    op.drop_table("word_hint")
    op.drop_table("office_word")

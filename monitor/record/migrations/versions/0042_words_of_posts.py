"""The words of a post beside its title are kept for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "post_text",
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["post_key.id"], name=op.f("fk_post_text_key_id_post_key")
        ),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_post_text")),
    )
    for name in ("found", "passage"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("campaign_task", column)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("campaign_task") as table:
        table.drop_column("passage")
        table.drop_column("found")
    op.drop_table("post_text")

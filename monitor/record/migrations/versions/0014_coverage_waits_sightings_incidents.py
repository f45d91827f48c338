"""Coverage waits for its confirmation; sightings of accounts; incidents; changes that amend."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STILL = sa.text("settled_at = 4611686018427387904")
OPEN = sa.text("released_at = 4611686018427387904")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "coverage_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("pass_id", sa.BigInteger(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("b", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("fresh_s", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("newest", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint("a <= b", name=op.f("ck_coverage_proposal_order")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_coverage_proposal_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_coverage_proposal_route_id_route")
        ),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["pass.id"], name=op.f("fk_coverage_proposal_pass_id_pass")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_proposal")),
    )
    op.create_index(
        "ix_coverage_proposal_account", "coverage_proposal", ["account_id", "route_id", "looked_at"]
    )
    op.create_index(
        "ix_coverage_proposal_open",
        "coverage_proposal",
        ["route_id"],
        sqlite_where=STILL,
        postgresql_where=STILL,
    )
    op.create_table(
        "account_sighting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=True),
        sa.Column("verified_as", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_sighting_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_account_sighting_route_id_route")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_sighting")),
    )
    op.create_index(
        "ix_account_sighting_account", "account_sighting", ["account_id", "recorded_at"]
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=False),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_incident_route_id_route")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_incident_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(
        "uq_incident_open",
        "incident",
        ["route_id", "kind"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    # A cache of tokens: made anew with a key of one column, so that its rows can be sealed anew.
    op.drop_table("shared_token")
    op.create_table(
        "shared_token",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("claim_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_token")),
    )
    op.create_index(
        "uq_shared_token_place", "shared_token", ["reader", "account_id", "name"], unique=True
    )
    op.add_column(
        "change", sa.Column("amends", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Back."""
    op.drop_column("change", "amends")
    op.drop_table("shared_token")
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
    op.drop_table("incident")
    op.drop_table("account_sighting")
    op.drop_table("coverage_proposal")

"""peer review: nominations, allocations, reviews and what is written in them"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('allocations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('problem_hash', sa.String(length=64), nullable=False),
    sa.Column('certificate', sa.JSON(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('app_version', sa.String(length=20), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("published_at IS NULL OR number = 1 OR reason <> ''", name=op.f('ck_allocations_changed_with_reason')),
    sa.CheckConstraint('(published_at IS NULL) = (published_by_id IS NULL)', name=op.f('ck_allocations_published_by_someone')),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_allocations_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_allocations_proposed_by_id_people')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_allocations_published_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocations')),
    sa.UniqueConstraint('cycle_year', 'number', name=op.f('uq_allocations_cycle_year_number'))
    )
    op.create_index('uq_allocations_proposal', 'allocations', ['cycle_year'], unique=True, sqlite_where=sa.text('published_at IS NULL'), postgresql_where=sa.text('published_at IS NULL'))
    op.create_table('review_rounds',
    sa.Column('cycle_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_review_rounds_cycle_year_cycles')),
    sa.PrimaryKeyConstraint('cycle_year', name=op.f('pk_review_rounds'))
    )
    op.create_table('allotments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('allocation_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('reviewed_id', sa.Integer(), nullable=False),
    sa.Column('outcomes', sa.JSON(), nullable=False),
    sa.CheckConstraint('reviewer_id <> reviewed_id', name=op.f('ck_allotments_not_itself')),
    sa.ForeignKeyConstraint(['allocation_id'], ['allocations.id'], name=op.f('fk_allotments_allocation_id_allocations')),
    sa.ForeignKeyConstraint(['reviewed_id'], ['clusters.id'], name=op.f('fk_allotments_reviewed_id_clusters')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['clusters.id'], name=op.f('fk_allotments_reviewer_id_clusters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allotments')),
    sa.UniqueConstraint('allocation_id', 'reviewed_id', name=op.f('uq_allotments_allocation_id_reviewed_id')),
    sa.UniqueConstraint('allocation_id', 'reviewer_id', name=op.f('uq_allotments_allocation_id_reviewer_id'))
    )
    op.create_table('conflicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('one_id < other_id', name=op.f('ck_conflicts_once_for_both_directions')),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_conflicts_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['one_id'], ['clusters.id'], name=op.f('fk_conflicts_one_id_clusters')),
    sa.ForeignKeyConstraint(['other_id'], ['clusters.id'], name=op.f('fk_conflicts_other_id_clusters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflicts')),
    sa.UniqueConstraint('cycle_year', 'one_id', 'other_id', name=op.f('uq_conflicts_cycle_year_one_id_other_id'))
    )
    op.create_table('fixed_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('reviewed_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('outcomes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_fixed_decisions_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['reviewed_id'], ['clusters.id'], name=op.f('fk_fixed_decisions_reviewed_id_clusters')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['clusters.id'], name=op.f('fk_fixed_decisions_reviewer_id_clusters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fixed_decisions'))
    )
    op.create_table('nominations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('board_code', sa.String(length=3), nullable=False),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('nominated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nominated_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['board_code'], ['health_boards.ods_code'], name=op.f('fk_nominations_board_code_health_boards')),
    sa.ForeignKeyConstraint(['cluster_id'], ['clusters.id'], name=op.f('fk_nominations_cluster_id_clusters')),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_nominations_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['nominated_by_id'], ['people.id'], name=op.f('fk_nominations_nominated_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nominations')),
    sa.UniqueConstraint('cycle_year', 'cluster_id', name=op.f('uq_nominations_cycle_year_cluster_id'))
    )
    op.create_table('reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('reviewed_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_reviews_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['reviewed_id'], ['clusters.id'], name=op.f('fk_reviews_reviewed_id_clusters')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['clusters.id'], name=op.f('fk_reviews_reviewer_id_clusters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
    sa.UniqueConstraint('cycle_year', 'reviewer_id', 'reviewed_id', name=op.f('uq_reviews_cycle_year_reviewer_id_reviewed_id'))
    )
    op.create_table('findings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('window', sa.String(length=40), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_findings_review_id_reviews')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_findings_saved_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_findings')),
    sa.UniqueConstraint('review_id', 'side', 'item', 'version', name=op.f('uq_findings_review_id_side_item_version'))
    )
    op.create_table('nomination_contacts',
    sa.Column('nomination_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['nomination_id'], ['nominations.id'], name=op.f('fk_nomination_contacts_nomination_id_nominations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_nomination_contacts_person_id_people')),
    sa.PrimaryKeyConstraint('nomination_id', 'person_id', name=op.f('pk_nomination_contacts'))
    )
    op.create_table('handed_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_handed_in_by_id_people')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_handed_in_review_id_reviews')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_handed_in_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handed_in')),
    sa.UniqueConstraint('review_id', 'side', name=op.f('uq_handed_in_review_id_side'))
    )


def downgrade() -> None:
    op.drop_table('handed_in')
    op.drop_table('nomination_contacts')
    op.drop_table('findings')
    op.drop_table('reviews')
    op.drop_table('nominations')
    op.drop_table('fixed_decisions')
    op.drop_table('conflicts')
    op.drop_table('allotments')
    op.drop_table('review_rounds')
    op.drop_table('allocations')

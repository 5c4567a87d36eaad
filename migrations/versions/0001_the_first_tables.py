"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cycles',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('synthetic', sa.Boolean(), nullable=False),
    sa.CheckConstraint('opens <= closes', name=op.f('ck_cycles_opens_before_closes')),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_cycles'))
    )
    op.create_table('health_boards',
    sa.Column('ods_code', sa.String(length=3), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('name_cy', sa.String(), nullable=False),
    sa.Column('short_en', sa.String(), nullable=False),
    sa.Column('short_cy', sa.String(), nullable=False),
    sa.Column('partnership_en', sa.String(), nullable=False),
    sa.Column('partnership_cy', sa.String(), nullable=False),
    sa.Column('cluster_word_en', sa.String(), nullable=True),
    sa.Column('cluster_word_cy', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('ods_code', name=op.f('pk_health_boards'))
    )
    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('professional_group', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email'))
    )
    op.create_table('sign_in_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_hash', sa.String(length=64), nullable=False),
    sa.Column('client_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_requests'))
    )
    with op.batch_alter_table('sign_in_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_requests_address_hash'), ['address_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_requests_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_requests_client_hash'), ['client_hash'], unique=False)

    op.create_table('clusters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('board_code', sa.String(length=3), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('name_cy', sa.String(), nullable=False),
    sa.Column('county_en', sa.String(), nullable=False),
    sa.Column('county_cy', sa.String(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('name_en_evidence', sa.String(), nullable=False),
    sa.Column('name_cy_evidence', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['board_code'], ['health_boards.ods_code'], name=op.f('fk_clusters_board_code_health_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clusters')),
    sa.UniqueConstraint('code', name=op.f('uq_clusters_code'))
    )
    with op.batch_alter_table('clusters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clusters_board_code'), ['board_code'], unique=False)

    op.create_table('frozen_surveys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_frozen_surveys_cycle_year_cycles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frozen_surveys')),
    sa.UniqueConstraint('cycle_year', 'slug', name=op.f('uq_frozen_surveys_cycle_year_slug'))
    )
    op.create_table('sign_in_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_in_links_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_links_token_hash'))
    )
    op.create_table('appointments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('member', 'lead', 'deputy', 'officer', 'sppc', name='role', native_enum=False, create_constraint=True), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=True),
    sa.Column('board_code', sa.String(length=3), nullable=True),
    sa.CheckConstraint("(role IN ('member', 'lead', 'deputy')) = (cluster_id IS NOT NULL)", name=op.f('ck_appointments_cluster_of_role')),
    sa.CheckConstraint("(role IN ('officer')) = (board_code IS NOT NULL)", name=op.f('ck_appointments_board_of_role')),
    sa.ForeignKeyConstraint(['board_code'], ['health_boards.ods_code'], name=op.f('fk_appointments_board_code_health_boards')),
    sa.ForeignKeyConstraint(['cluster_id'], ['clusters.id'], name=op.f('fk_appointments_cluster_id_clusters')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_appointments_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_cluster_id'), ['cluster_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_person_id'), ['person_id'], unique=False)

    op.create_table('reflections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('board_code', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['board_code'], ['health_boards.ods_code'], name=op.f('fk_reflections_board_code_health_boards')),
    sa.ForeignKeyConstraint(['cluster_id'], ['clusters.id'], name=op.f('fk_reflections_cluster_id_clusters')),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_reflections_cycle_year_cycles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reflections')),
    sa.UniqueConstraint('cycle_year', 'cluster_id', name=op.f('uq_reflections_cycle_year_cluster_id'))
    )
    op.create_table('answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_answers_reflection_id_reflections')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_answers_saved_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answers')),
    sa.UniqueConstraint('reflection_id', 'item', 'version', name=op.f('uq_answers_reflection_id_item_version'))
    )
    op.create_table('submissions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by_id', sa.Integer(), nullable=False),
    sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopened_by_id', sa.Integer(), nullable=True),
    sa.Column('reopened_reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(reopened_at IS NULL) = (reopened_by_id IS NULL)', name=op.f('ck_submissions_reopened_by_someone')),
    sa.CheckConstraint('(reopened_at IS NULL) = (reopened_reason IS NULL)', name=op.f('ck_submissions_reopened_with_reason')),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_submissions_reflection_id_reflections')),
    sa.ForeignKeyConstraint(['reopened_by_id'], ['people.id'], name=op.f('fk_submissions_reopened_by_id_people')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['people.id'], name=op.f('fk_submissions_submitted_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submissions')),
    sa.UniqueConstraint('reference', name=op.f('uq_submissions_reference')),
    sa.UniqueConstraint('reflection_id', 'number', name=op.f('uq_submissions_reflection_id_number'))
    )
    with op.batch_alter_table('submissions', schema=None) as batch_op:
        batch_op.create_index('uq_submissions_standing', ['reflection_id'], unique=True, sqlite_where=sa.text('reopened_at IS NULL'), postgresql_where=sa.text('reopened_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('submissions', schema=None) as batch_op:
        batch_op.drop_index('uq_submissions_standing', sqlite_where=sa.text('reopened_at IS NULL'), postgresql_where=sa.text('reopened_at IS NULL'))

    op.drop_table('submissions')
    op.drop_table('answers')
    op.drop_table('reflections')
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointments_person_id'))
        batch_op.drop_index(batch_op.f('ix_appointments_cluster_id'))

    op.drop_table('appointments')
    op.drop_table('sign_in_links')
    op.drop_table('frozen_surveys')
    with op.batch_alter_table('clusters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clusters_board_code'))

    op.drop_table('clusters')
    with op.batch_alter_table('sign_in_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_requests_client_hash'))
        batch_op.drop_index(batch_op.f('ix_sign_in_requests_at'))
        batch_op.drop_index(batch_op.f('ix_sign_in_requests_address_hash'))

    op.drop_table('sign_in_requests')
    op.drop_table('people')
    op.drop_table('health_boards')
    op.drop_table('cycles')

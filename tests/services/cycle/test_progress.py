"""The progress of a cycle by board, and the page, equal a second count by plain SQL."""

from sqlalchemy import text

from app.db import session
from app.domain.cycle.lifecycle import ReflectionState
from app.services.cycle.progress import progress_by_board, progress_totals
from app.services.cycle.queries import find_cycle
from app.services.organisations.queries import list_boards
from tests.support.application import NOW
from tests.support.visitor import Visitor

STANDS = text(
    "SELECT r.board_code, CASE WHEN s.standing THEN 'submitted' WHEN s.sent THEN 'reopened'"
    "  WHEN a.answers THEN 'in progress' ELSE 'not begun' END AS state, count(*)"
    " FROM reflections r"
    " LEFT JOIN (SELECT reflection_id, count(*) AS sent, sum(reopened_at IS NULL) AS standing"
    "  FROM submissions GROUP BY 1) s ON s.reflection_id = r.id"
    " LEFT JOIN (SELECT reflection_id, count(*) AS answers FROM answers GROUP BY 1) a ON a.reflection_id = r.id"
    " WHERE r.cycle_year = 2026 GROUP BY 1, 2"
)


def test_each_board_has_as_many_clusters_in_each_state_as_the_rows_say(inside_demo):
    counted = {(board, state): times for board, state, times in session.execute(STANDS)}
    shown = progress_by_board(find_cycle(2026), list_boards(), NOW)
    found = {(each.board.ods_code, state): each.count(state) for each in shown for state in ReflectionState}
    assert {where: times for where, times in found.items() if times} == counted
    totals = progress_totals(shown)
    assert totals.clusters == sum(counted.values()) == 60
    assert totals.submitted == sum(times for (_board, state), times in counted.items() if state == "submitted")
    assert totals.not_begun == sum(times for (_board, state), times in counted.items() if state == "not begun")


def test_the_page_says_the_same(demo_app, tmp_path):
    staff = Visitor(demo_app, tmp_path / "letters", "cy")
    staff.sign_in("staff@example.wales")
    page = staff.open("/cycles/2026/")
    with demo_app.app_context():
        total = progress_totals(progress_by_board(find_cycle(2026), list_boards(), NOW))
    told = [each.get_text(strip=True) for each in page.html.select("tr.total td")]
    assert told == [str(each) for each in (total.clusters, total.submitted, total.in_progress, total.not_begun)]

"""Reading the content of an answer."""

from app.domain.reflection.answers import ranked_in


def test_a_ranking_keeps_its_order_without_what_was_taken_back():
    ranked = {"ranked": ["funding", "engagement", "bureaucracy"]}
    assert ranked_in(ranked, {"bureaucracy", "engagement"}) == ("engagement", "bureaucracy")
    assert ranked_in(ranked, {"lack_of_time"}) == ()


def test_where_nothing_was_ranked_there_is_no_order():
    assert ranked_in(None, {"funding"}) == ranked_in({}, {"funding"}) == ()

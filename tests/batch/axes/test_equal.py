"""What is worked out of expressions equals the reference to the last unit."""

from hypothesis import given
from hypothesis import strategies as st

from leadqual.testing.strategies import NOW, event_lists, leads, playbooks

from .staged import differences, expected_profile, expected_score, profiles, scores


@st.composite
def models(draw):
    """Draw the model of a playbook, or one of its objectives'."""
    playbook = draw(playbooks())
    return draw(st.sampled_from([playbook.model, *playbook.models.values()]))


@given(data=st.data(), model=models())
def test_profile_is_the_one_of_the_reference(con, data, model):
    """Fit, its range, grade, gates and completeness of any lead are those of the reference."""
    people = data.draw(st.lists(leads(model), min_size=1, max_size=12))
    assert not differences(profiles(con, model, people), [expected_profile(model, lead) for lead in people])


@given(data=st.data(), model=models())
def test_score_is_the_one_of_the_reference(con, data, model):
    """Total, level, label and bars of any lead and events are those of the reference."""
    people = data.draw(st.lists(leads(model), min_size=1, max_size=6))
    found = [model.score(lead, data.draw(event_lists(model, lead=lead, most=6)), now=NOW) for lead in people]
    assert not differences(scores(con, model, found), [expected_score(score) for score in found])

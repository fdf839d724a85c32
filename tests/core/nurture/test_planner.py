from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.waits import Wait

from .placed import DAY, NOW, lead, mail, playbook


def test_sequence_planner_plans_what_lies_ahead():
    """And tells the instants alone."""
    plan = playbook(mail("one"), mail("two", wait=Wait(elapsed="1d")))
    planner = SequencePlanner(plan)
    assert planner.plan(lead()) == plan_ahead(plan, lead())
    assert planner.instants(lead()) == (NOW, NOW + DAY)
    assert planner == SequencePlanner(plan)

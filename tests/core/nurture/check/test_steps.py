"""Single steps: a touch, a fork or an end, with what belongs to it and nothing else."""

import pytest

from tests.core.nurture.check.support import found, steps, told

A = 'name = "a" | '
MAIL = f'{A}channel = "email" | content = "guide"'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f'{MAIL} | wait = {{ months = 1, at = "23:59" }} | purpose = "requested"', []),
        (f'{A}task = "Call" | wait = {{ business = "4h" }}', []),
        (f'{A}channel = "phone" | task = "Call" | content = "guide"', []),
        ('channel = "email" | content = "guide"', ["steps[0]: `name` is missing"]),
        (A.removesuffix(" | "), ["steps[0]: a step is a touch, a fork or an end"]),
        (f"{MAIL} | end = true", []),
        (f'{MAIL} | end = true | on_end = {{ verdict = "maybe" }}', []),
        (f'{MAIL} | end = true | when = {{ field = "fit", op = "ge", value = 1 }}', []),
        (f'{MAIL} | end = true | next = "a"', ["steps[0].next: an end has no such key"]),
        (f'{A}task = "Call" | branch = {{ on = "x", within = "1d" }}', [
            "steps[0]: a step is a touch, a fork or an end",
        ]),
        (f"{MAIL} | end = 1", ["steps[0].end: true or false was expected"]),
        (f'{A}channel = "*" | content = "guide"', ["steps[0].channel: a touch has one channel"]),
        (f'{A}channel = "" | content = "guide"', ["steps[0].channel: a text was expected"]),
        (f'{MAIL} | purpose = "*"', ["steps[0].purpose: a touch has one purpose"]),
        (f'{MAIL} | task = ""', ["steps[0].task: a text was expected"]),
        (f"{MAIL} | pool = {{}}", ["steps[0].pool: the content is fixed already"]),
        (f'{A}channel = "email"', ["steps[0]: the touch has nothing in it"]),
        (f'{A}channel = "email" | content = "giude"', ["steps[0].content: no such content"]),
        (f'{A}channel = "phone" | content = "case"', ["steps[0].content: the content does not go by this channel"]),
        (f'{A}task = "Show it" | content = "case"', ["steps[0].content: the content does not go by this channel"]),
        (f'{A}channel = "email" | pool = 3', [
            "steps[0].pool: a table was expected",
        ]),
        (f'{A}channel = "email" | pool = {{ kinds = ["guide", "gide"], phases = "MOFU" }}', [
            "steps[0].pool.kinds[1]: no content is of it",
        ]),
        (f'{A}channel = "email" | pool = {{ phases = "mofu" }}', ["steps[0].pool.phases[0]: unknown phase"]),
        (f'{A}channel = "phone" | pool = {{ kinds = "case_study" }}', [
            "steps[0].pool: no content fits the pool and the channel",
        ]),
        (f'{MAIL} | when = {{ field = "input.by", op = "eq", value = "us" }}', ["steps[0].when.field: unknown field"]),
        (f'{MAIL} | when = {{ field = "stage", op = "eq", value = "lead" }}', []),
        (f'{MAIL} | arm = "short"', ["steps[0].arm: no such arm"]),
        (f'{MAIL} | wait = "3 d"', ["steps[0].wait: elapsed time was expected"]),
        (f"{MAIL} | wait = {{}}", ["steps[0].wait: a wait is of one kind"]),
        (f'{MAIL} | wait = {{ elapsed = "1d", days = 1 }}', ["steps[0].wait: a wait is of one kind"]),
        (f'{MAIL} | wait = {{ at = "09:00" }}', [
            "steps[0].wait: a wait is of one kind",
            "steps[0].wait.at: a time of day goes with days or months",
        ]),
        (f'{MAIL} | wait = {{ elapsed = "1d", at = "09:00" }}', [
            "steps[0].wait.at: a time of day goes with days or months",
        ]),
        (f'{MAIL} | wait = {{ days = -1, at = "24:00" }}', [
            "steps[0].wait.days: the number is out of range",
            "steps[0].wait.at: a time of day was expected",
        ]),
        (f'{MAIL} | wait = {{ days = 1.5, at = "9:00" }}', [
            "steps[0].wait.days: a whole number was expected",
            "steps[0].wait.at: a time of day was expected",
        ]),
        (f'{MAIL} | wait = {{ months = 121, at = "09.00" }}', [
            "steps[0].wait.months: the number is out of range",
            "steps[0].wait.at: a time of day was expected",
        ]),
        (f'{MAIL} | wait = {{ months = 120.0, at = "09:60" }}', ["steps[0].wait.at: a time of day was expected"]),
        (f'{MAIL} | wait = {{ days = 3650, at = "a9:00" }}', ["steps[0].wait.at: a time of day was expected"]),
        (f"{MAIL} | wait = {{ days = 3651 }}", ["steps[0].wait.days: the number is out of range"]),
        (f'{MAIL} | wait = {{ business = "0h" }}', ["steps[0].wait.business: a duration was expected"]),
        (f"{MAIL} | wait = 3", [
            "steps[0].wait: a table was expected",
            "steps[0].wait: a wait is of one kind",
        ]),
        (f'{MAIL} | window = {{ weekdays = ["mo"] }}', ["steps[0].window.weekdays[0]: unknown weekday"]),
        (f'{MAIL} | window = {{ hours = ["20:00-21:00"] }}', ["steps[0].window: together the windows never open"]),
        (f'{MAIL} | window = {{ hours = ["17:59-21:00"] }}', []),
        (f'{MAIL} | on_end = {{ verdict = "maybe" }}', ["steps[0].on_end: only an end has it"]),
        (f'{A}end = true | wait = "1d" | on_end = {{ verdict = "maybe" }}', []),
        (f"{A}end = true | on_end = {{}}", ["steps[0].on_end: nothing follows"]),
        (f'{A}end = true | next = "a" | when = {{ field = "fit", op = "ge", value = 1 }}', [
            "steps[0].when: an end has no such key",
            "steps[0].next: an end has no such key",
        ]),
        (f'{A}end = true | purpose = "x" | window = {{}} | content = "guide" | pool = {{}}', [
            "steps[0].content: only a touch has it",
            "steps[0].pool: only a touch has it",
            "steps[0].purpose: only a touch has it",
            "steps[0].window: only a touch has it",
        ]),
        (f'{A}branch = {{ on = "x" }}', ["steps[0].branch: `within` is missing"]),
        (f'{A}branch = {{ within = "1d" }}', ["steps[0].branch: `on` is missing"]),
        (f"{A}branch = 3", [
            "steps[0].branch: a table was expected",
        ]),
        (f'{A}branch = {{ on = [], within = "x", since = "ever", when = {{ field = "z", op = "exists" }} }}', [
            "steps[0].branch.on: the list is empty",
            "steps[0].branch.when.field: unknown property",
            "steps[0].branch.within: elapsed time was expected",
            "steps[0].branch.since: no such beginning",
        ]),
        (f'{A}branch = {{ on = "x", within = "1d" }} | when = {{ field = "fit", op = "ge", value = 1 }}', [
            "steps[0].when: a fork has no such key",
        ]),
        (f"{MAIL}\n{MAIL}", ["steps[1].name: the name comes twice"]),
        (MAIL.replace('"a"', '"a:b"'), ["steps[0].name: the name cannot be used"]),
    ],
)  # fmt: skip
def test_steps_that_are_wrong_are_told_with_their_path(text, lines):
    """Each fault of a step is found, at its place."""
    assert steps(text) == lines


def test_arm_is_one_of_the_declared_ones():
    """A step that only some get names an arm of the experiment."""
    head = "arms = { short = 1, long = 1 }"
    assert steps(f'{MAIL} | arm = "short"', head) == []
    assert steps(f'{MAIL} | arm = "shrot"', head) == ["steps[0].arm: no such arm"]
    fork = f'{A}branch = {{ on = "x", within = "1d" }} | arm = "short"'
    assert steps(fork, head) == ["steps[0].arm: a fork has no such key"]
    assert steps(f'{A}end = true | arm = "short"', head) == ["steps[0].arm: an end has no such key"]


def test_sequence_has_steps():
    """A sequence without steps leads nobody anywhere."""
    assert found("[sequences.s]\n") == ["sequences.s.steps: a sequence needs steps"]
    assert found("[sequences.s]\nsteps = 3\n") == [
        "sequences.s.steps: a list of tables was expected",
        "sequences.s.steps: a sequence needs steps",
    ]


def test_sequence_has_at_most_so_many_steps():
    """A thousand steps are enough for anybody."""
    lines = "\n".join(f'name = "s{i}" | task = "x"' for i in range(1_001))
    assert steps(lines) == ["steps: there are too many steps"]
    assert steps(lines.rpartition("\n")[0]) == []


def test_windows_of_a_preset_count_too():
    """A touch whose channel never opens is told at its channel, if no window of the playbook's own is the reason."""
    windows = 'windows = { "*" = { hours = ["06:00-07:00"] } }\npresets = ["tcpa"]\n'
    sound = f"[nurture]\n{windows}"
    call = '[[sequences.s.steps]]\nname = "a"\nchannel = "phone"\ntask = "Call"\n'
    assert found(call, sound) == ["sequences.s.steps[0].channel: together the windows never open"]
    assert found(call.replace("phone", "email"), sound) == []
    own = sound.replace("windows = {", 'windows = { phone = { hours = ["08:00-09:00"] },')
    assert found(call, own) == ["nurture.windows.phone: together the windows never open"]
    window = 'window = { hours = ["12:00-13:00"] }\n'
    assert found(call + window, own) == ["nurture.windows.phone: together the windows never open"]


def test_windows_meet_on_some_day_at_least():
    """Windows that share no weekday never open; one minute of one day is enough."""
    windows = 'windows = { sms = { weekdays = ["mon"] } }'
    text = '[[sequences.s.steps]]\nname = "a"\nchannel = "sms"\ntask = "x"\nwindow = { weekdays = ["tue", "DAY"] }\n'
    sound = f"[nurture]\n{windows}\n"
    assert found(text.replace("DAY", "wed"), sound) == ["sequences.s.steps[0].window: together the windows never open"]
    assert found(text.replace("DAY", "mon"), sound) == []


def test_hints_say_what_to_do():
    """A hint names what exists, or the next thing to do."""
    text = '[[sequences.s.steps]]\nname = "a"\nchannel = "email"\ncontent = "giude"\narm = "x"\n'
    assert told(text) == [
        "sequences.s.steps[0].arm: no such arm (got 'x'). Declare it in `arms`.",
        "sequences.s.steps[0].content: no such content (got 'giude'). Did you mean `guide`?",
    ]
    assert told(text.replace('arm = "x"\n', ""), sound="") == [
        "sequences.s.steps[0].content: no such content (got 'giude'). Declare it under [content]."
    ]
    assert told(text.replace("giude", "case").replace("email", "fax").replace('arm = "x"\n', "")) == [
        (
            "sequences.s.steps[0].content: the content does not go by this channel (got the channel fax). "
            "Add the channel to content.case.channels, or send something else."
        )
    ]

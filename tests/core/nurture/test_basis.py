"""What a touch needs: stated choices by channel, purpose and country."""

from datetime import timedelta

import pytest

from leadqual import ModelError
from leadqual.nurture.basis import Bases, BasisRule

SELLING = BasisRule(basis="opt_out", channels="email", purposes="sales", countries=["US", "mx", "UK"])
WRITTEN = Bases(
    rules=[SELLING, BasisRule(basis="opt_in", channels=["email"]), BasisRule(basis="none", purposes="sales")]
)


def problems(kind, **parts):
    """Return what is wrong with a value: where and what."""
    with pytest.raises(ModelError) as caught:
        kind(**parts)
    return [(problem.where, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("channel", "purpose", "countries", "basis"),
    [
        ("email", "sales", ["US"], "opt_out"),
        ("email", "sales", ["GB"], "opt_out"),
        ("email", "sales", ["DE"], "opt_in"),
        ("email", "newsletter", ["US"], "opt_in"),
        ("phone", "sales", ["DE"], "none"),
        ("phone", "sales", [], "none"),
        ("phone", "newsletter", ["US"], "opt_in"),
    ],
)
def test_basis_is_that_of_the_first_rule_about_a_touch(channel, purpose, countries, basis):
    """In their order; without a rule it is an opt-in."""
    assert WRITTEN.of(channel, purpose, countries) == basis


@pytest.mark.parametrize(
    ("countries", "basis"),
    [(["US", "MX"], "opt_out"), (["US", "CA"], "opt_in"), (["CA", "US"], "opt_in"), ([], "opt_in")],
)
def test_basis_of_a_lead_that_may_be_in_several_countries_is_the_strictest(countries, basis):
    """Nothing is permitted by a guess."""
    assert WRITTEN.of("email", "sales", countries) == basis


def test_basis_of_a_lead_of_unknown_country_minds_every_country_that_a_rule_names():
    """A country with a stricter rule may be its own; so may one that no rule names."""
    strict = BasisRule(basis="opt_in", countries=["DE"])
    loose = BasisRule(basis="none", purposes="sales")
    assert Bases(rules=[strict, loose]).of("email", "sales", []) == "opt_in"
    assert Bases(rules=[loose, strict]).of("email", "sales", []) == "none"
    assert Bases(rules=[BasisRule(basis="none", countries=["US"])]).of("email", "sales", []) == "opt_in"


@pytest.mark.parametrize("rules", [[], [BasisRule(basis="opt_in")]])
def test_basis_of_an_answer_to_a_request_is_none(rules):
    """In no country and under no rule it needs one."""
    assert Bases(rules=rules).of("email", "requested", ["DE"]) == "none"


def test_basis_rule_takes_one_word_or_several():
    """Codes of countries are understood in any case."""
    assert BasisRule(basis="opt_out", channels=("email",), purposes=["sales"], countries=("US", "MX", "GB")) == SELLING
    assert BasisRule(basis="none", purposes="requested").purposes == ("requested",)
    assert BasisRule(basis="none", countries="uk").countries == ("GB",)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"basis": "optin"}, [("basis", "unknown basis")]),
        ({"basis": ["opt_in"]}, [("basis", "unknown basis")]),
        ({"basis": "none", "channels": []}, [("channels", "the rule is about nothing")]),
        ({"basis": "none", "channels": 7, "purposes": 7, "countries": 7},
         [(name, "a list was expected") for name in ("channels", "purposes", "countries")]),
        ({"basis": "none", "purposes": ["x", "", 7]},
         [("purposes[1]", "a text was expected"), ("purposes[2]", "a text was expected")]),
        ({"basis": "opt_in", "purposes": ["x", "requested"]},
         [("purposes", "an answer to a request needs no basis")]),
        ({"basis": "none", "countries": ["Spain", 7, "ES"]},
         [("countries[0]", "unknown country"), ("countries[1]", "unknown country")]),
    ],
)  # fmt: skip
def test_basis_rule_tells_everything_that_is_wrong_with_it(parts, wrong):
    """In one error."""
    assert problems(BasisRule, **parts) == wrong


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        (7, [("rules", "a list was expected")]),
        ([SELLING, {}, 7], [("rules[1]", "a BasisRule was expected"), ("rules[2]", "a BasisRule was expected")]),
        ([SELLING] * 1_001, [("rules", "too many rules")]),
    ],
)
def test_bases_tell_everything_that_is_wrong_with_them(rules, wrong):
    """Each with its path."""
    assert problems(Bases, rules=rules) == wrong


@pytest.mark.parametrize(("basis", "hint"), [("optin", "Did you mean `opt_in`"), ("x", "Known: none, opt_in, opt_out")])
def test_basis_that_is_misspelt_gets_a_hint(basis, hint):
    """The closest word is offered, or all of them."""
    with pytest.raises(ModelError, match=hint):
        BasisRule(basis=basis)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"channels": []}, 'channels: the rule is about nothing (got a list of 0). Name at least one; "*" is all.'),
        (
            {"basis": "opt_in", "purposes": "requested"},
            "purposes: an answer to a request needs no basis (got 'requested'). Take it out: who asks gets an answer.",
        ),
        (
            {"countries": ["Spain"]},
            "countries[0]: unknown country (got 'Spain'). Write an ISO 3166-1 code such as \"ES\".",
        ),
        ({"basis": "x"}, "basis: unknown basis (got 'x'). Known: none, opt_in, opt_out."),
        (
            {"confirmed": 1},
            "confirmed: true or false was expected (got 1). Write true if a consent has to be confirmed.",
        ),
        (
            {"confirmed": True},
            'confirmed: only a consent is confirmed (got True). Write basis = "opt_in", or remove it.',
        ),
        (
            {"confirm_within": "7d"},
            "confirm_within: nothing has to be confirmed (got '7d'). Write confirmed = true too, or remove it.",
        ),
        (
            {"basis": "opt_in", "confirmed": True, "confirm_within": "0m"},
            "confirm_within: the time is too short (got '0m'). Write at least 1m.",
        ),
    ],
)
def test_basis_rule_that_is_wrong_is_explained(parts, message):
    """What came, and what to write."""
    with pytest.raises(ModelError) as caught:
        BasisRule(**{"basis": "none"} | parts)
    assert str(caught.value) == message


def test_bases_are_a_thousand_rules_at_most():
    """A thousand are allowed."""
    assert Bases(rules=[SELLING] * 1_000).of("email", "sales", ["US"]) == "opt_out"
    with pytest.raises(ModelError, match=r"^rules: too many rules \(got a list of 1001\). Write at most 1,000.$"):
        Bases(rules=[SELLING] * 1_001)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"confirmed": 1}, [("confirmed", "true or false was expected")]),
        ({"basis": "opt_out", "confirmed": True}, [("confirmed", "only a consent is confirmed")]),
        ({"confirmed": True, "confirm_within": "7 d"}, [("confirm_within", "elapsed time was expected")]),
        ({"confirmed": True, "confirm_within": "0m"}, [("confirm_within", "the time is too short")]),
        ({"confirm_within": "7d"}, [("confirm_within", "nothing has to be confirmed")]),
        ({"confirmed": None, "confirm_within": "7d"}, [("confirmed", "true or false was expected")]),
    ],
)
def test_rule_tells_what_is_wrong_with_its_confirmation(parts, found):
    """Only a consent is confirmed, in a time that is one."""
    assert problems(BasisRule, **{"basis": "opt_in"} | parts) == found


def test_confirmation_may_have_a_minute_s_time():
    """No less; a rule without a time compares as the longest there is."""
    rules = [BasisRule(basis="opt_in", confirmed=True, confirm_within=within) for within in ("1m", None)]
    assert [rule.strictness[1:] for rule in rules] == [(True, timedelta(minutes=-1)), (True, timedelta(days=-3_650))]


def test_rule_with_a_confirmation_is_stricter_than_one_without_and_less_time_is_stricter():
    """Of the countries in which a lead may be, the one that asks for most decides."""
    long = BasisRule(basis="opt_in", countries=["DE"], confirmed=True)
    short = BasisRule(basis="opt_in", countries=["AT"], confirmed=True, confirm_within="1d")
    plain = BasisRule(basis="opt_in", countries=["ES"])
    bases = Bases(rules=[long, short, plain, BasisRule(basis="none")])
    assert bases.rule("email", "news", ["ES", "DE"]) is long
    assert bases.rule("email", "news", ["DE", "AT", "ES"]) is short
    assert bases.rule("email", "news", []) is short
    assert bases.rule("email", "news", ["ES", "FR"]) is plain
    assert bases.rule("email", "requested", ["DE"]) == BasisRule(basis="none")
    assert bases.rule("email", "news", ["FR"]).basis == "none"
    assert Bases().rule("email", "news", ["FR"]) == BasisRule(basis="opt_in")


def test_bases_tell_whether_anything_has_to_be_confirmed():
    """By any rule of theirs."""
    plain = BasisRule(basis="opt_in")
    assert not Bases(rules=[plain]).confirms
    assert Bases(rules=[plain, BasisRule(basis="opt_in", confirmed=True)]).confirms

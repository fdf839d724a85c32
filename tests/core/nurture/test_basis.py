"""What a touch needs: stated choices by channel, purpose and country."""

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

"""Arguments that are something else than they should be: said before anything is decided."""

from collections.abc import Iterable

from leadqual.errors import InputRefused, Problem, TallyMismatch, kind_of, shown
from leadqual.hints import did_you_mean
from leadqual.playbook import Playbook
from leadqual.qualifier.record import Record
from leadqual.scoring.model import ScoringModel


def check_playbook(playbook: object) -> None:
    """Refuse what is no playbook.

    Raises:
        InputRefused: If it is none.
    """
    if not isinstance(playbook, Playbook):
        _refuse("playbook", "a playbook was expected", playbook, "Pass load_playbook(path) or loads(text).")


def check_record(record: object) -> None:
    """Refuse what is no record.

    Raises:
        InputRefused: If it is none.
    """
    if not isinstance(record, Record):
        _refuse("record", "a record was expected", record, "Pass outcome.record.")


def check_records(records: object) -> None:
    """Refuse what cannot be gone through.

    Raises:
        InputRefused: If it cannot.
    """
    if not isinstance(records, Iterable):
        _refuse("records", "records were expected", records, "Pass a list of records.")


def check_flag(value: object, where: str) -> None:
    """Refuse what is neither true nor false.

    Raises:
        InputRefused: If it is something else.
    """
    if type(value) is not bool:
        _refuse(where, "true or false was expected", value, "Pass True or False.")


def check_word(word: object, where: str, words: tuple[str, ...]) -> None:
    """Refuse a word that is not known.

    Raises:
        InputRefused: If it is another word, or none.
    """
    if not isinstance(word, str) or word not in words:
        _refuse(where, "a known word was expected", word, did_you_mean(word, words))


def check_model(record: Record, model: ScoringModel) -> None:
    """Refuse a record of another model.

    Raises:
        TallyMismatch: If it is one.
    """
    if record.model is not model and record.model.fingerprint != model.fingerprint:
        message = (
            f"the record of lead {shown(record.state.lead_id)} belongs to another model; "
            "call Qualifier.refold(record, events, now=…) with all its events first"
        )
        raise TallyMismatch(message)


def _refuse(where: str, what: str, got: object, hint: str) -> None:
    raise InputRefused([Problem(where=where, what=what, got=kind_of(got), hint=hint)])

"""A stage that may no longer be right: a person is asked, nobody is moved."""

from typing import Literal

from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.draft import Draft
from leadqual.lifecycle.facts import Cause


def open_review(draft: Draft, cause: Cause, because: Literal["flag", "model"]) -> None:
    """Ask a person whether the stage is still right, unless one was asked already.

    Args:
        draft: The decision in the making.
        cause: What brought it about.
        because: A flag, or another model.
    """
    if draft.state.review is None:
        draft.add(made.ReviewOpened, draft.now, cause, because=because)
        draft.emit(done.Review, because=because)

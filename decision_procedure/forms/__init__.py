"""Forms to fill in: what a record of a matter may state, by the law of its place and day."""

from decision_procedure.forms.questions import Question, questions
from decision_procedure.forms.skeleton import skeleton

__all__ = ["Question", "questions", "skeleton"]

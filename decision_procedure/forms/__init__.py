"""Forms to fill in: what a record of a matter may state, by the law of its place and day, and what is still to be asked."""

from decision_procedure.forms.answering import answered
from decision_procedure.forms.questions import Question, questions
from decision_procedure.forms.skeleton import skeleton

__all__ = ["Question", "answered", "questions", "skeleton"]

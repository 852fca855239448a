"""Posts: who surely held one on a day, and who may have."""

from __future__ import annotations

from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Person, Post

LEADERS = frozenset(("chief", "leader"))
"""The capacities of those who lead a body."""


def held_throughout(post: Post, moment: PartialDate) -> bool:
    """Say whether a post was surely held on every day on which `moment` may lie.

    An unknown beginning shows nothing; an unknown end means still held.
    """
    if post.since is None or post.since.last_day > moment.first_day:
        return False
    return post.until is None or post.until.first_day >= moment.last_day


def may_be_held(post: Post, day: PartialDate | None) -> bool:
    """Say whether a post may have been held on a day; an unknown beginning, end or day rules nothing out."""
    if day is None:
        return True
    begun = post.since is None or post.since.first_day <= day.last_day
    return begun and (post.until is None or post.until.last_day >= day.first_day)


def leads(person: Person, body: str | None, day: PartialDate | None) -> bool:
    """Say whether a person surely held a leader's post in a body on a day; an unknown body or day shows nothing."""
    return (
        body is not None
        and day is not None
        and any(
            post.unit == body and post.capacity in LEADERS and held_throughout(post, day)
            for post in person.posts
        )
    )

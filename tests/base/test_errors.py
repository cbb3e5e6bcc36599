"""Errors as logs and tests see them, and progress."""

import pytest

from app.base.errors import Cancelled, Refused, UserError
from app.base.progress import Progress, Silent, Watched


def test_an_error_reads_in_plain_english() -> None:
    error = Refused("{amount:rp} is more than {limit:rp}.", amount=500, limit=400)
    assert str(error) == "500 is more than 400."
    assert error.params == {"amount": 500, "limit": 400}
    assert error.advice == ""


def test_an_error_that_lacks_a_parameter_can_still_be_read() -> None:
    assert str(UserError("No {thing}.", other=1)) == "No {thing}. {'other': 1}"


def test_the_code_belongs_to_the_kind_of_error() -> None:
    one, same = Refused("No {thing}.", thing="a"), Refused("No {thing}.", thing="b")
    assert one.code == same.code
    assert one.code.startswith("L-")
    assert one.code != Refused("Other.").code


def test_progress_is_shown_and_stops_at_the_next_step() -> None:
    steps: list[tuple[int, int, str]] = []
    watched = Watched(lambda done, total, label: steps.append((done, total, label)))
    jobs: list[Progress] = [watched, Silent()]
    for job in jobs:
        job.step(1, 3, "Anggota 1")
    watched.cancel()
    with pytest.raises(Cancelled):
        watched.step(2, 3, "Anggota 2")
    assert steps == [(1, 3, "Anggota 1")]

"""What the tests from outside get: the command line."""

import pytest

from tests.acceptance.outside import Lumbung


@pytest.fixture
def lumbung(capsys: pytest.CaptureFixture[str]) -> Lumbung:
    """The command line, run in this process."""

    def heard() -> tuple[str, str]:
        out, err = capsys.readouterr()
        return out, err

    return Lumbung(heard)

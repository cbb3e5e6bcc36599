"""What we rely on in Qt's binding for Python itself."""

import subprocess
import sys

# 6.12.0 took a reference from None with each call of a method that returns nothing: after some thousand calls
# Python 3.11 aborts. A process of its own, because an abort takes the test run along.
PROGRAM = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for number in range(20_000):
    thing.setObjectName("x")
assert sys.version_info >= (3, 12) or abs(sys.getrefcount(None) - before) < 1_000
"""


def test_calling_a_method_that_returns_nothing_costs_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

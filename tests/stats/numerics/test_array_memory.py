"""Large arrays reuse memory that was freed."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PAGES = """
import resource, sys
import numpy as np
from ltvcli.stats.numerics import array_memory

def pages():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(50):
        [np.ones(30_000) for _ in range(20)]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

pages()
first = pages()
array_memory.keep_freed()
pages()
print(first, pages())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries decide otherwise")
def test_large_arrays_take_no_new_pages() -> None:
    """In a new process, because the C library remembers the arrays of other tests."""
    ran = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    before, after = (int(word) for word in ran.stdout.split())
    assert before > 1_000
    assert after < before / 10

"""The library: what the company has agreed to say, and how it is found again."""

import os

# Before numpy is loaded: beside any other load two BLAS threads wait on each other, and a query embedding that takes
# 2.5 ms with one thread takes 10 (p95: 116) with two.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

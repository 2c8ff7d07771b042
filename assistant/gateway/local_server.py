"""The process of the local model: llama.cpp's HTTP server on the loopback address, alive as long as its parent.

Started by `local_process`, by path, with nothing but the standard library and xllamacpp on board. One JSON line on
standard input configures it (so that the key stands in no process list); one JSON line on standard output says the
port. Standard input stays open: its end, or another parent, ends the process.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any


def main() -> None:
    """Read the configuration, load the model, say the port, wait for the parent to go."""
    parent = os.getppid()
    config: dict[str, Any] = json.loads(sys.stdin.readline())
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # llama.cpp also prints to standard output; everything but the answer goes to the log
    server = _serve(config)
    address = server.listening_address
    answer.write(json.dumps({"address": address}) + "\n")
    answer.flush()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while sys.stdin.read(1):
        pass
    os._exit(0)  # at once: leaving in order would wait for a reply that nobody reads any more


def _serve(config: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = config["model"]
    params.n_ctx = config["context_tokens"]
    params.n_parallel = 1  # one slot: each call finds the beginning that the call before left in the cache
    params.cache_prompt = True
    params.cache_ram_mib = 512  # beginnings kept for other prompts; the default would take 8 GB
    params.n_batch = 512  # a caller that left is noticed between two batches of its prompt
    params.cpuparams.n_threads = config["threads"]
    params.cpuparams_batch.n_threads = config["threads"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [config["key"]]
    params.model_alias = {"local"}
    params.sse_ping_interval = 2  # a caller that left is noticed with the next ping
    params.offline = True
    params.ui = False
    return xllamacpp.Server(params)


def _end_with(parent: int) -> None:
    """A fork of the parent may hold our standard input open; the parent's id tells all the same."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()

"""Run notebooks once, share the result, and fork kernels and draw pictures on demand.

A library over Voila, ipykernel and jupyter_client. It knows nothing of rooms, people or
what its notebooks are about; of the kit it imports `common` alone.

`execution`  runs a notebook in this process, records its outputs, and tells whether the
             process can be forked safely
`kernels`    the zygote (a process that has imported everything), a template process for
             each notebook, kernels forked from it, a pool of spare ones, and the
             handlers and message filter between a page and its kernel
`pictures`   draws each state of a chart once, in a worker process, and caches it
`storage`    the disk cache, and fingerprints of what a cached result depends on
`rendered_page`  a page rendered by Voila's machinery once, compressed
"""

import sys

# nbformat needs jsonschema, and that builds, on import, a grammar of addresses in all
# the world's letters: a second or two in each process, for what no notebook has
if "jsonschema" not in sys.modules and "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import jsonschema  # type: ignore[import-untyped]  # noqa: F401

    del sys.modules["rfc3987_syntax"]

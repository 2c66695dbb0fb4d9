"""Compute once, share with everyone; ask a kernel only for what is new.

A small library over Voila, ipykernel and jupyter_client that knows nothing of what its
notebooks are about:

`run`        executes a notebook in this process, without a kernel (`recorder` takes
             what it shows, `shareable` tells whether the process may be forked)
`zygote`     the base process: has imported everything, forks a template a notebook
`template`   holds one executed notebook, forks a kernel whenever one is asked for
`alone`      the same without a fork, for systems that have none that is safe
`base`       the server's side of the base process
`templates`  the server's side of executed notebooks, each with its template
`ready`      keeps a few kernels ready for the next page
`provisioner` lets jupyter_client start kernels that are forks
`page`       renders an executed notebook once, with Voila's own machinery
`pictures`   has each picture drawn once, in another process (`drawer`, `draw`), and
             keeps it on a `shelf`; `bundle` makes one file of all of a source
`kept`       keeps what came of runs for the next start, where nothing else decides it
`kernels`    begins a page's kernel when its socket opens; `frames` and `pace` say what
             a page may send to it
`watch`      notices that code or data were changed
"""

import sys

# nbformat needs jsonschema, and that builds, on import, a grammar of addresses in all
# the world's letters: a second or two in each process, for what no notebook has
if "jsonschema" not in sys.modules and "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import jsonschema  # type: ignore[import-untyped]  # noqa: F401

    del sys.modules["rfc3987_syntax"]

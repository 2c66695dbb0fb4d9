"""Compute once, share with everyone; ask a kernel only for what is new.

A small library over Voila, ipykernel and jupyter_client that knows nothing of what its
notebooks are about:

`run`        executes a notebook in this process, without a kernel
`zygote`     the base process: has imported everything, forks a template a notebook
`template`   holds one executed notebook, forks a kernel whenever one is asked for
`alone`      the same without a fork, for systems that have none that is safe
`templates`  the server's side of these processes
`provisioner` lets jupyter_client start kernels that are forks
`page`       renders an executed notebook once, with Voila's own machinery
`pictures`   draws each picture once, in a process of its own (`draw`)
"""

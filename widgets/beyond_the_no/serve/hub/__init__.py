"""Many rooms on one address: JupyterHub starts them, its proxy keeps them apart.

One room is one of JupyterHub's servers: a process (or a container, or a pod) that runs
`room`. Who leads signs in at the hub; who takes part does not, and reaches one room.

`supervise`  starts the proxy and the hub, and starts the hub again if it dies
`config`     what we set in JupyterHub, whatever it runs on
`room`       the command of one room
`login`      asks the hub whether a visitor leads this room
`counts`     a page that says how many rooms there are, and no more
"""

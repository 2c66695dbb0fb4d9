"""Many rooms on one address: JupyterHub starts them, its proxy routes to them.

One room is one of JupyterHub's servers: a process (or a container, or a pod) that runs
``room``. Who leads signs in at the hub; who takes part does not, and reaches one room.

`supervisor`  starts the proxy and the hub, and starts the hub again if it dies
`config`  what we set in JupyterHub, whatever it runs on
`accounts`  JupyterHub's sign-in and accounts
`room_command`  the command of one room
`auth_handlers`  asks the hub whether a visitor leads this room
`room_count_service`  a page that says how many rooms there are, and no more
"""

"""``beyond-the-no hub``: start a hub and its proxy, and print where it is."""

import argparse

from ...common.network_addresses import Addresses, in_url
from ...common.settings import UserError
from .supervisor import Supervisor

HUB = """Rooms are started at   {public}

Before anyone else can, sign up there as {admin}. Then add the people who lead rooms.
Ctrl-C ends all rooms, and they forget everything."""


def hub(args: argparse.Namespace) -> int:
    """Start a hub and its proxy, and stay until Ctrl-C."""
    ip = in_url(Addresses(args.ip).best)
    public = (args.public or f"http://{ip}:{args.port}").rstrip("/") + "/"
    if args.config is not None and not args.config.is_file():
        raise UserError(f"There is no file {args.config}. Name one with --config.")
    where = (args.ip, args.port)
    supervisor = Supervisor(args.folder, where, public, args.admin, args.config)
    print("The hub starts …", flush=True)
    text = HUB.format(public=public, admin=args.admin[0])
    return supervisor.run(lambda: print(text, flush=True))

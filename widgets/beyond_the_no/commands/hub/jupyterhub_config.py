"""JupyterHub's configuration for ``beyond-the-no hub``: rooms are processes here."""

import json
import os

from beyond_the_no.commands.hub.accounts import Accounts
from beyond_the_no.commands.hub.config import LIFELINE, configure
from beyond_the_no.common import resources

c = get_config()  # type: ignore[name-defined]  # noqa: F821
configure(c)
c.JupyterHub.spawner_class = "simple"
c.Spawner.environment[LIFELINE] = os.environ[LIFELINE]
if resources.OWN:
    c.Spawner.environment[resources.FOLDER] = str(resources.OWN)
c.JupyterHub.public_url = os.environ["BEYOND_PUBLIC_URL"]
c.JupyterHub.bind_url = os.environ["BEYOND_BIND_URL"]
c.JupyterHub.hub_bind_url = os.environ["BEYOND_HUB_URL"]
# the proxy is not the hub's child: phones stay connected while the hub starts again
c.JupyterHub.proxy_class = "configurable-http-proxy"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = os.environ["BEYOND_PROXY_URL"]
c.JupyterHub.cleanup_proxy = False
c.JupyterHub.authenticator_class = Accounts
# these three are not the hub's children either
c.JupyterHub.services = [
    {"name": "stop", "api_token": os.environ["BEYOND_STOP_TOKEN"], "display": False},
    {"name": "cull", "api_token": os.environ["BEYOND_CULL_TOKEN"], "display": False},
    {
        "name": "rooms",
        "api_token": os.environ["BEYOND_ROOMS_TOKEN"],
        "url": os.environ["BEYOND_ROOMS_URL"],
        "display": False,
    },
]
SEE = ["list:users", "read:servers"]
SCOPES = {
    "stop": [*SEE, "delete:servers"],
    "cull": [*SEE, "delete:servers", "read:users:activity"],
    "rooms": SEE,
}
c.JupyterHub.load_roles = [
    {"name": name, "services": [name], "scopes": scopes}
    for name, scopes in SCOPES.items()
]
c.NativeAuthenticator.open_signup = False
c.Authenticator.admin_users = set(json.loads(os.environ["BEYOND_ADMINS"]))
c.Authenticator.allow_all = True  # whom the administrator has let in
if os.environ.get("BEYOND_HUB_CONFIG"):
    load_subconfig(os.environ["BEYOND_HUB_CONFIG"])  # type: ignore[name-defined]  # noqa: F821

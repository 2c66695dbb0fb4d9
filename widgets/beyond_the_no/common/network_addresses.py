"""Network addresses of this laptop, ranked by how likely phones can reach them.

Which way a packet to the internet would take says little about that: a hotspot has no
such way, and a VPN takes it over. So each address of each network interface is ranked
by what the interface is, which its name tells.
"""

import ipaddress
import re
import socket
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import psutil

LOOPBACK = "127.0.0.1"
EVERY_V4, EVERY_V6 = ("", "0.0.0.0"), ("::",)


class Kind(IntEnum):
    """What an interface is, in the order in which phones are likely to be there."""

    HOTSPOT = 0  # this laptop's own
    WIFI = 1
    LAN = 2  # a cable, or anything else that is no exception
    TUNNEL = 3  # a VPN, or a line to the internet
    VIRTUAL = 4  # containers and virtual machines, on this laptop
    ALONE = 5  # its network gave it no address, so it took one itself


_VIRTUAL = re.compile(
    r"(docker|br-|veth|virbr|vmnet|vmenet|vboxnet|vnet\d|lxc|lxd|incus|podman|cni|cali"
    r"|flannel|kube|waydroid|mpqemu|bridge\d|anpi|vethernet|virtualbox|vmware|hyper-v)"
    r"|.*(\bWSL\b|host-only|virtual)",
    re.IGNORECASE,
)
_TUNNEL = re.compile(
    r"(tun|tap|utun|wg|ppp|ipsec|vti|gre|sit|zt|feth|ham\d|tailscale|nordlynx|proton"
    r"|pvpn|mullvad|gpd\d|cscotun|nebula|wwan|rmnet|pdp_ip|bnep|pan\d|awdl|llw)"
    r"|.*(vpn|tunnel|wireguard|wintun|anyconnect|globalprotect|forti|zerotier|hamachi"
    r"|tap-windows|cellular|mobil|bluetooth|warp)",
    re.IGNORECASE,
)
# Windows gives its own hotspot the name that ends in a star and a number
_WIFI = re.compile(
    r"(wl|wi-?fi|wireless|ath\d|ap\d|uap\d|airport|drahtlos)|.*\* \d+$", re.IGNORECASE
)
_MACS_WIFI = "en0"  # of every MacBook
# what Windows, NetworkManager and macOS call their hotspot; macOS also names a bridge
# of virtual machines so, with other addresses
_HOTSPOTS = {"192.168.137.1", "10.42.0.1", "192.168.2.1"}
_CARRIERS = ipaddress.ip_network("100.64.0.0/10")  # and Tailscale's


@dataclass(frozen=True)
class Address:
    """One address of this laptop."""

    address: str
    interface: str
    kind: Kind


def kind_of(
    interface: str, address: str, prefix: int, flags: str = "", mac: bool = False
) -> Kind:
    """Tell what an interface is, by its name and one of its addresses.

    Parameters
    ----------
    prefix : how many bits of the address name the network.
    flags : the interface's, as ``ifconfig`` writes them.
    mac : whether this is macOS.
    """
    at = ipaddress.ip_address(address)
    if at.is_link_local:
        return Kind.ALONE
    bridge = mac and interface.startswith("bridge")
    if _VIRTUAL.match(interface) and not (bridge and address in _HOTSPOTS):
        return Kind.VIRTUAL
    carrier = at.version == 4 and at in _CARRIERS
    single = prefix >= at.max_prefixlen - 1
    if _TUNNEL.match(interface) or "pointopoint" in flags or carrier or single:
        return Kind.TUNNEL
    wifi = bool(_WIFI.match(interface)) or (mac and interface == _MACS_WIFI)
    first = int(at) == int(ipaddress.ip_network((address, prefix), False)[1])
    if (wifi and first) or address in _HOTSPOTS:
        return Kind.HOTSPOT
    return Kind.WIFI if wifi else Kind.LAN


def ranked(
    interfaces: Mapping[str, Iterable[Any]],
    stats: Mapping[str, Any],
    *,
    routed: str = "",
    current: str = "",
    version: int = 4,
    mac: bool = False,
) -> tuple[Address, ...]:
    """Rank the addresses that psutil lists, the most likely first.

    Parameters
    ----------
    interfaces, stats : what `psutil.net_if_addrs` and `psutil.net_if_stats` return.
    routed : the address from which packets to the internet leave.
    current : the address that people use already; it goes before others of its kind.
    version : of the internet protocol.
    """
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    found = []
    for interface, addresses in interfaces.items():
        about = stats.get(interface)
        if about is not None and not about.isup:
            continue
        flags = getattr(about, "flags", "")
        for one in addresses:
            if one.family != family:
                continue
            at = ipaddress.ip_address(one.address.partition("%")[0])
            if at.is_loopback or at.is_unspecified or at.is_multicast:
                continue
            if version == 6 and at.is_link_local:
                continue  # of no use without the name of the phone's own interface
            prefix = _prefix(one.netmask, at.max_prefixlen)
            kind = kind_of(interface, str(at), prefix, flags, mac)
            found.append(Address(str(at), interface, kind))
    return tuple(
        sorted(found, key=lambda a: (a.kind, a.address != current, a.address != routed))
    )


def _prefix(netmask: str | None, most: int) -> int:
    """Count the bits of a netmask; where it is missing, take it for an ordinary one."""
    if not netmask:
        return 24 if most == 32 else 64
    return int(ipaddress.ip_address(netmask)).bit_count()


class Addresses:
    """The addresses of this laptop at which a server that listens at `ip` answers."""

    def __init__(self, ip: str) -> None:
        self.ip = ip
        self.every = ip in EVERY_V4 or ip in EVERY_V6
        self._version = 6 if ip in EVERY_V6 else 4
        self.found: tuple[Address, ...] = ()
        self.only_six = False  # its networks have addresses that we don't listen at
        self.refresh()

    def refresh(self) -> None:
        """Look again: a laptop joins networks and leaves them."""
        if not self.every:
            self.found = (Address(self.ip, "", Kind.LAN),)
            return
        self.found = look(self._version, self.best)
        self.only_six = not self.found and self._version == 4 and bool(look(6))

    @property
    def best(self) -> str:
        """The address that phones most likely reach; loopback where there is none."""
        return self.found[0].address if self.found else self.here

    @property
    def here(self) -> str:
        """An address that works on this laptop, whatever network it is on."""
        if not self.every:
            return self.ip
        return LOOPBACK if self._version == 4 else "::1"

    @property
    def only_here(self) -> bool:
        """Whether the server was told to listen to this laptop alone."""
        try:
            return not self.every and ipaddress.ip_address(self.ip).is_loopback
        except ValueError:
            return self.ip == "localhost"

    @property
    def own(self) -> frozenset[str]:
        """All of them, for telling this laptop from a phone."""
        return frozenset(one.address for one in self.found)


def look(version: int = 4, current: str = "") -> tuple[Address, ...]:
    """Rank this laptop's addresses as they are now."""
    routed = _routed(version)
    try:
        interfaces, stats = psutil.net_if_addrs(), psutil.net_if_stats()
    except (OSError, psutil.Error):  # not allowed, as on some phones and in sandboxes
        here = routed and ipaddress.ip_address(routed).is_loopback
        return (Address(routed, "", Kind.LAN),) if routed and not here else ()
    return ranked(
        interfaces,
        stats,
        routed=routed,
        current=current,
        version=version,
        mac=sys.platform == "darwin",
    )


def _routed(version: int) -> str:
    """Ask from which address packets to the internet would leave; send none."""
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    outside = "203.0.113.1" if version == 4 else "2001:db8::1"  # nobody's
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((outside, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def in_url(address: str) -> str:
    """Write an address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address

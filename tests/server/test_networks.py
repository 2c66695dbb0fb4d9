"""Which of a laptop's addresses phones can reach, told from recorded interfaces."""

import socket
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.common.network_addresses import Address, Addresses, Kind, ranked

Recorded = dict[str, str]  # interface: address/prefix, or "down"


def rank(
    recorded: Recorded, *, mac: bool = False, **more: str | int
) -> tuple[Address, ...]:
    """Rank what `ip address`, `ifconfig` or `ipconfig` showed."""
    interfaces, stats = {}, {}
    for interface, shown in recorded.items():
        address, _, prefix = shown.removesuffix(" down").partition("/")
        bits = int(prefix or 24)
        mask = (0xFFFFFFFF << (32 - bits)) & 0xFFFFFFFF
        packed = socket.inet_ntoa(mask.to_bytes(4, "big"))
        one = SimpleNamespace(family=socket.AF_INET, address=address, netmask=packed)
        interfaces[interface] = [one]
        stats[interface] = SimpleNamespace(
            isup=not shown.endswith("down"), flags="up,broadcast,running"
        )
    return ranked(interfaces, stats, mac=mac, **more)


LINUX = {
    "a hotspot without internet": (
        {"lo": "127.0.0.1/8", "wlan0": "10.42.0.1/24"},
        "10.42.0.1",
    ),
    "a cable with internet and a hotspot": (
        {"eth0": "10.20.30.40/16", "ap0": "192.168.137.1/24"},
        "192.168.137.1",
    ),
    "a VPN that takes everything": (
        {"tun0": "10.8.0.6/24", "wlp3s0": "192.168.1.23/24"},
        "192.168.1.23",
    ),
    "WireGuard": ({"wg0": "10.2.0.2/32", "wlan0": "10.0.0.7/24"}, "10.0.0.7"),
    "containers": (
        {
            "docker0": "172.17.0.1/16",
            "br-3f2c1d0a9b8e": "172.18.0.1/16",
            "vethd1e2f3a": "169.254.3.4/16",
            "virbr0": "192.168.122.1/24",
            "enp0s31f6": "192.168.178.20/24",
        },
        "192.168.178.20",
    ),
    "a virtual machine's network": (
        {
            "vboxnet0": "192.168.0.1/24",
            "vmnet8": "192.168.88.1/24",
            "wlan0": "10.1.1.9",
        },
        "10.1.1.9",
    ),
    "Tailscale": ({"tailscale0": "100.64.0.5/32", "eth0": "10.0.0.4"}, "10.0.0.4"),
    "a cable that is out": (
        {"eth0": "192.168.7.3/24 down", "wlan0": "192.168.1.23/24"},
        "192.168.1.23",
    ),
    "no answer from a router": (
        {"wlan0": "169.254.10.20/16", "eth0": "10.0.0.4/24"},
        "10.0.0.4",
    ),
}
MACOS = {
    "Wi-Fi and iCloud": (
        {"utun3": "10.0.0.2/32", "en0": "192.168.1.5/24"},
        "192.168.1.5",
    ),
    "Internet sharing": (
        {"en7": "10.20.30.40/16", "bridge100": "192.168.2.1/24"},
        "192.168.2.1",
    ),
    "virtual machines": (
        {"bridge100": "192.168.64.1/24", "vmenet0": "192.168.64.9", "en0": "10.0.0.9"},
        "10.0.0.9",
    ),
    "a cable beside the Wi-Fi": (
        {"en5": "10.20.30.40/16", "en0": "192.168.1.5/24"},
        "192.168.1.5",
    ),
}
WINDOWS = {
    "its own hotspot": (
        {
            "Ethernet": "10.20.30.40/16",
            "Local Area Connection* 12": "192.168.137.1/24",
        },
        "192.168.137.1",
    ),
    "WSL and Hyper-V": (
        {
            "vEthernet (WSL)": "172.25.16.1/20",
            "vEthernet (Default Switch)": "172.30.0.1/20",
            "Wi-Fi": "192.168.1.44/24",
        },
        "192.168.1.44",
    ),
    "VirtualBox and VMware": (
        {
            "VirtualBox Host-Only Network": "192.168.56.1/24",
            "VMware Network Adapter VMnet8": "192.168.159.1/24",
            "Ethernet 2": "10.0.0.8/24",
        },
        "10.0.0.8",
    ),
    "VPNs": (
        {
            "ProtonVPN TUN": "10.2.0.2/16",
            "OpenVPN TAP-Windows6": "10.8.0.6/24",
            "WLAN": "192.168.0.17/24",
        },
        "192.168.0.17",
    ),
    "a Wi-Fi that is off": (
        {"WLAN": "169.254.8.9/16 down", "Ethernet": "10.0.0.8/24"},
        "10.0.0.8",
    ),
}
EVERY = [
    pytest.param(*case, system == "macOS", id=f"{system}: {name}")
    for system, cases in (("Linux", LINUX), ("macOS", MACOS), ("Windows", WINDOWS))
    for name, case in cases.items()
]


@pytest.mark.parametrize(("recorded", "wanted", "mac"), EVERY)
def test_phones_are_looked_for_where_they_are(
    recorded: Recorded, wanted: str, mac: bool
) -> None:
    forwards = rank(recorded, mac=mac)
    backwards = rank(dict(reversed(recorded.items())), mac=mac)

    assert forwards[0].address == backwards[0].address == wanted
    shown = {one.address for one in forwards}
    up = {a.partition("/")[0] for a in recorded.values() if not a.endswith("down")}
    assert shown == up - {"127.0.0.1"}, "every other one can be chosen"


@pytest.mark.parametrize("interface", ["docker0", "tun0", "vEthernet (External)"])
def test_the_only_address_is_shown_whatever_its_interface(interface: str) -> None:
    assert [one.address for one in rank({interface: "192.168.1.9/24"})] == [
        "192.168.1.9"
    ]


def test_of_two_alike_the_one_with_internet_comes_first() -> None:
    two = {"wlan0": "192.168.1.23/24", "wlan1": "10.0.0.7/24"}

    assert rank(two, routed="10.0.0.7")[0].address == "10.0.0.7"
    assert rank(two, routed="192.168.1.23")[0].address == "192.168.1.23"


def test_the_wall_stays_where_people_are_until_a_better_network_comes() -> None:
    two = {"wlan0": "192.168.1.23/24", "wlan1": "10.0.0.7/24"}
    stays = rank(two, routed="10.0.0.7", current="192.168.1.23")
    better = rank(two | {"ap0": "10.42.0.1/24"}, current="192.168.1.23")
    only_vpn = rank({"tun0": "10.8.0.6/24"} | two, current="10.8.0.6")

    assert stays[0].address == "192.168.1.23"
    assert better[0].kind is Kind.HOTSPOT
    assert only_vpn[0].kind is Kind.WIFI


NAMES = st.sampled_from(
    ["wlan0", "eth0", "tun0", "docker0", "en0", "Wi-Fi", "Ethernet", "?"]
) | st.text(max_size=12)


@given(st.dictionaries(NAMES, st.ip_addresses(v=4).map(lambda at: f"{at}/24")))
def test_no_interface_stops_it_and_loopback_is_never_shown(recorded: Recorded) -> None:
    found = rank(recorded)

    assert list(found) == sorted(found, key=lambda one: one.kind)
    assert not any(one.address.startswith("127.") for one in found)


def test_an_address_that_was_typed_is_the_only_one() -> None:
    typed = Addresses("192.168.1.23")

    assert (typed.best, typed.here) == ("192.168.1.23", "192.168.1.23")
    assert not typed.only_here
    assert Addresses("127.0.0.1").only_here
    assert Addresses("localhost").only_here
    assert not Addresses("0.0.0.0").only_here

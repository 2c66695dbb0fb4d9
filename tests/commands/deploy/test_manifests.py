"""What `deploy/` says is read by the tools of those who will read it.

Nothing is built and no cluster runs here: these are the errors that can be found
without one. Each check is also shown a broken file, which it must refuse.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from traitlets.config import Config

from beyond_the_no.commands.hub import config
from support.served import REPO

DEPLOY = REPO / "deploy"
CONTAINERFILE = DEPLOY / "Containerfile"
COMPOSE = DEPLOY / "compose.yaml"
VALUES = DEPLOY / "zero-to-jupyterhub.yaml"
KUBERNETES = kubernetes_validate.latest_version()
CHART = "BEYOND_CHART"
Object = dict[str, Any]


def program(name: str) -> str:
    """Find a tool beside this Python."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not made for this system")
    return found


def passes(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def hadolint(path: Path) -> None:
    passes(program("hadolint"), "--no-color", path)


def compose(path: Path) -> None:
    check = program("check-jsonschema")
    passes(check, "--builtin-schema", "vendor.compose-spec", path)


def kubernetes(path: Path) -> None:
    """Check what the chart hands on to Kubernetes as it is."""
    for object_ in handed_on(yaml.safe_load(path.read_text("utf-8"))):
        try:
            kubernetes_validate.validate(object_, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            raise AssertionError(f"{object_['kind']}: {error.message}") from None


def handed_on(values: Object) -> Iterator[Object]:
    """Put the pieces into the objects that the chart puts them into."""
    room, hub, ingress = values["singleuser"], values["hub"], values["ingress"]
    sizes = (("cpu", room["cpu"]), ("memory", room["memory"]))
    container = {
        "name": "room",
        "image": f"{room['image']['name']}:{room['image']['tag']}",
        "resources": {
            "limits": {name: size["limit"] for name, size in sizes},
            "requests": {name: size["guarantee"] for name, size in sizes},
        },
    }
    yield pod("room", container, room["extraPodConfig"])
    environment = [
        {"name": name, **(value if isinstance(value, dict) else {"value": value})}
        for name, value in hub["extraEnv"].items()
    ]
    image = f"{hub['image']['name']}:{hub['image']['tag']}"
    yield pod("hub", {"name": "hub", "image": image, "env": environment}, {})
    yield {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "rooms", "annotations": ingress["annotations"]},
        "spec": {
            "rules": [{"host": host} for host in ingress["hosts"]],
            "tls": ingress["tls"],
        },
    }


def pod(name: str, container: Object, more: Object) -> Object:
    about: Object = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}}
    return about | {"spec": {"containers": [container]} | more}


CHECKS = ((hadolint, CONTAINERFILE), (compose, COMPOSE), (kubernetes, VALUES))
BROKEN = [
    (hadolint, CONTAINERFILE, "USER 1000", "USER root"),
    (hadolint, CONTAINERFILE, ":22-bookworm-slim", ""),
    (hadolint, CONTAINERFILE, "WORKDIR /proxy", "WORKDIR proxy"),
    (hadolint, CONTAINERFILE, "COPY widgets", "COPPY widgets"),
    (compose, COMPOSE, "mem_limit", "memlimit"),
    (compose, COMPOSE, "pids_limit: 2000", "pids_limit: [many]"),
    (compose, COMPOSE, "dockerfile:", "containerfile:"),
    (kubernetes, VALUES, "terminationGracePeriodSeconds", "terminationGraceSeconds"),
    (kubernetes, VALUES, "Seconds: 30", "Seconds: soon"),
    (kubernetes, VALUES, "          key: secret\n", ""),
    (kubernetes, VALUES, '"14400"', "14400"),
    (kubernetes, VALUES, "secretName", "secret"),
]


@pytest.mark.parametrize(("check", "path"), CHECKS)
def test_their_own_tools_find_nothing(check: Any, path: Path) -> None:
    check(path)


@pytest.mark.parametrize(("check", "path", "good", "bad"), BROKEN)
def test_their_own_tools_find_what_is_broken(
    check: Any, path: Path, good: str, bad: str, tmp_path: Path
) -> None:
    text = path.read_text("utf-8")
    broken = tmp_path / path.name
    broken.write_text(text.replace(good, bad), "utf-8")

    assert good in text
    with pytest.raises(AssertionError):
        check(broken)


def instructions(name: str) -> list[str]:
    text = CONTAINERFILE.read_text("utf-8").replace("\\\n", " ")
    return re.findall(rf"(?m)^{name} +(.+)$", text)


def test_an_image_is_made_of_files_that_are_in_the_checkout() -> None:
    names = [
        name
        for line in instructions("COPY")
        if not line.startswith("--from")
        for name in line.split()[:-1]
    ]
    kept_out = (REPO / ".dockerignore").read_text("utf-8").splitlines()

    assert "widgets" in names
    assert [name for name in names if not (REPO / name).exists()] == []
    assert not set(names) & set(kept_out)


def test_spawners_may_say_what_an_image_runs() -> None:
    """Docker's and Kubernetes' spawners pass a command on as an image's arguments."""
    assert instructions("ENTRYPOINT") == []


def test_a_compose_file_names_what_is_there() -> None:
    found = yaml.safe_load(COMPOSE.read_text("utf-8"))
    hub, https = found["services"]["hub"], found["services"]["https"]
    volumes = [v.partition(":")[0] for s in (hub, https) for v in s["volumes"]]

    assert set(volumes) == set(found["volumes"])
    context = (DEPLOY / hub["build"]["context"]).resolve()
    assert context / hub["build"]["dockerfile"] == CONTAINERFILE
    assert https["command"][-1] == f"hub:{instructions('EXPOSE')[0]}"


def test_pods_are_told_what_the_form_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chart has set its own when our lines run; ours must win all the same."""
    spawner = pytest.importorskip("jupyterhub.spawner", reason="needs `make hub`")
    values = yaml.safe_load(VALUES.read_text("utf-8"))
    monkeypatch.setenv(config.COMMAND, values["hub"]["extraEnv"][config.COMMAND])
    c = Config()
    c.KubeSpawner.environment = {}  # singleuser.extraEnv
    c.Spawner.cmd = "jupyterhub-singleuser"
    exec(values["hub"]["extraConfig"]["rooms"], {"c": c})

    class KubeSpawner(spawner.LocalProcessSpawner):
        """Takes its settings as the real one does: by its name and its parent's."""

    made = KubeSpawner(config=c)
    assert set(made.environment) == {config.OPTIONS, config.KEY}
    assert made.cmd == ["beyond-the-no", "room"]
    assert made.options_form == config.form()


@pytest.mark.skipif(
    CHART not in os.environ, reason=f"{CHART} names no folder with the chart"
)
def test_the_chart_takes_the_values_and_makes_what_kubernetes_takes() -> None:
    helm = pytest.importorskip("helm_python", reason="needs helm-python-sdk")
    values = yaml.safe_load(VALUES.read_text("utf-8"))
    with helm.Chart.load(os.environ[CHART]) as chart:
        chart.validate_schema(chart.merge_values(values))
        files = chart.render(values, name="rooms", namespace="rooms")

    texts = [text for name, text in files.items() if name.endswith(".yaml")]
    objects = [o for text in texts for o in yaml.safe_load_all(text) if o]
    assert {"Deployment", "Ingress", "Secret"} <= {o["kind"] for o in objects}
    for object_ in objects:
        kubernetes_validate.validate(object_, KUBERNETES, strict=True)

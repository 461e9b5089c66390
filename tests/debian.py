"""Programs that the tests need and the machine may lack, from Debian's packages; standard library only."""

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Install a package, where that is ours to do: as root, with apt-get."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {package} with apt-get for the tests …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", "-y", *action], env=environment, check=False)

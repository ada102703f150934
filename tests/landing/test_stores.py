"""The file system behind an address, and one clear sentence where something is missing."""

import sys

import pytest

from flows.landing.discover import discover
from flows.landing.file import MissingLanding


@pytest.mark.parametrize(
    ("address", "module", "extra"),
    [
        ("s3://press/in", "s3fs", "s3"),
        ("sftp://reader:geheim@drop.example/in", "paramiko", "sftp"),
        ("gs://press/in", "gcsfs", "gs"),
        ("az://press/in", "adlfs", "az"),
    ],
)
def test_a_missing_extra_is_told_with_the_command_that_installs_it(address, module, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "flows.landing.sftp", raising=False)
    with pytest.raises(MissingLanding) as missing:
        discover([address])
    assert str(missing.value) == (
        f"the landing {address.replace('reader:geheim@', '')} needs a package that is not installed: "
        f"type «.venv/bin/pip install -c constraints.txt -e '.[{extra}]'»"
    )


def test_an_unknown_kind_of_address_is_told():
    with pytest.raises(MissingLanding, match=r"^the landing gopher://a/b can't be opened: .*gopher"):
        discover(["gopher://a/b"])

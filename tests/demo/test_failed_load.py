"""A load that fails leaves nothing behind."""

import os

import pytest
from django.conf import settings

from cms.models import HubDocument, HubImage, HubRendition
from demo.content import Content, ContentError
from demo.loading import people
from demo.loading.load import load


def files():
    return {
        os.path.join(folder, name)
        for folder, _folders, names in os.walk(settings.MEDIA_ROOT)
        for name in names
    }


def counts():
    return [model.objects.count() for model in (HubImage, HubDocument, HubRendition)]


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_no_rows_and_no_files_stay(monkeypatch, tmp_path):
    before, rows = files(), counts()
    made = set()

    def fail(desk):
        desk.library.portrait("ewa", "Ewa Regał", ["zespol"])
        desk.library.store_renditions()
        made.update(files() - before)
        raise ContentError("experts.toml", "something is wrong")

    monkeypatch.setattr(people, "load_experts", fail)
    accounts_file = tmp_path / "accounts.txt"
    with pytest.raises(ContentError, match=r"experts\.toml: something is wrong"):
        load(Content(), accounts_file=accounts_file)
    # Six publications, a picture and what is made of it.
    assert len(made) > 10
    assert files() == before
    assert counts() == rows
    assert not accounts_file.exists()

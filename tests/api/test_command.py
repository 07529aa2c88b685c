"""``api-tokens``: the token alone on standard output, then never again."""

from __future__ import annotations

import re

import pytest

from kpicat.model import Catalogue


def test_a_token_is_made_listed_and_withdrawn_by_command(run, url, store, at):
    store.create(Catalogue("xa", "Danh mục"), actor="x", at=at)

    def tokens(*arguments):
        return run("api-tokens", *arguments, "--database", url)

    status, out, err = tokens("add", "KPI tỉnh", "--catalogue", "xa", "--until", "2999-12-31")
    assert status == 0 and re.fullmatch(r"kpicat_[0-9a-f]{12}_[\w-]{43}\n", out) and "this once" in err
    assert tokens("add", "Mọi")[0] == 0
    first, second = tokens("list")[1].splitlines()
    id, *told = first.split("\t")
    assert id == out.split("_")[1] and told == ["KPI tỉnh", "good", "xa", "2999-12-31T17:00+0000", "-"]
    assert second.split("\t")[3] == "*" and out.strip() not in first
    assert tokens("revoke", id) == (0, "KPI tỉnh is let in no more by this token.\n", "")
    assert tokens("revoke", id)[0] == 2
    assert tokens("list")[1].splitlines()[0].split("\t")[2] == "withdrawn"
    assert tokens("add", "Mãi", "--until", "9999-12-31")[0] == 0 and "\t9999-12-" in tokens("list")[1]
    assert tokens("add", "Sai", "--catalogue", "nowhere")[0] == 2
    with pytest.raises(SystemExit):
        tokens("add", "Sai", "--until", "31/12/2999")

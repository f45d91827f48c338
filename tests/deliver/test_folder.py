"""Previews: a letter laid into a folder whole, and nothing of it anywhere else."""

from dataclasses import replace
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.channels.folder import GROUP_TEXT, file_name
from monitor.domain.errors import CannotRun, DeliveryError
from monitor.domain.letter import Letter
from tests.deliver.letters import AT, NAMES, SUBJECT, a_letter


def lay(folder: Path, letter: Letter) -> Path:
    return Path(CHANNELS.get("folder")(Means(folder=folder)).deliver(letter, "", "k", AT))


def test_a_preview_holds_the_mail_and_each_of_its_parts(tmp_path: Path) -> None:
    place = lay(tmp_path / "预览", a_letter())
    there = {each.name for each in place.iterdir()}
    assert there == {
        f"{SUBJECT}.eml",
        f"{SUBJECT}.html",
        f"{SUBJECT}.txt",
        GROUP_TEXT,
        "地区.png",
        *NAMES,
    }
    assert (place / GROUP_TEXT).read_text("utf-8") == a_letter().group_text
    assert (place / f"{SUBJECT}.txt").read_text("utf-8") == a_letter().text


def test_the_page_shows_its_picture_without_a_mail_program(tmp_path: Path) -> None:
    page = (lay(tmp_path, a_letter()) / f"{SUBJECT}.html").read_text("utf-8")
    assert "cid:" not in page
    assert 'src="data:image/png;base64,iVBOR' in page


def test_the_mail_in_the_folder_is_the_one_that_would_be_sent(tmp_path: Path) -> None:
    raw = (lay(tmp_path, a_letter()) / f"{SUBJECT}.eml").read_bytes()
    message = BytesParser(policy=default).parsebytes(raw)
    assert message["Subject"] == SUBJECT
    assert [part.get_filename() for part in message.iter_attachments()] == list(NAMES)


def test_a_second_preview_takes_the_first_ones_place_and_leaves_nothing_else(
    tmp_path: Path,
) -> None:
    lay(tmp_path, a_letter())
    place = lay(tmp_path, replace(a_letter(), attachments=(), text="新的一稿"))
    assert (place / f"{SUBJECT}.txt").read_text("utf-8") == "新的一稿"
    assert not (place / NAMES[0]).exists()
    assert list(tmp_path.iterdir()) == [place]


def test_a_folder_that_cannot_be_written_keeps_the_old_preview(tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("不是文件夹", "utf-8")
    with pytest.raises(DeliveryError, match="写不进文件夹") as caught:
        lay(blocked, a_letter())
    assert caught.value.permanent
    assert blocked.read_text("utf-8") == "不是文件夹"


def test_no_folder_named_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="没有指定预览文件夹"):
        CHANNELS.get("folder")(Means())


@given(st.text(max_size=200))
def test_no_name_climbs_out_of_the_folder(text: str) -> None:
    name = file_name(text)
    assert Path(name).name == name
    assert name not in {"", ".", ".."}
    assert not name.startswith(".")
    assert len(name) <= 60

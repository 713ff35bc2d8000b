from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

import halochat.languages

LANGUAGES = Path(halochat.languages.__file__).parent
PREVIEW = LANGUAGES.parent / "static" / "preview.js"
TAGS = sorted(path.stem for path in LANGUAGES.glob("*.yml"))
TRANSLATED = [tag for tag in TAGS if tag != "en"]

# Words a language shares with English; every other text must differ.
SAME_AS_ENGLISH = {
    "ca": {"participants": "a Catalan word too"},
    "da": {"menu": "a Danish word too", "send": "a Danish word too"},
    "de": {"ticket": "loan word of the trade"},
    "es": {"ticket": "loan word of the trade"},
    "fr": {
        "menu": "a French word too",
        "participants": "a French word too",
        "ticket": "loan word of the trade",
    },
    "id": {"menu": "an Indonesian word too"},
    "it": {
        "liveChatName": "loan word of the trade",
        "menu": "an Italian word too",
        "ticket": "loan word of the trade",
    },
    "nb": {"send": "a Norwegian word too"},
    "nl": {"menu": "a Dutch word too", "ticket": "loan word of the trade"},
    "pl": {"menu": "a Polish word too"},
    "pt-BR": {"menu": "a Portuguese word too"},
    "pt-PT": {"menu": "a Portuguese word too", "ticket": "loan word of the trade"},
    "vi": {"menu": "a Vietnamese word too"},
}

# What Unicode calls the letters of a language not written in Latin ones.
SCRIPTS = {
    "ar": {"ARABIC"},
    "bg": {"CYRILLIC"},
    "el": {"GREEK"},
    "he": {"HEBREW"},
    "hi": {"DEVANAGARI"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "ko": {"HANGUL"},
    "ru": {"CYRILLIC"},
    "th": {"THAI"},
    "uk": {"CYRILLIC"},
    "zh-Hans": {"CJK"},
    "zh-Hant": {"CJK"},
}
LATIN_EVERYWHERE = re.compile("Enter|Halo")  # a key, and the product

# Texts that a button, a menu or the header holds: little room.
SHORT = {
    "add",
    "agent",
    "cancel",
    "changeIcon",
    "close",
    "copyTranscript",
    "endChat",
    "newChatName",
    "open",
    "remove",
    "restartChat",
    "save",
    "send",
    "sendCanned",
    "stillHere",
}
SLACK = 6


def source(tag: str) -> str:
    return (LANGUAGES / f"{tag}.yml").read_text(encoding="utf-8")


def keys(tag: str) -> list[tuple[str, list[str]]]:
    """Sections and keys as written: order kept, doubles seen."""
    document = yaml.compose(source(tag), Loader=yaml.SafeLoader)
    return [
        (section.value, [key.value for key, _ in texts.value])
        for section, texts in document.value
    ]


def values(tag: str) -> dict[str, str]:
    widget, loader, preview = halochat.languages.texts(tag)
    return {**widget, **loader, **preview}


ENGLISH = values("en")


def letters(text: str) -> set[str]:
    """The scripts of a text's letters, by the first word of their names."""
    return {
        unicodedata.name(character).split()[0]
        for character in text
        if unicodedata.category(character).startswith("L")
    }


def test_covers_enough_languages():
    assert len(TAGS) >= 25


def test_english_has_no_duplicate_key():
    sections = dict(keys("en"))
    assert list(sections) == ["widget", "loader", "preview"]
    assert [len(names) for names in sections.values()] == [25, 6, 15]
    assert len(ENGLISH) == 46


@pytest.mark.parametrize("tag", TAGS)
def test_file_is_named_by_a_language_tag(tag):
    assert re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", tag)


@pytest.mark.parametrize("tag", TAGS)
def test_file_starts_with_a_comment_that_names_the_language(tag):
    pattern = r"# English\. " if tag == "en" else r"# [A-Z][^()\n]+ \([^()\n]+\)\."
    assert re.match(pattern, source(tag))


@pytest.mark.parametrize("tag", TAGS)
def test_file_is_normalized_text(tag):
    raw = (LANGUAGES / f"{tag}.yml").read_bytes().decode("utf-8")
    assert "\r" not in raw
    assert "\ufeff" not in raw
    assert raw.endswith("\n")
    assert not raw.endswith("\n\n")
    assert unicodedata.is_normalized("NFC", raw)


@pytest.mark.parametrize("tag", TAGS)
def test_sections_keys_and_order_are_those_of_english(tag):
    assert keys(tag) == keys("en")


@pytest.mark.parametrize("tag", TAGS)
def test_every_value_is_a_string(tag):
    for name, text in values(tag).items():
        assert isinstance(text, str), name
        assert text, name
        assert text == text.strip(), name
        assert re.sub("[\u00a0\u202f]", " ", text).isprintable(), name


@pytest.mark.parametrize("tag", TAGS)
def test_placeholders_are_kept(tag):
    for name, text in values(tag).items():
        assert text.count("@@@") == ENGLISH[name].count("@@@"), name
        assert text.count("@") == ENGLISH[name].count("@"), name


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_text_is_translated(tag):
    same = {
        name
        for name, text in values(tag).items()
        if text.casefold() == ENGLISH[name].casefold()
    }
    assert same == set(SAME_AS_ENGLISH.get(tag, {}))


def test_english_words_are_allowed_only_for_known_languages():
    assert set(SAME_AS_ENGLISH) <= set(TRANSLATED)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_short_texts_stay_short(tag):
    for name in SHORT:
        assert len(values(tag)[name]) <= 2 * len(ENGLISH[name]) + SLACK, name


@pytest.mark.parametrize("tag", TAGS)
def test_language_is_written_in_its_own_script(tag):
    own = SCRIPTS.get(tag, {"LATIN"})
    for name, text in values(tag).items():
        found = letters(LATIN_EVERYWHERE.sub("", text))
        assert found, name
        assert found <= own, name


def test_scripts_are_listed_only_for_known_languages():
    assert set(SCRIPTS) <= set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_characters_are_typographic(tag):
    for name, text in values(tag).items():
        assert "..." not in text, name
        assert "'" not in text, name
        assert '"' not in text, name
        assert "  " not in text, name


def test_french_breaks_no_line_before_double_punctuation():
    for name, text in values("fr").items():
        assert not re.search(r"(?<![\u00a0\u202f])[:;?!]", text), name


@pytest.mark.parametrize("tag", TAGS)
def test_texts_with_different_meanings_differ(tag):
    count = Counter(text.casefold() for text in values(tag).values())
    assert [text for text, times in count.items() if times > 1] == []

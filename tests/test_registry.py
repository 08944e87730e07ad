"""The registry: the shipped one is complete, another group's loads too, and every mistake names its line."""

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.registry import STATUSES, YEARS, Choice, Registry, RegistryError, Round, load_registry
from dashboard.settings import PROJECT, Settings

SHIPPED = load_registry(PROJECT / "data" / "gedragscode.toml")

VALUES = {
    "onderwijssoort": "pro vmbo havo vwo vso isk",
    "antwoord": "ja nee ingetrokken onbeantwoord",
    "gever": "leerling ouder1 ouder2 voogd school onbekend",
    "wijze": "digitaal papier mondeling",
    "openheid": "openbaar semi-openbaar rechtstreeks",
    "reikwijdte": "school overlap buiten",
    "ernst": "licht ernstig",
    "veroorzaker": "leerling ouder medewerker stagiair vrijwilliger extern onbekend",
    "getroffene": "leerling ouder medewerker stagiair vrijwilliger extern onbekend",
    "maatregel": "geen gesprek waarschuwing herstel schorsing verwijdering berisping overplaatsing ontslag "
    "aangifte anders",
    "gericht_aan": "leidinggevende social_mediacoach",
    "stages.soort": "stagiair vrijwilliger",
    "kanaal": "website intranet schoolwebsite bericht",
    "doelgroep": "leerlingen ouders medewerkers",
    "activiteiten.soort": "les training ouderavond",
    "gebeurtenissen.soort": "beleid campagne systeemwissel definitie",
    "besluiten.status": "open gedaan vervallen",
    "dataset": "scholen leerlingen toestemmingen publicaties incidenten leveringen consultaties stages "
    "bekendmaking activiteiten personeel gebeurtenissen besluiten",
    "platform": "facebook x instagram whatsapp linkedin snapchat tiktok youtube teams e-mail",
    "doel": "beeld_website beeld_social_media beeld_nieuwsbrief beeld_email whatsapp_les social_media_les",
    "categorie": "pesten kwetsen stalken bedreigen zwartmaken anders_beschadigen social_media_in_les "
    "opname_online_les lesopname_gedeeld vertrouwelijk_gedeeld auteursrecht schade_goede_naam afstand "
    "prive_account prive_email vertrouwelijk_personeel rol_niet_vermeld beeld_zonder_toestemming "
    "middel_zonder_toestemming ontspoord",
}
"""Contract column → the values that the data contract lists."""

ARTICLES = (
    ["I"]
    + [f"II.{number}" for number in range(1, 4)]
    + [f"III.{number}" for number in range(1, 7)]
    + [f"IV.A.{number}" for number in range(1, 7)]
    + [f"IV.M.{number}" for number in range(1, 13)]
    + [f"V.{number}" for number in range(1, 4)]
    + [f"VI.{number}" for number in range(1, 6)]
)

OTHER_GROUP = (
    """
organisation = "Scholengroep De Overkant"
short_name = "Overkant"
title = "Mediacode"
year = "schooljaar"
threshold = 10
minimum_base = 20

[[round]]
board = 2022-03-15
in_force = 2022-04-01
validity_years = 3

[[round]]
validity_years = 3

[[chapter]]
code = "A"
title = "Afspraken"

[[article]]
number = "A.1"
title = "Vraag het eerst"
text = "Vraag het eerst."
kind = "M"
indicators = ["dekking"]
needs = ["toestemmingen"]
norm = "Iedereen."
question = "Werkt dit?"
sections = ["ouders"]

[[article]]
number = "A.2"
title = "Wees aardig"
text = '''
Wees
[[aardig]]
voor elkaar.'''
kind = "N"
question = "Lukt dat?"
sections = ["leerlingen", "ouders"]

[[indicator]]
code = "dekking"
label = "Dekking"
explanation = "Hoeveel."
figure = "aandeel"
norm = 1

[[purpose]]
code = "foto_jaarboek"
label = "Foto in het jaarboek"
short = "Jaarboek"
article = "A.1"

[[category]]
code = "onaardig"
label = "Onaardig"
article = "A.2"

[[reading]]
code = "ruim"
label = "Ruim"
explanation = "Eens ja, altijd ja."
ja = ["ja", "werd_16_ja", "verlopen_ja"]
nee = ["nee", "ingetrokken", "conflict", "werd_16_nee", "verlopen_nee"]
ongeldig = ["onbevoegd", "niet_uitdrukkelijk", "niet_aantoonbaar", "onbeantwoord", "niet_gevraagd"]
onbekend = ["onbekend"]

[[reading]]
code = "code"
label = "Smal"
explanation = "Alleen een vers antwoord."
default = true
ja = ["ja"]
nee = ["nee", "ingetrokken"]
ongeldig = [
    "conflict", "werd_16_ja", "werd_16_nee", "verlopen_ja", "verlopen_nee",
    "onbevoegd", "niet_uitdrukkelijk", "niet_aantoonbaar", "onbeantwoord", "niet_gevraagd",
]
onbekend = ["onbekend"]

[[platform]]
code = "mastodon"
label = "Mastodon"
aliases = ["masto", "fediverse"]

[[term]]
term = "vers"
explanation = "Van korter dan een jaar geleden."

[[finding]]
article = "A.2"
title = "Wel erg kort"
text = "Dit artikel is wel erg kort."

[measures]
leerlingen = ["gesprek"]

[labels.maatregel]
gesprek = "Goed gesprek"

[labels.dataset]
toestemmingen = "Toestemmingen"

"""
    + "\n".join(
        f'[[status]]\ncode = "{status}"\nlabel = "L {status}"\nexplanation = "U {status}."\n'
        for status in reversed(STATUSES)
    )
    + "".join(
        f'[[year_rule]]\ncode = "{year}"\nlabel = "L {year}"\nexplanation = "U {year}."\n' for year in reversed(YEARS)
    )
)

Load = Callable[[str], Registry]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a registry from its text."""

    def write_and_load(text: str) -> Registry:
        path = tmp_path / "mediacode.toml"
        path.write_text(text, encoding="utf-8")
        return load_registry(path)

    return write_and_load


# The shipped registry


def test_every_article_is_there_in_order() -> None:
    """I, II.1 to VI.5, each once; the numbering of chapter IV made unambiguous."""
    assert [article.number for article in SHIPPED.articles] == ARTICLES


def test_what_cannot_be_measured_says_so() -> None:
    """Exactly these articles have no figure."""
    silent = [article.number for article in SHIPPED.articles if article.kind == "N"]
    assert silent == [
        *(f"III.{number}" for number in range(1, 6)),
        "IV.A.4",
        "IV.M.2",
        "IV.M.6",
        "IV.M.12",
        "VI.2",
    ]


def test_the_norms_stand_where_the_code_sets_one() -> None:
    """In words with the article, as a number with the indicator; coverage is to be full, wrong use none."""
    assert [article.number for article in SHIPPED.articles if article.norm] == [
        "II.1", "III.6", "IV.A.6", "IV.M.8", "IV.M.9", "IV.M.10", "VI.1", "VI.3", "VI.4", "VI.5",
    ]  # fmt: skip
    norms = {indicator.code: indicator.norm for indicator in SHIPPED.indicators if indicator.norm is not None}
    assert norms.pop("gebruik_zonder_toestemming") == 0
    assert set(norms.values()) == {1}
    assert sorted(norms) == [
        "dekking",
        "geevalueerd",
        "gepubliceerd",
        "instemming_voor_vaststelling",
        "inwerkingtreding_vastgelegd",
        "met_maatregel",
        "tijdig_bekend",
        "vooraf_gecontroleerd",
        "zelfde_dag_gemeld",
    ]


def test_an_article_has_a_norm_exactly_where_one_of_its_indicators_has() -> None:
    """The words and the numbers can't drift apart."""
    for article in SHIPPED.articles:
        normed = any(SHIPPED.indicator(code).norm is not None for code in article.indicators)
        assert normed == (article.norm is not None), article.number


def test_every_indicator_belongs_to_an_article() -> None:
    """No figure that no article asks for."""
    used = {code for article in SHIPPED.articles for code in article.indicators}
    assert used == {indicator.code for indicator in SHIPPED.indicators}


@pytest.mark.parametrize("column", VALUES)
def test_every_value_of_the_contract_has_a_label(column: str) -> None:
    """Exactly the listed values, besides `onbekend`, which stands for an empty cell."""
    labelled = {choice.code for choice in SHIPPED.choices(column)}
    assert labelled - {"onbekend"} == set(VALUES[column].split()) - {"onbekend"}


def test_every_category_stands_under_the_article_it_breaks() -> None:
    """The twenty categories by article."""
    by_article: dict[str, list[str]] = {}
    for category in SHIPPED.categories:
        by_article.setdefault(category.article, []).append(category.code)
    assert {article: sorted(codes) for article, codes in by_article.items()} == {
        "IV.A.1": ["social_media_in_les"],
        "IV.A.2": ["lesopname_gedeeld", "opname_online_les"],
        "IV.A.3": ["auteursrecht", "schade_goede_naam", "vertrouwelijk_gedeeld"],
        "IV.A.6": ["anders_beschadigen", "bedreigen", "kwetsen", "pesten", "stalken", "zwartmaken"],
        "IV.M.1": ["afstand"],
        "IV.M.3": ["prive_account"],
        "IV.M.4": ["prive_email"],
        "IV.M.5": ["vertrouwelijk_personeel"],
        "IV.M.7": ["rol_niet_vermeld"],
        "IV.M.8": ["beeld_zonder_toestemming"],
        "IV.M.9": ["middel_zonder_toestemming"],
        "IV.M.10": ["ontspoord"],
    }


def test_images_and_lessons_are_purposes_of_their_own_article() -> None:
    """Four purposes of IV.M.8, two of IV.M.9."""
    assert [purpose.article for purpose in SHIPPED.purposes] == ["IV.M.8"] * 4 + ["IV.M.9"] * 2


READINGS = """
status              avg       code      strikt
ja                  ja        ja        ja
nee                 nee       nee       nee
ingetrokken         nee       nee       nee
conflict            nee       nee       nee
werd_16_ja          ja        ja        ongeldig
werd_16_nee         nee       nee       ongeldig
verlopen_ja         ja        ongeldig  ongeldig
verlopen_nee        nee       ongeldig  ongeldig
onbevoegd           ongeldig  ongeldig  ongeldig
niet_uitdrukkelijk  ongeldig  ongeldig  ongeldig
niet_aantoonbaar    ongeldig  ongeldig  ongeldig
onbeantwoord        ongeldig  ongeldig  ongeldig
niet_gevraagd       ongeldig  ongeldig  ongeldig
onbekend            onbekend  onbekend  onbekend
"""


def test_the_three_readings() -> None:
    """What each reading makes of each status, cell by cell."""
    header, *rows = (line.split() for line in READINGS.strip().splitlines())
    assert [reading.code for reading in SHIPPED.readings] == header[1:]
    for status, *outcomes in rows:
        assert [reading.outcomes[status] for reading in SHIPPED.readings] == outcomes
    assert [row[0] for row in rows] == list(STATUSES)
    assert SHIPPED.default_reading.code == "code"


def test_the_first_round() -> None:
    """The four dates of the front page, and the days between them."""
    (adopted,) = SHIPPED.rounds
    assert adopted.steps == (date(2024, 7, 10), date(2024, 12, 12), date(2024, 12, 17), date(2025, 2, 1))
    assert adopted.lead_times == (155, 5, 46)
    assert (SHIPPED.in_force, SHIPPED.validity_years) == (date(2025, 2, 1), 2)
    assert SHIPPED.latest_round is adopted


def test_the_thresholds() -> None:
    """k and the smallest base of a rate; a year is a school year."""
    assert (SHIPPED.threshold, SHIPPED.minimum_base, SHIPPED.year) == (5, 10, "schooljaar")


@pytest.mark.parametrize("name", ["twitter", "Twitter", " X ", "x"])
def test_a_known_platform_has_one_name(name: str) -> None:
    """Twitter is X, whatever its case and blanks."""
    platform = SHIPPED.platform(name)
    assert platform is not None
    assert platform.code == "x"


def test_a_new_platform_is_not_known() -> None:
    """Neither guessed nor labelled: it keeps its own name."""
    assert SHIPPED.platform("bluesky") is None
    assert SHIPPED.label("platform", "bluesky") == "bluesky"


def test_what_the_council_may_repair() -> None:
    """The eight findings about the text of the code, each under its article."""
    assert [finding.article for finding in SHIPPED.findings] == [
        "VI.1", "VI.3", "VI.4", "IV.M.1", "IV.M.8", "IV.M.8", "IV.M.3", "V.1",
    ]  # fmt: skip


def test_the_words_a_screen_explains() -> None:
    """These terms stand on a screen and need their sentence."""
    terms = ("dekking", "peildatum", "manier van tellen", "aantoonbaar", "bevoegd", "verlopen", "melding", "lesdag")
    for term in terms:
        assert SHIPPED.term(term).explanation.endswith(".")


def test_texts_are_short() -> None:
    """An explanation is a sentence or two, a short label fits under a bar."""
    sentences = [
        *(status.explanation for status in SHIPPED.statuses),
        *(reading.explanation for reading in SHIPPED.readings),
        *(term.explanation for term in SHIPPED.terms),
        *(indicator.explanation for indicator in SHIPPED.indicators),
        *(article.question for article in SHIPPED.articles),
    ]
    assert all(len(sentence) <= 160 and sentence[-1] in ".?" for sentence in sentences)
    assert all(len(article.title) <= 45 for article in SHIPPED.articles)
    assert all(len(purpose.short) <= 16 for purpose in SHIPPED.purposes)


def test_entries_are_found_by_their_code() -> None:
    """Every finder returns the entry of its code; an indicator per purpose is the one of its name."""
    assert SHIPPED.purpose("beeld_email").label == "Beeld in een e-mail"
    assert SHIPPED.category("pesten").article == "IV.A.6"
    assert SHIPPED.article("IV.M.8").chapter == "IV.M"
    assert SHIPPED.chapter("I").code == SHIPPED.article("I").chapter
    assert SHIPPED.indicator("dekking:beeld_email").code == "dekking"
    assert SHIPPED.status("conflict").label == "Ouders verschillen"
    assert SHIPPED.reading("strikt").outcomes["werd_16_ja"] == "ongeldig"


def test_an_unknown_code_is_a_key_error() -> None:
    """A finder doesn't guess; a label falls back to the code."""
    finders = (
        SHIPPED.purpose, SHIPPED.category, SHIPPED.article, SHIPPED.chapter,
        SHIPPED.indicator, SHIPPED.status, SHIPPED.reading, SHIPPED.term,
    )  # fmt: skip
    for find in finders:
        with pytest.raises(KeyError, match="nergens"):
            find("nergens")
    assert SHIPPED.label("nergens", "code") == "code"
    assert SHIPPED.choices("nergens") == ()


def test_a_registry_travels_between_processes() -> None:
    """It pickles and equals itself again."""
    assert pickle.loads(pickle.dumps(SHIPPED)) == SHIPPED


# Another school group


def test_another_group_changes_everything_without_touching_code(load: Load) -> None:
    """Its own purposes, categories, readings, platforms, thresholds and labels."""
    registry = load(OTHER_GROUP)
    assert [purpose.code for purpose in registry.purposes] == ["foto_jaarboek"]
    assert registry.label("categorie", "onaardig") == "Onaardig"
    assert registry.default_reading.code == "code"
    assert registry.default_reading.outcomes["conflict"] == "ongeldig"
    assert registry.platform("FEDIVERSE") == registry.platform("mastodon")
    assert registry.platform("twitter") is None
    assert (registry.threshold, registry.minimum_base) == (10, 20)
    assert registry.choices("maatregel") == (Choice("gesprek", "Goed gesprek"),)
    assert registry.measures == {"leerlingen": ("gesprek",)}


def test_a_date_that_is_not_settled_is_no_date(load: Load) -> None:
    """A first round without two of its steps; a next round without any, which plans can't start from yet."""
    registry = load(OTHER_GROUP)
    first, latest = registry.rounds
    assert first == Round(None, None, date(2022, 3, 15), date(2022, 4, 1), 3)
    assert first.lead_times == (None, None, 17)
    assert latest == Round(None, None, None, None, 3)
    assert latest.lead_times == (None, None, None)
    assert registry.latest_round == first
    assert registry.in_force == date(2022, 4, 1)


def test_statuses_stand_in_the_order_of_the_rules(load: Load) -> None:
    """The file held them the other way round."""
    assert tuple(status.code for status in load(OTHER_GROUP).statuses) == STATUSES


def test_each_meaning_of_yearly_stands_in_its_order(load: Load) -> None:
    """The file held them the other way round; what yearly is set to is one of them."""
    registry = load(OTHER_GROUP)
    assert tuple(rule.code for rule in registry.year_rules) == YEARS
    assert [rule.label for rule in registry.year_rules if rule.code == registry.year] == ["L schooljaar"]


@pytest.mark.parametrize("year", YEARS)
def test_yearly_can_be_set(load: Load, year: str) -> None:
    """A school group may choose any of them."""
    assert load(OTHER_GROUP.replace('year = "schooljaar"', f'year = "{year}"')).year == year


def test_a_status_that_lacks_something_says_what_the_code_asks() -> None:
    """Every status that the code's reading holds against an answer names the demand; a sound answer has none."""
    registry = load_registry(Settings().registry)
    code = registry.reading("code").outcomes
    assert {status.code for status in registry.statuses if code[status.code] == "ongeldig"} <= {
        status.code for status in registry.statuses if status.requirement
    }
    assert not any(registry.status(sound).requirement for sound in ("ja", "nee", "ingetrokken", "conflict", "onbekend"))


def test_a_text_over_several_lines_is_one_sentence(load: Load) -> None:
    """Line ends become blanks; what looks like a header inside it is text, and doesn't shift any line."""
    assert load(OTHER_GROUP).article("A.2").text == "Wees [[aardig]] voor elkaar."


# Mistakes: what is changed in the other group's file, the line that must be named, and words of the sentence

MISTAKES = {
    "no TOML": ("threshold = 10", "threshold = ", "threshold = ", "TOML"),
    "a table cut off": ("[labels.maatregel]", "[labels.maatregel", "[labels.maatregel", "TOML"),
    "a key twice": ('short_name = "Overkant"', 'title = "a"', 'title = "Mediacode"', "TOML"),
    "an unknown key": (
        "validity_years = 3",
        "validity_years = 3\nduur = 2",
        "duur = 2",
        "duur is hier onbekend",
    ),
    "an unknown table": ("[measures]", "[measure]", "[measure]", "measure is hier onbekend"),
    "a text missing": ('title = "Afspraken"', "", "[[chapter]]", "title ontbreekt"),
    "a text empty": ('title = "Afspraken"', 'title = "  "', 'title = "  "', "title ontbreekt"),
    "a text that is a number": ('label = "Dekking"', "label = 3", "label = 3", "label ontbreekt"),
    "an unknown year": ('year = "schooljaar"', 'year = "maan"', 'year = "maan"', "year moet een van"),
    "a threshold of 0": ("threshold = 10", "threshold = 0", "threshold = 0", "heel getal van 1"),
    "a threshold in words": ("threshold = 10", 'threshold = "tien"', "threshold =", "heel getal"),
    "a threshold that is true": ("threshold = 10", "threshold = true", "threshold =", "heel getal"),
    "a base under the threshold": (
        "minimum_base = 20",
        "minimum_base = 9",
        "minimum_base",
        "ten minste threshold",
    ),
    "a date in quotes": ("2022-04-01", '"2022-04-01"', "in_force =", "in_force moet een datum zijn"),
    "a date with a time": ("2022-04-01", "2022-04-01T10:00:00", "in_force =", "in_force moet een datum zijn"),
    "rounds out of order": (
        "[[round]]\nvalidity_years",
        "[[round]]\nin_force = 2022-04-01\nvalidity_years",
        "[[round]]\nin_force",
        "van oud naar nieuw",
    ),
    "a round of 0 years": (
        "[[round]]\nvalidity_years = 3",
        "[[round]]\nvalidity_years = 0",
        "validity_years = 0",
        "",
    ),
    "a chapter missing": ('code = "A"', 'code = "B"', 'number = "A.1"', "hoofdstuk A, en dat bestaat niet"),
    "a number in small letters": ('number = "A.1"', 'number = "a.1"', 'number = "a.1"', "hoofdletters"),
    "a number twice": (
        'number = "A.2"',
        'number = "A.1"',
        'number = "A.1"\ntitle = "Wees',
        "A.1 komt twee keer voor",
    ),
    "an unknown kind": ('kind = "N"', 'kind = "Q"', 'kind = "Q"', "kind moet een van"),
    "measurable by nothing": ('indicators = ["dekking"]', "", 'kind = "M"', "minstens één"),
    "not measurable, but measured": ('kind = "M"', 'kind = "N"', 'kind = "N"', "geen indicators"),
    "not measurable, but normed": ('kind = "N"', 'kind = "N"\nnorm = "Altijd."', 'kind = "N"', "geen norm"),
    "an unknown indicator": ('["dekking"]', '["bereik"]', "indicators =", "indicator bereik"),
    "an indicator that is no list": ('["dekking"]', '"dekking"', "indicators =", "lijst van teksten"),
    "an indicator named twice": ('["dekking"]', '["dekking", "dekking"]', "indicators =", "twee keer"),
    "an unknown dataset": (
        'needs = ["toestemmingen"]',
        'needs = ["rapporten"]',
        "needs =",
        "dataset rapporten",
    ),
    "an unknown section": ('["ouders"]', '["buren"]', 'sections = ["buren"]', "sections noemt buren"),
    "no section": ('sections = ["ouders"]', "", "[[article]]", "sections ontbreekt"),
    "an empty norm": ('norm = "Iedereen."', 'norm = ""', 'norm = ""', "norm ontbreekt"),
    "a norm of a half": ("norm = 1", "norm = 0.5", "norm = 0.5", "heel getal"),
    "a norm of two": ("norm = 1", "norm = 2", "norm = 2", "1 (allemaal) of 0"),
    "a purpose with capitals": ("foto_jaarboek", "Foto_jaarboek", "Foto_jaarboek", "kleine letters"),
    "a purpose under no article": ('article = "A.1"', 'article = "A.9"', 'article = "A.9"', "artikel A.9"),
    "no purpose": (
        ('[[purpose]]\ncode = "foto_jaarboek"\nlabel = "Foto in het jaarboek"\nshort = "Jaarboek"\narticle = "A.1"'),
        "",
        "",
        "ten minste één [[purpose]]",
    ),
    "one purpose in single brackets": ("[[purpose]]", "[purpose]", "[purpose]", "moet als [[purpose]]"),
    "a category under no article": (
        'label = "Onaardig"\narticle = "A.2"',
        'label = "Onaardig"\narticle = "A.9"',
        'article = "A.9"',
        "artikel A.9",
    ),
    "a finding under no article": (
        '[[finding]]\narticle = "A.2"',
        '[[finding]]\narticle = "B.1"',
        'article = "B.1"',
        "artikel B.1",
    ),
    "a status twice": (
        'code = "conflict"\nlabel',
        'code = "ja"\nlabel',
        'code = "ja"\nlabel = "L ja"',
        "ja komt twee keer voor",
    ),
    "a status missing": (
        '[[status]]\ncode = "conflict"\nlabel = "L conflict"\nexplanation = "U conflict."\n',
        "",
        "[[status]]",
        "er is geen [[status]] voor conflict",
    ),
    "a year rule missing": (
        '[[year_rule]]\ncode = "codejaar"\nlabel = "L codejaar"\nexplanation = "U codejaar."\n',
        "",
        "[[year_rule]]",
        "er is geen [[year_rule]] voor codejaar",
    ),
    "an unknown year rule": ('code = "codejaar"', 'code = "ander"', 'code = "ander"', "code moet een van"),
    "an unknown status": ('code = "conflict"', 'code = "ruzie"', 'code = "ruzie"', "code moet een van"),
    "a reading that says too little": (
        '["nee", "ingetrokken"]',
        '["nee"]',
        'code = "code"',
        "niets over ingetrokken",
    ),
    "a reading that contradicts itself": (
        'ongeldig = [\n    "conflict"',
        'ongeldig = [\n    "nee", "conflict"',
        "ongeldig = [\n",
        "nee staat ook al onder nee",
    ),
    "a refusal read as a yes": (
        'ja = ["ja"]',
        'ja = ["ja", "nee"]',
        'ja = ["ja", "nee"]',
        "nee kan alleen nee of ongeldig",
    ),
    "an unproven yes read as a yes": (
        'ja = ["ja"]',
        'ja = ["ja", "niet_aantoonbaar"]',
        'ja = ["ja", "niet_aantoonbaar"]',
        "niet_aantoonbaar kan alleen ongeldig",
    ),
    "an unknown read as a no": (
        'nee = ["nee", "ingetrokken"]',
        'nee = ["nee", "ingetrokken", "onbekend"]',
        'nee = ["nee", "ingetrokken", "onbekend"]',
        "onbekend kan alleen onbekend",
    ),
    "no reading of the code": (
        'code = "code"\nlabel = "Smal"',
        'code = "smal"\nlabel = "Smal"',
        "[[reading]]",
        "met code",
    ),
    "no default": ("default = true\n", "", "[[reading]]", "precies één lezing"),
    "two defaults": (
        'code = "ruim"',
        'code = "ruim"\ndefault = true',
        "default = true\nja = [",
        "precies één lezing",
    ),
    "a default in words": ("default = true", 'default = "ja"', 'default = "ja"', "true of false"),
    "a platform with capitals": (
        'code = "mastodon"',
        'code = "Mastodon"',
        'code = "Mastodon"',
        "ten hoogste 40",
    ),
    "an alias too long": ('"masto"', f'"{"m" * 41}"', "aliases =", "aliases telt ten hoogste 40"),
    "an alias that is a platform": (
        '"masto"',
        '"mastodon"',
        'code = "mastodon"',
        "mastodon komt twee keer voor",
    ),
    "a term with a capital": ('term = "vers"', 'term = "Vers"', 'term = "Vers"', "kleine letters"),
    "an unknown measure": (
        'leerlingen = ["gesprek"]',
        'leerlingen = ["nablijven"]',
        "leerlingen =",
        "maatregel nablijven",
    ),
    "a label that is empty": ('"Goed gesprek"', '""', 'gesprek = ""', "gesprek ontbreekt"),
    "labels of something else": (
        "[labels.maatregel]",
        "[labels.doel]",
        "[labels.doel]",
        "de labels van doel",
    ),
    "labels that are no table": (
        "[labels.maatregel]\ngesprek",
        "[labels]\ngesprek",
        "gesprek =",
        "als [labels.gesprek]",
    ),
}

SCRAWLS = (
    None,
    "3",
    "-1",
    "0.5",
    "true",
    '""',
    '"x"',
    "[]",
    "[[]]",
    "[3]",
    "{}",
    "[{}]",
    "[{a = 1}]",
    "1979-05-27",
    "nan",
)
"""What replaces a value; None loses the line."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_names_the_file_and_the_line(name: str, load: Load) -> None:
    """Every rule of the loader, broken once in an otherwise good file."""
    good, bad, place, words = MISTAKES[name]
    assert good in OTHER_GROUP
    text = OTHER_GROUP.replace(good, bad, 1)
    with pytest.raises(RegistryError) as raised:
        load(text)
    message = str(raised.value)
    assert message.startswith("mediacode.toml")
    assert words in message
    if place:
        assert named_line(message) in lines_of(text, place), message


def named_line(message: str) -> int:
    """The line that a message names."""
    return int(message.partition("regel ")[2].partition(":")[0])


def lines_of(text: str, place: str) -> range:
    """The lines over which a piece of the text stands."""
    first = text[: text.index(place)].count("\n") + 1
    return range(first, first + place.rstrip("\n").count("\n") + 1)


@given(line=st.sampled_from(range(OTHER_GROUP.count("\n"))), scrawl=st.sampled_from(SCRAWLS))
def test_a_scrawl_anywhere_is_a_sentence(
    line: int, scrawl: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One line lost, or its value replaced by something odd: the file loads or says why, nothing else."""
    lines = OTHER_GROUP.split("\n")
    key = lines[line].partition("=")[0]
    lines[line] = "" if scrawl is None else f"{key}= {scrawl}"
    path = tmp_path_factory.getbasetemp() / "scrawled.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    said = complaint(path)
    assert said is None or said.startswith("scrawled.toml")


def complaint(path: Path) -> str | None:
    """What the loader has against a file; None where it loads."""
    try:
        load_registry(path)
    except RegistryError as problem:
        return str(problem)
    return None


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "ontbreekt"), (b"\xff\xfe\x00", "geen UTF-8"), (b"", "ten minste één [[chapter]]")],
)
def test_a_file_that_is_no_registry_is_named(content: bytes | None, words: str, tmp_path: Path) -> None:
    """Missing, binary or empty: a sentence with the file's name, without its folder."""
    path = tmp_path / "mediacode.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RegistryError) as raised:
        load_registry(path)
    assert str(raised.value).startswith("mediacode.toml: ")
    assert words in str(raised.value)


def test_a_file_from_windows_reads_the_same(tmp_path: Path, load: Load) -> None:
    """A byte order mark and CRLF line ends change nothing, the lines of mistakes included."""
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OTHER_GROUP.replace("\n", "\r\n").encode())
    assert load_registry(path) == load(OTHER_GROUP)

"""Essex as public facts: towns and team bases. Rounded, typed by hand, no address in it.

Positions are National Grid metres rounded to 100, of a town's middle; populations are rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.barriers import Point


@dataclass(frozen=True, slots=True)
class Town:
    """A town or large village: name, people, position of its middle, district."""

    name: str
    people: int
    easting: int
    northing: int
    district: str


@dataclass(frozen=True, slots=True)
class Area:
    """What one team looks after: command, base (a town whose police station it works from) and districts."""

    command: str
    base: str
    districts: tuple[str, ...]

    @property
    def team(self) -> str:
        """Name of the first team of this area, e.g. ``north-colchester``."""
        return f"{self.command}-{self.base.lower()}"


AREAS: tuple[Area, ...] = (
    Area("north", "Colchester", ("Colchester", "Tendring")),
    Area("south", "Southend", ("Southend-on-Sea", "Rochford")),
    Area("west", "Harlow", ("Harlow", "Epping Forest", "Uttlesford")),
    Area("north", "Chelmsford", ("Chelmsford", "Maldon", "Braintree")),
    Area("south", "Basildon", ("Basildon", "Castle Point")),
    Area("west", "Grays", ("Thurrock", "Brentwood")),
)

BASES: dict[str, Point] = {
    "Colchester": (599_500, 225_000),
    "Southend": (588_000, 186_100),
    "Harlow": (544_700, 210_100),
    "Chelmsford": (570_900, 206_600),
    "Basildon": (570_300, 188_700),
    "Grays": (561_700, 177_900),
}

TOWNS: tuple[Town, ...] = (
    Town("Colchester", 130_000, 599_700, 225_200, "Colchester"),
    Town("Stanway", 9_000, 595_500, 224_200, "Colchester"),
    Town("Tiptree", 9_200, 589_800, 216_300, "Colchester"),
    Town("Wivenhoe", 9_600, 604_000, 221_700, "Colchester"),
    Town("West Mersea", 7_100, 601_100, 212_900, "Colchester"),
    Town("Marks Tey", 3_700, 591_200, 223_700, "Colchester"),
    Town("Clacton-on-Sea", 53_000, 617_500, 215_300, "Tendring"),
    Town("Harwich", 19_700, 624_300, 231_000, "Tendring"),
    Town("Walton-on-the-Naze", 9_000, 625_000, 221_900, "Tendring"),
    Town("Frinton-on-Sea", 9_600, 623_500, 220_200, "Tendring"),
    Town("Brightlingsea", 8_100, 608_600, 217_200, "Tendring"),
    Town("Manningtree", 5_700, 610_600, 231_400, "Tendring"),
    Town("Jaywick", 4_800, 615_200, 213_400, "Tendring"),
    Town("St Osyth", 2_500, 612_200, 215_600, "Tendring"),
    Town("Southend-on-Sea", 110_000, 588_000, 186_000, "Southend-on-Sea"),
    Town("Westcliff-on-Sea", 40_000, 586_300, 186_200, "Southend-on-Sea"),
    Town("Leigh-on-Sea", 23_000, 584_100, 186_600, "Southend-on-Sea"),
    Town("Shoeburyness", 22_000, 593_300, 185_400, "Southend-on-Sea"),
    Town("Rayleigh", 34_000, 580_700, 190_700, "Rochford"),
    Town("Hockley", 14_000, 584_000, 192_600, "Rochford"),
    Town("Rochford", 8_500, 587_500, 190_500, "Rochford"),
    Town("Great Wakering", 5_600, 594_400, 187_600, "Rochford"),
    Town("Harlow", 93_000, 544_700, 210_400, "Harlow"),
    Town("Loughton", 33_000, 542_400, 196_300, "Epping Forest"),
    Town("Waltham Abbey", 22_900, 538_500, 200_600, "Epping Forest"),
    Town("Chigwell", 12_300, 544_300, 193_600, "Epping Forest"),
    Town("Buckhurst Hill", 11_800, 541_500, 194_000, "Epping Forest"),
    Town("Epping", 11_000, 546_000, 202_200, "Epping Forest"),
    Town("Chipping Ongar", 6_400, 555_300, 203_100, "Epping Forest"),
    Town("Saffron Walden", 16_600, 553_900, 238_400, "Uttlesford"),
    Town("Great Dunmow", 10_000, 562_800, 221_900, "Uttlesford"),
    Town("Stansted Mountfitchet", 7_900, 551_400, 225_000, "Uttlesford"),
    Town("Takeley", 5_000, 556_200, 221_300, "Uttlesford"),
    Town("Thaxted", 3_000, 561_200, 231_000, "Uttlesford"),
    Town("Newport", 2_500, 552_100, 234_000, "Uttlesford"),
    Town("Chelmsford", 111_000, 570_800, 207_000, "Chelmsford"),
    Town("Great Baddow", 14_700, 572_900, 204_900, "Chelmsford"),
    Town("South Woodham Ferrers", 16_500, 580_700, 197_500, "Chelmsford"),
    Town("Danbury", 6_700, 577_900, 205_200, "Chelmsford"),
    Town("Writtle", 4_800, 567_700, 206_300, "Chelmsford"),
    Town("Maldon", 21_500, 585_100, 206_800, "Maldon"),
    Town("Burnham-on-Crouch", 8_000, 594_900, 196_300, "Maldon"),
    Town("Southminster", 4_500, 595_900, 199_700, "Maldon"),
    Town("Mayland", 3_900, 591_900, 200_900, "Maldon"),
    Town("Tollesbury", 2_700, 595_600, 210_400, "Maldon"),
    Town("Bradwell-on-Sea", 900, 600_500, 206_800, "Maldon"),
    Town("Braintree", 53_000, 575_700, 223_100, "Braintree"),
    Town("Witham", 25_400, 582_000, 214_600, "Braintree"),
    Town("Halstead", 12_000, 581_300, 230_600, "Braintree"),
    Town("Kelvedon", 5_300, 586_200, 218_600, "Braintree"),
    Town("Coggeshall", 4_700, 585_000, 222_700, "Braintree"),
    Town("Hatfield Peverel", 4_400, 579_200, 211_700, "Braintree"),
    Town("Earls Colne", 3_900, 585_900, 228_700, "Braintree"),
    Town("Sible Hedingham", 4_000, 577_800, 234_400, "Braintree"),
    Town("Basildon", 115_000, 570_500, 188_700, "Basildon"),
    Town("Billericay", 36_000, 567_500, 194_700, "Basildon"),
    Town("Wickford", 33_000, 574_600, 193_400, "Basildon"),
    Town("Pitsea", 25_000, 573_900, 188_400, "Basildon"),
    Town("Laindon", 37_000, 567_900, 188_900, "Basildon"),
    Town("South Benfleet", 48_000, 577_600, 186_800, "Castle Point"),
    Town("Canvey Island", 38_000, 579_300, 183_400, "Castle Point"),
    Town("Hadleigh", 18_300, 581_000, 187_200, "Castle Point"),
    Town("Grays", 75_000, 561_600, 178_100, "Thurrock"),
    Town("Stanford-le-Hope", 29_500, 568_300, 182_400, "Thurrock"),
    Town("South Ockendon", 22_400, 559_300, 182_500, "Thurrock"),
    Town("Tilbury", 14_200, 564_300, 176_400, "Thurrock"),
    Town("Corringham", 13_000, 571_000, 183_300, "Thurrock"),
    Town("Aveley", 9_000, 556_900, 180_300, "Thurrock"),
    Town("Purfleet-on-Thames", 7_000, 556_100, 178_500, "Thurrock"),
    Town("Brentwood", 53_000, 559_500, 193_800, "Brentwood"),
    Town("Shenfield", 5_500, 560_900, 195_000, "Brentwood"),
    Town("Ingatestone", 5_400, 565_000, 199_500, "Brentwood"),
)

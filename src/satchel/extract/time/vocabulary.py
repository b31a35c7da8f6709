"""The English words that time expressions are made of."""

from satchel.extract.time.interval import Unit

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12, "febuary": 2, "feburary": 2, "septemeber": 9, "septmber": 9, "decemeber": 12,
}  # fmt: skip
SURE_MONTHS = frozenset({
    "january", "february", "july", "september", "october", "november", "december", "feb", "sept", "oct", "nov",
    "febuary", "feburary", "septemeber", "septmber", "decemeber",
})  # fmt: skip
"""Months that are no other word and hardly a name."""

WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
    "wensday": 2, "wednsday": 2, "tuseday": 1, "thrusday": 3, "saterday": 5,
}  # fmt: skip
UNSURE_WEEKDAYS = frozenset({"mon", "wed", "sat", "sun"})
PLURAL_WEEKDAYS = {f"{word}s": number for word, number in WEEKDAYS.items() if word.endswith("day")}

SEASONS = {"spring": 3, "summer": 6, "summertime": 6, "autumn": 9, "fall": 9, "winter": 12, "wintertime": 12,
           "springtime": 3}  # fmt: skip
"""Seasons by their first month, as meteorologists of the northern half count them."""

DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
           "nineties": 90, "noughties": 0}  # fmt: skip

UNITS = {
    "second": Unit.SECOND, "seconds": Unit.SECOND, "sec": Unit.SECOND, "secs": Unit.SECOND,
    "minute": Unit.MINUTE, "minutes": Unit.MINUTE, "min": Unit.MINUTE, "mins": Unit.MINUTE,
    "hour": Unit.HOUR, "hours": Unit.HOUR, "hr": Unit.HOUR, "hrs": Unit.HOUR, "h": Unit.HOUR,
    "day": Unit.DAY, "days": Unit.DAY, "night": Unit.DAY, "nights": Unit.DAY, "evenings": Unit.DAY,
    "mornings": Unit.DAY,
    "week": Unit.WEEK, "weeks": Unit.WEEK, "wk": Unit.WEEK, "wks": Unit.WEEK,
    "month": Unit.MONTH, "months": Unit.MONTH, "mth": Unit.MONTH, "mths": Unit.MONTH, "mos": Unit.MONTH,
    "quarters": Unit.QUARTER,
    "year": Unit.YEAR, "years": Unit.YEAR, "yr": Unit.YEAR, "yrs": Unit.YEAR,
    "decade": Unit.DECADE, "decades": Unit.DECADE, "century": Unit.CENTURY, "centuries": Unit.CENTURY,
}  # fmt: skip
FORTNIGHTS = frozenset({"fortnight", "fortnights"})
GLUED_UNITS = {"y": Unit.YEAR, "w": Unit.WEEK, **UNITS}
"""Units that may stand right behind a number: "3h", "3day"."""
CALENDAR_UNITS = {
    "day": Unit.DAY, "week": Unit.WEEK, "wk": Unit.WEEK, "month": Unit.MONTH, "quarter": Unit.QUARTER,
    "year": Unit.YEAR, "yr": Unit.YEAR, "decade": Unit.DECADE, "century": Unit.CENTURY,
}  # fmt: skip

TODAY = {"today": 0, "tonight": 0, "tonite": 0, "2day": 0, "yesterday": -1, "yday": -1, "yesturday": -1, "tomorrow": 1,
         "tmrw": 1, "tmr": 1, "tmw": 1, "tomo": 1, "tomoz": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
         "2moro": 1, "2morrow": 1}  # fmt: skip
TONIGHT = ("tonight", "tonite")
DAYPARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22), "eve": (18, 22), "night": (18, 30),
            "lunchtime": (12, 14)}  # fmt: skip
"""Parts of a day, from hour to hour; a night ends in the next day."""

BEFORE_NOW = frozenset({"last", "past", "previous", "prior"})
AROUND_NOW = frozenset({"this", "current", "present"})
AFTER_NOW = frozenset({"next", "coming", "upcoming", "following"})


def steps_of(word: str) -> int | None:
    """Return -1 for "last", 0 for "this", 1 for "next" and the words like them."""
    return -1 if word in BEFORE_NOW else 0 if word in AROUND_NOW else 1 if word in AFTER_NOW else None


AGO = frozenset({"ago", "back", "earlier", "previously"})
LATER = frozenset({"later", "hence"})
SINCE = frozenset({"since", "from", "starting", "beginning", "effective"})
UNTIL = frozenset({"until", "till", "til", "untill", "by", "before", "through", "thru", "'til"})
DASHES = frozenset({"-", "–", "—"})  # noqa: RUF001
TO = frozenset({"to", "until", "till", "til", "through", "thru", *DASHES})
PLACING = frozenset({"in", "on", "at", "during", "over", "for", "around", "of", "throughout", "circa"})
"""Prepositions before which a word such as "may" or "2019" can be taken for a time."""

STARTING = frozenset({"starts", "started", "start", "begins", "began", "ends", "ended", "due", "opens"})
"""Verbs behind which a month or a year can be taken for one."""

_ROUGH = """
about around almost nearly roughly approximately approx over under like maybe only just another exactly circa full
whole good solid
"""
ROUGHLY = frozenset(_ROUGH.split())
"""Words that say how exact a length is."""

_FUNCTION = """
a about after again all already also although always am an and any anyway are as at back be because been before being
btw but by can cause coming could cuz did do does either else even ever for from get got going had has have having he
her here hers him his how however i if i'd i'll i'm i've im in instead into is it it's its just lol me mine most much my
myself never no not now of off okay on only onwards or our out over please plus pls really right she should since so
some something somewhere soon still such than that thanks that's the their them then there there's they they're this
those though through till to together too tho u unless until up us usually was we we'd we'll we're we've well were
what whatever when where which while who why will with without won't would yeah yes yet you you'd you'll you're your
everyone everything both onward rather right alone however n except between against near haha
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""Words that end a noun phrase: what follows them does not make "the summer" part of "the summer camp"."""

_NAMED = ("week", "month", "year", "weekend", "summer", "winter", "morning", "night", "evening",
          "fortnight")  # fmt: skip
POSSESSIVE = frozenset({*TODAY, *TONIGHT, *_NAMED, *(word for word in WEEKDAYS if word.endswith("day"))})
"""Words whose genitive still names the time: "tonight's finale", "last week's talk"."""

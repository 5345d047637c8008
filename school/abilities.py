"""The usual words for abilities of learning outcomes, where a school has none of its own yet."""

ABILITIES = ("Interpret", "Question", "Observe", "Comprehend", "Communicate", "Analyse")

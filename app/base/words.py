"""Numbers in words (terbilang), as receipts, slips and agreements need them."""

from app.base.errors import Bug


def number_in_words(number: int, language: str = "id") -> str:
    """Write a whole number in words: `dua ribu lima ratus`, `minus seribu`."""
    from num2words import num2words

    if language not in {"id", "en"}:
        raise Bug(f"no number words for language {language!r}")
    words = str(num2words(abs(number), lang=language))
    if language == "id" and abs(number) >= 1_000_000 and abs(number) // 1_000 % 1_000 == 1:
        # num2words says "seribu" only when no higher group precedes it (KBBI: always "seribu").
        head, _, tail = words.rpartition("satu ribu")
        words = f"{head}seribu{tail}"
    return f"minus {words}" if number < 0 else words


def rupiah_in_words(amount: int, language: str = "id") -> str:
    """Write rupiah in words: `satu juta dua ratus lima puluh ribu rupiah`."""
    return f"{number_in_words(amount, language)} rupiah"

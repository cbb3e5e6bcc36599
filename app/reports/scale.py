"""The upright scale of a chart: where its grid lines stand and how they are written; for screen and paper alike."""

from dataclasses import dataclass

from app.base.i18n import Translator

_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from `low` to `high` in rupiah with a grid line every `step`."""

    low: int
    high: int
    step: int

    @property
    def lines(self) -> range:
        """The values at which a grid line is drawn."""
        return range(self.low, self.high + 1, self.step)

    def share(self, value: int) -> float:
        """How far up a value stands: 0 at the bottom, 1 at the top."""
        return (value - self.low) / (self.high - self.low)


def step_of(span: int, lines: int) -> int:
    """The distance of grid lines: 1, 2 or 5 times a power of ten, so that at most `lines` of them fill `span`."""
    power = 1
    while True:
        for factor in _STEPS:
            if factor * power * lines >= span:
                return factor * power
        power *= 10


def scale_of(values: list[int], lines: int, *, from_zero: bool) -> Scale:
    """The scale that holds all values. Columns begin at zero; lines may leave it out where it is far away."""
    low, high = min(values, default=0), max(values, default=0)
    if from_zero or low <= high // 2:
        low, high = min(low, 0), max(high, 0)
    step = step_of(max(high - low, 1), lines)
    low = low // step * step
    high = -(-high // step) * step
    return Scale(low, high if high > low else low + step, step)


def short_amount(amount: int, translator: Translator) -> str:
    """An amount beside a grid line: `1 jt`, `1,5 jt`, `1,2 M`, `500 rb`; in full where that isn't exact."""
    _ = translator
    write = _.format
    for unit, word in ((10**9, _("{amount} bn")), (10**6, _("{amount} m")), (10**3, _("{amount} k"))):
        if abs(amount) >= unit:
            tenths, rest = divmod(abs(amount) * 10, unit)
            if rest:
                continue
            whole, tenth = divmod(tenths, 10)
            mark = "," if write.language == "id" else "."
            text = write.number(whole) + (f"{mark}{tenth}" if tenth else "")
            return word.replace("{amount}", f"-{text}" if amount < 0 else text)
    return write.amount(amount)

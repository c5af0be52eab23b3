"""Three ways to order a hall's calls, as ready-made conditions for any work profile."""

from .ids import Text
from .rules import Aging, Bound, Condition, Match, Ratio, Share

STRICT: tuple[Condition, ...] = ()
"""严格优先: higher class first, then first come first served. While priority tickets keep coming,
ordinary ones may wait without a bound."""

TWO_TO_ONE: tuple[Condition, ...] = (
    Bound(),
    Ratio(
        shares=(
            Share(match=Match(highest=0), weight=2, name=Text(zh="普通号", en="ordinary")),
            Share(match=Match(lowest=1), weight=1, name=Text(zh="优先号", en="priority")),
        ),
    ),
)
"""2:1: while both wait, two ordinary tickets and one of priority in every three calls."""

AGING: tuple[Condition, ...] = (Bound(), Aging(minutes_per_class=10, up_to=2))
"""候时升级: a class for every 10 minutes waited, up to class 2, that of the elderly. An ordinary
ticket that has waited 20 minutes is called before every one of these who came later."""

SHIPPED: dict[str, tuple[Condition, ...]] = {
    "strict": STRICT,
    "two-to-one": TWO_TO_ONE,
    "aging": AGING,
}

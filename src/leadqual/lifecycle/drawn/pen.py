"""What people call the parts of a lifecycle, in a language, with a playbook's labels."""

from attrs import frozen

from leadqual.conditions.leafwords import picked
from leadqual.conditions.words import Words
from leadqual.errors import printable
from leadqual.lifecycle.drawn.phrases import NAMES, PHRASES
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.told.voice import Voice
from leadqual.lifecycle.values import Stage


@frozen
class Pen:
    """Words for a drawing.

    Attributes:
        words: The language and the labels.
    """

    words: Words

    def say(self, key: str, /, **parts: str) -> str:
        """Return a piece of a sentence with its parts filled in.

        >>> Pen(Words()).say("goes", stage="MQL")
        'goes to MQL'
        """
        return PHRASES[self.words.language][key].format(**parts)

    def count(self, key: str, number: int) -> str:
        """Return a piece of a sentence that speaks of a number of things.

        >>> Pen(Words()).count("duration h", 1), Pen(Words(language="es")).count("duration d", 2)
        ('1 hour', '2 días laborables')
        """
        template = picked(PHRASES[self.words.language][key], several=number != 1)
        return template.format(n=self.words.amount(number))

    def name(self, name: str) -> str:
        """Return what people call a transition, a temperature or a reason.

        >>> Pen(Words(language="es")).name("hand-raise"), Pen(Words()).name("hand-raise")
        ('petición propia', 'hand-raise')
        """
        own = NAMES[self.words.language].get(name) if name not in self.words.labels else None
        return own or Voice(self.words).name(name)

    def stage(self, name: str) -> str:
        """Return what people call a stage.

        >>> Pen(Words()).stage("mql"), Pen(Words(language="es")).stage("won")
        ('MQL', 'ganado')
        """
        return Voice(self.words).name(name)

    def kind(self, stage: Stage) -> str:
        """Return what a stage is: its phase and temperature, or that it is one of rest or of an end.

        >>> Pen(Words()).kind(Stage(name="sql", phase="BOFU", temperature="hot"))
        'BOFU, hot'
        """
        if stage.kind != "open":
            return self.say(stage.kind)
        return ", ".join(printable(self.name(word)) for word in (stage.phase, stage.temperature) if word is not None)

    def sla(self, plan: LifecyclePlan, name: str) -> str:
        """Return within which time somebody has to act, and who is told if nobody does."""
        duration, told = plan.slas[name]
        within = self.count(f"duration {duration.unit}", duration.amount)
        return self.say("sla", within=within) if not told else self.say("sla told", within=within, who=self.name(told))

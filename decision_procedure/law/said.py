"""What instruments say in words: frozen pieces of their files, statements in both languages, citations."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from decision_procedure.wording import LANGUAGES, Words

Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class PackPart(BaseModel):
    """A frozen piece of an instrument file."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Said(PackPart):
    """One statement in Chinese and in English, in our own words."""

    zh: Line
    en: Line

    @classmethod
    def made(cls, zh: str, en: str) -> "Said":
        """Return a statement that the library makes from others: it may be longer than one that is written."""
        return cls.model_construct(zh=zh, en=en)

    def text(self, lang: str = "zh") -> str:
        """Return the statement in the language asked for."""
        return Words(lang).said(self)


def _said(value: Any) -> Any:
    return {LANGUAGES[0]: value} if isinstance(value, str) else value


class Naming(PackPart):
    """A name in Chinese and in English; `en` None: as the table of words has it."""

    zh: Line
    en: Line | None = None


Calling = Annotated[Naming, BeforeValidator(_said)]


class Article(str):
    """A citation as the law writes it; `en` None: its English follows from its numbers and the table of words.

    In a pack and in JSON it is a text or, where it brings its English, `{zh: …, en: …}`.
    """

    en: str | None

    def __new__(cls, zh: str, en: str | None = None) -> "Article":
        """Make a citation."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    @classmethod
    def read(cls, value: str | Naming) -> "Article":
        """Return the citation that was written."""
        return cls(value) if isinstance(value, str) else cls(value.zh, value.en)

    def written(self) -> str | dict[str, str]:
        """Return it as it is written."""
        return str(self) if self.en is None else dict(zip(LANGUAGES, (str(self), self.en), strict=True))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls.read,
            handler(Line | Naming),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.written),
        )

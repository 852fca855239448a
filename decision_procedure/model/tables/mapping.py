"""The mapping from tables to records, as its file declares it."""

import os
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from decision_procedure.model.base import Key, Text

Cell = str | int | bool


def _as_use(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class ColumnUse(BaseModel):
    """A column from which a field is taken; its name alone stands for one.

    `words` says what its values mean (null: nothing is stated); one that is not among them is taken as it is. `date` is how dates are
    written, in the signs of `strptime`; None: as in a record. `split` divides a text into a list; None: at 、 and at the ends of lines.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Annotated[Text, Key("列名")]
    words: Annotated[dict[str, Any], Key("词")] = {}
    date: Annotated[Text | None, Key("日期格式")] = None
    split: Annotated[Annotated[str, Field(min_length=1, max_length=10)] | None, Key("分隔")] = None


Columns = dict[str, Annotated[ColumnUse, BeforeValidator(_as_use)]]


class Rows(BaseModel):
    """The rows of a table, each of which is a part of the record.

    `columns` names fields by their keys in either language, those of a part within with a dot (`目录.年度`). `fixed` is what every row
    states besides. `where` chooses rows: the column holds the value, or one of them. `order` are columns. `key` is the column
    that the rows of `parts` name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: Annotated[Text, Key("表")]
    key: Annotated[Text | None, Key("主键")] = None
    columns: Annotated[Columns, Key("列")] = {}
    fixed: Annotated[dict[str, Any], Key("固定内容")] = {}
    where: Annotated[dict[str, Cell | tuple[Cell, ...]], Key("条件")] = {}
    order: Annotated[tuple[Text, ...], Key("排序")] = ()
    parts: Annotated[tuple["PartRows", ...], Key("部分")] = ()

    @property
    def tables(self) -> frozenset[str]:
        """The table of these rows, and those of the rows that belong to them."""
        return frozenset({self.table}).union(*(part.tables for part in self.parts))


class PartRows(Rows):
    """Rows that belong to one of the table above: `joins` is the column that holds its key; `list` is the list that they are put into."""

    list: Annotated[Text, Key("列表")]
    joins: Annotated[Text, Key("外键")]


class TableMapping(BaseModel):
    """A file of mapping. One of `source` and `source_variable` says where the tables are, the latter by a variable of the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    source: Annotated[Text | None, Key("来源")] = None
    source_variable: Annotated[Text | None, Key("来源环境变量")] = None
    record: Annotated[Rows, Key("案卷")]

    @property
    def location(self) -> str:
        """Where the tables are, as the file or its variable says; empty where neither does."""
        return self.source or os.environ.get(self.source_variable or "", "")


for _model in (Rows, PartRows):  # each names the other
    _model.model_rebuild(force=True)

__all__ = ["ColumnUse", "PartRows", "Rows", "TableMapping"]

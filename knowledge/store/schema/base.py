"""What every table is built on, and the wall between tenants."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Columns by Python type: `str` is TEXT, dicts and lists are JSON."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON, str: Text}


class WorkspaceRow(Base):
    """The wall between tenants. `revision` grows with every change of what may be offered; caches hang on it."""

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    revision: Mapped[int]
    created_at: Mapped[datetime]

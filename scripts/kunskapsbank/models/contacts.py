"""The contact register: functions, never persons."""

from __future__ import annotations

import re
from typing import Literal

import phonenumbers
from pydantic import field_validator, model_validator

from .base import Confidence, Date, Line, Model, Slug, Text, WebAddress
from .opening import Opening

Kind = Literal["court", "health", "international", "legal", "migration", "ngo", "police", "return", "social"]


def in_sweden(area: str) -> bool:
    """True for the country, a municipality or a county by its name, or "local"; false for the code of a country and "international"."""
    return area != "international" and not re.fullmatch("[A-Z]{2}", area)


VerifyField = Literal["phone", "email", "hours", "role", "area", "contact_details"]


class Phone(Model):
    """A number as dialled from Sweden. A short number has no international form."""

    e164: str | None
    display: Line
    short: bool

    @field_validator("e164")
    @classmethod
    def _is_a_number(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            number = phonenumbers.parse(value)
        except phonenumbers.NumberParseException:
            raise ValueError("is not a phone number: write + and country code, digits only") from None
        if not value.startswith("+") or not value[1:].isdigit() or not phonenumbers.is_possible_number(number):
            raise ValueError("is not a phone number: write + and country code, digits only")
        return value

    @model_validator(mode="after")
    def _forms_agree(self) -> Phone:
        digits = "".join(character for character in self.display if character.isdigit())
        if self.short and self.e164:
            raise ValueError("short and e164 exclude each other: a short number has no international form")
        if self.short and not 3 <= len(digits) <= 6:
            raise ValueError("display is not a short number: 3 to 6 digits")
        if self.e164 and not self.e164.endswith(digits.lstrip("0")[-6:]):
            raise ValueError("display and e164 are different numbers: make them the same")
        return self


class Contact(Model):
    """One function: what it is for, how it is reached, when, and how sure we are."""

    id: Slug
    name: Text
    kind: Kind
    area: Line
    what_for: Text
    phone: Phone | None
    email: Line | None
    web: WebAddress | None
    hours: Text | None
    open: Opening | None = None  # the same hours for a computer; only where the words say it clearly
    source_url: WebAddress | None
    source_date: Line | None
    confidence: Confidence
    verify: bool
    verify_fields: list[VerifyField] = []
    note: Text | None
    tags: list[Slug]
    checked_on: Date

    @field_validator("email")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and (value.count("@") != 1 or " " in value or "." not in value.partition("@")[2]):
            raise ValueError("is not an e-mail address: write name@host, without spaces")
        return value

    @model_validator(mode="after")
    def _doubt_is_named(self) -> Contact:
        if self.verify != bool(self.verify_fields):
            raise ValueError("verify and verify_fields disagree: name in verify_fields what is to be confirmed, or nothing")
        return self

    @property
    def dial(self) -> str | None:
        """The address of a tel: link; None for a number that does not lead there from Sweden.

        A short number of another country must not be a link: 112 and 116 111 dialled here reach Swedish services.
        """
        if self.phone is None:
            return None
        if self.phone.e164:
            return f"tel:{self.phone.e164}"
        at_home = self.phone.short and in_sweden(self.area)
        return "tel:" + self.phone.display.replace(" ", "") if at_home else None

    @property
    def number_confirmed(self) -> bool:
        """True when the number may stand on the acute pages."""
        return self.dial is not None and self.confidence != "low" and "phone" not in self.verify_fields


class ContactFile(Model):
    """docs/_data/contacts.yml"""

    contacts: list[Contact]

"""E-mail addresses: which are valid, and the one form in which they are stored and looked up."""

from email_validator import EmailNotValidError, validate_email

from app.domain.errors import InvalidValue


def checked_email_address(email: str) -> str:
    """Return the address in the form in which it is stored and looked up.

    Raises InvalidValue for an invalid address. Does not check that the address exists.
    """
    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise InvalidValue("email", email) from fault
    return found.normalized.lower()


def as_delivered(email: str) -> str:
    """Return the address with its domain in ASCII, as every mail server takes it; unchanged where that is impossible.

    `lead@tŷ.cymru` becomes `lead@xn--t-foa.cymru`. The part before the @ is unchanged: it has no ASCII form.
    """
    mailbox, _, domain = email.rpartition("@")
    try:
        return f"{mailbox}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return email

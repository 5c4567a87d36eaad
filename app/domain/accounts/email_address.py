"""E-mail addresses: whether one can be, and the one way it is stored and looked up."""

from email_validator import EmailNotValidError, validate_email

from app.domain.errors import InvalidValue


def checked_email_address(email: str) -> str:
    """The address as it is stored and looked up.

    InvalidValue when it cannot be one. Nobody is asked whether it exists.
    """
    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise InvalidValue("email", email) from fault
    return found.normalized.lower()


def as_delivered(email: str) -> str:
    """The address with its domain in ASCII, which every mail server takes; as it is where its domain has no such form.

    `lead@tŷ.cymru` becomes `lead@xn--t-foa.cymru`. What stands before the @ is left as it is: it has no other form.
    """
    mailbox, _, domain = email.rpartition("@")
    try:
        return f"{mailbox}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return email
